import Timeline

/// A named place in a sound file: a cue point of WAV, a marker of AIFF.
public struct SoundMarker: Hashable, Sendable {
    /// Media time.
    public let time: Timestamp
    /// Empty when the file gives it none.
    public let name: String

    public init(time: Timestamp, name: String) {
        (self.time, self.name) = (time, name)
    }
}
