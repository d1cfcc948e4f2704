import CFFmpeg
import Timeline

/// Decodes one sound stream of a file, frame by frame.
///
/// Priming samples are left in place (`AV_CODEC_FLAG2_SKIP_MANUAL`): whoever places the frames cuts them, since only
/// there are positions counted in samples and not in units of the container's clock.
final class SoundDecoder {
    let file: MediaFile
    let stream: Int
    private var codec: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    let frame: UnsafeMutablePointer<AVFrame>
    private var state = State.reading
    /// Called with the time of every packet that could not be decoded, and why.
    var onDamage: (Timestamp?, String) -> Void = { _, _ in }

    /// Packets with an earlier timestamp are not decoded; nil decodes all.
    private var firstWanted: Int64?
    /// Whether packets were passed over since ``passOver(before:)``.
    private(set) var hasPassedOver = false

    private enum State { case reading, draining, ended }

    init(_ file: MediaFile, stream: Int) throws(MediaError) {
        (self.file, self.stream) = (file, stream)
        file.select([stream])
        guard !file.isEncrypted(stream) else { throw file.failure(.encrypted(stream: stream)) }
        codec = try Self.open(file, stream)
        guard let packet = av_packet_alloc(), let frame = av_frame_alloc() else {
            throw file.failure(.outOfMemory)
        }
        (self.packet, self.frame) = (packet, frame)
    }

    private static func open(
        _ file: MediaFile, _ stream: Int
    ) throws(MediaError) -> UnsafeMutablePointer<AVCodecContext> {
        let stream = file.stream(stream)
        guard let parameters = stream.pointee.codecpar, let decoder = avcodec_find_decoder(parameters.pointee.codec_id)
        else {
            throw file.failure(
                .unsupportedCodec(String(cString: avcodec_get_name(stream.pointee.codecpar.pointee.codec_id))))
        }
        var context = avcodec_alloc_context3(decoder)
        guard let codec = context else { throw file.failure(.outOfMemory) }
        avcodec_parameters_to_context(codec, parameters)
        codec.pointee.pkt_timebase = stream.pointee.time_base
        codec.pointee.thread_count = 1
        codec.pointee.flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL
        codec.pointee.max_samples = 1 << 22
        let status = avcodec_open2(codec, decoder, nil)
        guard status >= 0 else {
            avcodec_free_context(&context)
            throw file.failure(.ofFFmpeg(status))
        }
        return codec
    }

    deinit {
        var (codec, packet, frame) = (Optional(codec), Optional(packet), Optional(frame))
        av_frame_free(&frame)
        av_packet_free(&packet)
        avcodec_free_context(&codec)
    }

    /// Samples that this codec must decode and drop after a seek before its output is what it would have been.
    /// Opus predicts from frame to frame, so its output only converges.
    func preroll(rate: Int) -> Int {
        switch file.stream(stream).pointee.codecpar.pointee.codec_id {
        case AV_CODEC_ID_OPUS: rate / 2
        default: rate / 4
        }
    }

    /// Decodes the next frame into ``frame``; false at the end.
    func next() throws(MediaError) -> Bool {
        while true {
            let status = avcodec_receive_frame(codec, frame)
            if status >= 0 { return true }
            if status != SLATE_AVERROR_EAGAIN && status != SLATE_AVERROR_EOF { report(status, at: nil) }
            if status == SLATE_AVERROR_EOF || state == .ended { return false }
            try feed()
        }
    }

    /// Forgets everything decoded so far, after a seek.
    func flush() {
        avcodec_flush_buffers(codec)
        av_frame_unref(frame)
        (state, firstWanted) = (.reading, nil)
    }

    /// Begins afresh. A flushed decoder may keep what overlaps into its first frame.
    func reopen() throws(MediaError) {
        let fresh = try Self.open(file, stream)
        var old = Optional(codec)
        avcodec_free_context(&old)
        codec = fresh
        flush()
    }

    private func feed() throws(MediaError) {
        guard state == .reading else {
            state = .ended
            return
        }
        repeat {
            av_packet_unref(packet)
            guard try file.read(into: packet) else {
                state = .draining
                avcodec_send_packet(codec, nil)
                return
            }
        } while Int(packet.pointee.stream_index) != stream || passesOver()
        defer { av_packet_unref(packet) }
        guard !bytesAreEncrypted(packet) else { throw file.failure(.encrypted(stream: stream)) }
        let status = avcodec_send_packet(codec, packet)
        if status < 0, status != SLATE_AVERROR_EAGAIN { report(status, at: packet.pointee.pts) }
    }

    /// After a seek: decode nothing of what the container's index makes us read before a time.
    func passOver(before time: Timestamp) {
        (firstWanted, hasPassedOver) = (file.timestamp(time, stream: stream), false)
    }

    private func passesOver() -> Bool {
        guard let wanted = firstWanted else { return false }
        let timestamp = packet.pointee.pts
        // Once one is decoded all are: what follows may have no timestamps, or ones that were set back.
        guard timestamp != SLATE_NOPTS, timestamp &+ max(0, packet.pointee.duration) < wanted else {
            firstWanted = nil
            return false
        }
        hasPassedOver = true
        return true
    }

    private func report(_ status: Int32, at timestamp: Int64?) {
        onDamage(
            timestamp.flatMap { file.mediaTime($0, stream: stream) }, MediaError.Reason.ofFFmpeg(status).description)
    }
}

/// Whether a packet's bytes are encrypted.
func bytesAreEncrypted(_ packet: UnsafePointer<AVPacket>) -> Bool {
    av_packet_get_side_data(packet, AV_PKT_DATA_ENCRYPTION_INFO, nil) != nil
}

extension MediaFile {
    /// Whether the header says that the stream is protected; some files say it only in their packets.
    func isEncrypted(_ index: Int) -> Bool {
        av_stream_get_side_data(stream(index), AV_PKT_DATA_ENCRYPTION_INIT_INFO, nil) != nil
    }
}
