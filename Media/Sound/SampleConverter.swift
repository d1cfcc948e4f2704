import CFFmpeg

/// Turns decoded frames of one format into interleaved Float32 at the output's rate and channels (libswresample).
///
/// The first output sample lies exactly on the first input sample.
final class SampleConverter {
    /// What libswresample must know of its input.
    struct Format: Equatable {
        let sampleFormat: AVSampleFormat
        let rate: Int
        let channels: Int
        let mask: UInt64

        init(_ frame: AVFrame) {
            sampleFormat = AVSampleFormat(frame.format)
            rate = Int(frame.sample_rate)
            channels = Int(frame.ch_layout.nb_channels)
            mask = frame.ch_layout.order == AV_CHANNEL_ORDER_NATIVE ? frame.ch_layout.u.mask : 0
        }
    }

    let format: Format
    private var context: OpaquePointer?
    private let outputChannels: Int
    /// Converted samples not handed out yet, interleaved.
    private(set) var pending: [Float] = []
    private(set) var pendingStart = 0
    private(set) var pendingEnd = 0

    /// The most input frames converted in one call: few where each becomes many, so that the buffer stays small.
    let chunk: Int

    init?(_ frame: UnsafePointer<AVFrame>, outputRate: Int, mono: Bool, resampling: Resampling = .exact) {
        format = Format(frame.pointee)
        guard format.rate > 0, format.channels > 0, format.channels <= 64 else { return nil }
        outputChannels = mono ? 1 : format.channels
        var output = AVChannelLayout()
        if mono { av_channel_layout_default(&output, 1) } else { Self.copyLayout(of: frame, to: &output) }
        var input = AVChannelLayout()
        Self.copyLayout(of: frame, to: &input)
        let status = swr_alloc_set_opts2(
            &context, &output, AV_SAMPLE_FMT_FLT, Int32(outputRate), &input, format.sampleFormat, Int32(format.rate), 0,
            nil)
        if let context { av_opt_set_int(UnsafeMutableRawPointer(context), "filter_size", resampling.filterSize, 0) }
        guard status >= 0, swr_init(context) >= 0 else {
            swr_free(&context)
            return nil
        }
        chunk = max(64, min(4096, 65_536 * format.rate / outputRate))
        let longest = chunk * outputRate / format.rate + 1024 + 64 * (outputRate / format.rate + 1)
        pending = Array(repeating: 0, count: longest * outputChannels)
    }

    deinit { swr_free(&context) }

    /// A layout whose channels have no known place is taken as the usual one for their number.
    private static func copyLayout(of frame: UnsafePointer<AVFrame>, to layout: inout AVChannelLayout) {
        if frame.pointee.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC {
            av_channel_layout_default(&layout, frame.pointee.ch_layout.nb_channels)
        } else {
            withUnsafePointer(to: frame.pointee.ch_layout) { _ = av_channel_layout_copy(&layout, $0) }
        }
    }

    var pendingFrames: Int { (pendingEnd - pendingStart) / outputChannels }

    /// Converts `count` frames, at most ``chunk``, of a decoded frame from `offset` on. Nothing may be pending.
    func convert(_ frame: UnsafePointer<AVFrame>, from offset: Int, count: Int) {
        let planar = av_sample_fmt_is_planar(format.sampleFormat) != 0
        let stride = Int(av_get_bytes_per_sample(format.sampleFormat)) * (planar ? 1 : format.channels)
        let planes = planar ? format.channels : 1
        withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: planes) { inputs in
            for plane in 0..<planes {
                let start = frame.pointee.extended_data[plane].map { UnsafePointer($0) + offset * stride }
                inputs.initializeElement(at: plane, to: start)
            }
            run(inputs.baseAddress, count)
        }
    }

    /// Converts `count` frames of silence, at most ``chunk``.
    func convertSilence(count: Int) {
        let bytes = Int(av_get_bytes_per_sample(format.sampleFormat)) * count * format.channels
        let level: UInt8 =
            format.sampleFormat == AV_SAMPLE_FMT_U8 || format.sampleFormat == AV_SAMPLE_FMT_U8P ? 0x80 : 0
        withUnsafeTemporaryAllocation(byteCount: max(bytes, 1), alignment: 64) { zeros in
            _ = zeros.initializeMemory(as: UInt8.self, repeating: level)
            let start = UnsafePointer(zeros.baseAddress?.assumingMemoryBound(to: UInt8.self))
            withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: format.channels) { inputs in
                inputs.initialize(repeating: start)
                run(inputs.baseAddress, count)
            }
        }
    }

    /// Gives out what the resampler still holds. Nothing may be pending, and nothing may follow.
    func finish() { run(nil, 0) }

    private func run(_ inputs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int) {
        let capacity = pending.count / outputChannels
        let written = pending.withUnsafeMutableBytes { bytes in
            var output = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return swr_convert(context, &output, Int32(capacity), inputs, Int32(count))
        }
        (pendingStart, pendingEnd) = (0, max(0, Int(written)) * outputChannels)
    }

    /// Moves pending samples to the end of what is filled of a buffer.
    ///
    /// - Returns: the number of frames moved.
    func take(into buffer: inout [Float], at frame: Int, limit: Int) -> Int {
        let frames = min(limit, pendingFrames)
        let (from, to, count) = (pendingStart, frame * outputChannels, frames * outputChannels)
        for index in 0..<count { buffer[to + index] = pending[from + index] }
        pendingStart += count
        return frames
    }

    /// Keeps no more than so many pending frames.
    func limit(to frames: Int) { pendingEnd = min(pendingEnd, pendingStart + frames * outputChannels) }

    /// Forgets all samples: the next one converted is a first one.
    func restart() {
        (pendingStart, pendingEnd) = (0, 0)
        swr_close(context)
        swr_init(context)
    }

    /// Drops pending frames.
    func drop(_ frames: Int) { pendingStart += min(frames, pendingFrames) * outputChannels }
}
