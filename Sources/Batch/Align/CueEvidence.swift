import Alignment
import Timeline

/// Speech evidence from another subtitle file: full inside its cues, none outside.
public struct CueEvidence: EvidenceSource {
    public let frameCount: Int
    private let values: [UInt8]

    /// - Parameter cues: segments in media time that hold speech.
    public init(_ cues: [Segment]) {
        let frames = cues.map { Self.frame($0.start)..<max(Self.frame($0.start), Self.frame($0.end)) }
        // A second of silence after the last cue lets its end be seen.
        let count = min((frames.map(\.upperBound).max() ?? 0) + EvidenceTrack.framesPerSecond, Self.longest)
        var values = [UInt8](repeating: 0, count: count)
        for range in frames { for frame in range.clamped(to: 0..<count) { values[frame] = 255 } }
        (frameCount, self.values) = (count, values)
    }

    private static func frame(_ time: Timestamp) -> Int {
        Int(min(max(0, time.units(perSecond: Int64(EvidenceTrack.framesPerSecond))), Int64(longest)))
    }

    public func evidence(of frames: Range<Int>) -> [UInt8] { Array(values[frames.clamped(to: 0..<frameCount)]) }

    /// A day: a later cue is a slip of the pen.
    private static let longest = 86_400 * EvidenceTrack.framesPerSecond
}
