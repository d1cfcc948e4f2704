import CFFmpeg
import Timeline

/// Thrown by ``PlainSoundSource`` where libsndfile cannot go on; FFmpeg may.
struct SoundFileFault: Error {}

/// The sound of a plain sound file, which libsndfile decodes to the sample.
final class PlainSoundSource: SoundSource {
    let firstFrame: UnsafeMutablePointer<AVFrame>
    private let file: SoundFile
    private let log: DamageLog
    private var position: Int64 = 0

    /// The sample frames of a block.
    private static let blockLength = 4096

    /// Nil when FFmpeg shall read the file: for what ``PlainSound`` and ``SoundFile`` leave to it, and for channels that
    /// must be mixed and lie in places that only FFmpeg knows.
    init?(_ plain: PlainFile, mixed: Bool, log: DamageLog) {
        guard PlainSound(plain) != nil, let file = SoundFile(plain), !mixed || file.hasUsualChannels,
            let frame = Self.frame(rate: file.rate, channels: file.channelCount)
        else { return nil }
        (self.file, self.log, firstFrame) = (file, log, frame)
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = firstFrame
        av_frame_free(&frame)
    }

    /// A frame of interleaved Float32 samples with room for a block.
    private static func frame(rate: Int, channels: Int) -> UnsafeMutablePointer<AVFrame>? {
        var allocated = av_frame_alloc()
        guard let frame = allocated else { return nil }
        frame.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
        frame.pointee.sample_rate = Int32(clamping: rate)
        frame.pointee.nb_samples = Int32(blockLength)
        av_channel_layout_default(&frame.pointee.ch_layout, Int32(channels))
        guard av_frame_get_buffer(frame, 0) >= 0 else {
            av_frame_free(&allocated)
            return nil
        }
        return frame
    }

    var rate: Int { file.rate }
    var channelCount: Int { file.channelCount }
    var stream: Int { 0 }
    var statedDuration: TimeDelta? { TimeDelta(units: file.length, perSecond: Int64(file.rate)) }
    var ownDuration: TimeDelta? { statedDuration }
    var markers: [SoundMarker] { file.markers }

    func next() throws -> SoundBlock? {
        let wanted = Int(min(Int64(Self.blockLength), file.length - position))
        guard wanted > 0 else {
            // A header that states too short a length: FFmpeg reads what follows.
            if file.isFLAC, !file.isReadUp { throw SoundFileFault() }
            return nil
        }
        guard let bytes = firstFrame.pointee.data.0 else { return nil }
        let read = bytes.withMemoryRebound(to: Float.self, capacity: wanted * channelCount) {
            file.read(into: $0, count: wanted)
        }
        if let fault = file.fault {
            log.add(Timestamp(units: position, perSecond: Int64(rate)), fault)
            throw SoundFileFault()
        }
        guard read == wanted else { throw SoundFileFault() }
        defer { position += Int64(read) }
        return SoundBlock(frame: firstFrame, offset: 0, count: read, position: position)
    }

    func seek(to sample: Int64) throws {
        position = min(max(sample, 0), file.length)
        guard file.seek(to: position) else { throw SoundFileFault() }
    }
}
