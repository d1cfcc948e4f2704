import CFFmpeg
import Timeline

/// A stretch of decoded samples and where it lies.
struct SoundBlock {
    /// Holds the samples; valid until the source is asked for more.
    let frame: UnsafeMutablePointer<AVFrame>
    /// The first sample that counts, within the frame.
    var offset: Int
    var count: Int
    /// The sample of the track's own rate that the first one is, counted from media time zero.
    var position: Int64

    /// The part from a position on; nil when nothing is left.
    func from(_ start: Int64) -> SoundBlock? {
        let skipped = Int(clamping: max(0, start - position))
        guard skipped < count else { return nil }
        return SoundBlock(
            frame: frame, offset: offset + skipped, count: count - skipped, position: position + Int64(skipped))
    }
}

/// One sound track, decoded in blocks that lie at exact places.
protocol SoundSource: AnyObject {
    /// Samples per second.
    var rate: Int { get }
    var channelCount: Int { get }
    /// The index of the track among the file's streams.
    var stream: Int { get }
    /// The format of the blocks that come first.
    var firstFrame: UnsafeMutablePointer<AVFrame> { get }
    /// The end of the track in media time, as the file states it.
    var statedDuration: TimeDelta? { get }
    /// The same, where the file states it of this very track and reading must reach it.
    var ownDuration: TimeDelta? { get }
    /// Named places that the file carries, in the order of the file.
    var markers: [SoundMarker] { get }

    /// Decodes the block that follows; nil at the end. Blocks may overlap, and leave gaps.
    func next() throws -> SoundBlock?
    /// Makes blocks come that hold everything from a sample on, and perhaps some before it.
    func seek(to sample: Int64) throws
}
