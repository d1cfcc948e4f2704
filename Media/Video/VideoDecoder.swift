import CFFmpeg
import Timeline

/// Decodes the packets of one video stream. Owns one decoder context.
final class VideoDecoder {
    enum Outcome {
        case frame
        case needsPacket
        case end
    }

    private let context: UnsafeMutablePointer<AVCodecContext>
    /// How many packets the decoder refused.
    private(set) var damagedPackets = 0

    /// A little above the largest picture of 8K video (8192 x 4320).
    private static let maximumPixels: Int64 = 40_000_000

    init(_ file: MediaFile, stream index: Int, threads: Int, keyframesOnly: Bool) throws(MediaError) {
        let stream = file.stream(index)
        let parameters = stream.pointee.codecpar
        let id = parameters?.pointee.codec_id ?? AV_CODEC_ID_NONE
        guard let codec = avcodec_find_decoder(id) else {
            throw file.failure(.unsupportedCodec(String(cString: avcodec_get_name(id))))
        }
        var made = avcodec_alloc_context3(codec)
        guard let context = made else { throw file.failure(.outOfMemory) }
        context.pointee.pkt_timebase = stream.pointee.time_base
        context.pointee.max_pixels = Self.maximumPixels
        context.pointee.thread_count = Int32(clamping: min(max(threads, 1), 64))
        if keyframesOnly { context.pointee.skip_frame = AVDISCARD_NONKEY }
        var status = avcodec_parameters_to_context(context, parameters)
        if status >= 0 { status = avcodec_open2(context, codec, nil) }
        guard status >= 0 else {
            avcodec_free_context(&made)
            throw file.failure(.ofFFmpeg(status))
        }
        self.context = context
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    /// Takes the next decoded frame, in presentation order.
    func receive(into frame: UnsafeMutablePointer<AVFrame>) -> Outcome {
        switch avcodec_receive_frame(context, frame) {
        case 0: return .frame
        case SLATE_AVERROR_EAGAIN: return .needsPacket
        case SLATE_AVERROR_EOF: return .end
        default:
            // What the decoder cannot make sense of costs its own frame, not those that follow.
            damagedPackets += 1
            return .needsPacket
        }
    }

    /// Hands the decoder a packet, or with nil the end of the stream.
    func send(_ packet: UnsafeMutablePointer<AVPacket>?) {
        let status = avcodec_send_packet(context, packet)
        if status < 0, packet != nil { damagedPackets += 1 }
    }

    /// Forgets everything after a seek.
    func flush() { avcodec_flush_buffers(context) }
}
