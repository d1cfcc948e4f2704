#if canImport(Glibc)
    import Glibc
#endif

/// Level and periodicity of a stretch of sound, one pair for every 10 ms.
///
/// Both are kept in one byte a frame, so that three hours of sound take 2 MB:
/// `level` in steps of 0.5 dB above -110 dB re full scale, `periodicity` in steps of 1/255 from 0 to 1.
public struct SpeechFrames: Sendable {
    public private(set) var level: [UInt8] = []
    public private(set) var periodicity: [UInt8] = []

    /// Frames in a second.
    public static let perSecond = 100

    public init() {}

    public var count: Int { level.count }

    mutating func append(power: Float, periodicity value: Float) {
        let decibels = 10 * log10f(power + 1e-11)
        level.append(UInt8(max(0, min(255, (decibels + 110) * 2))))
        periodicity.append(UInt8(max(0, min(255, value * 255))))
    }
}

extension SpeechFrames {
    mutating func truncate(to frames: Int) {
        level.removeLast(max(0, count - frames))
        periodicity.removeLast(max(0, periodicity.count - frames))
    }
}
