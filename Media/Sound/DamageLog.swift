import Timeline

/// A place in the media that could not be decoded.
public struct Damage: Hashable, Sendable {
    /// Media time, where the container says it.
    public let time: Timestamp?
    public let what: String
}

/// Damage met while reading: all of it counted, the first hundred places kept.
final class DamageLog {
    private(set) var entries: [Damage] = []
    private(set) var count = 0
    /// After a seek, decoders complain about what they miss; that is no damage.
    var isPaused = false

    func add(_ time: Timestamp?, _ what: String) {
        guard !isPaused else { return }
        count += 1
        if entries.count < 100 { entries.append(Damage(time: time, what: what)) }
    }
}
