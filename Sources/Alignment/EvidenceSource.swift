/// Where the aligner gets speech evidence from, stretch by stretch.
public protocol EvidenceSource {
    /// Length of the medium in frames of 10 ms.
    var frameCount: Int { get }

    /// The evidence of a stretch of frames, one value each; shorter when the sound ends before it.
    func evidence(of frames: Range<Int>) throws -> [UInt8]
}
