import CFFmpeg

/// Turns a picture into the bytes of an image file.
public struct ImageEncoder: Hashable, Sendable {
    public enum Format: Hashable, Sendable {
        /// Without loss.
        case png
        /// With loss, 4:2:0. `quality` is from 1, smallest, to 100, best.
        case jpeg(quality: Int)

        /// The suffix of file names: `png` or `jpg`.
        public var suffix: String { self == .png ? "png" : "jpg" }
    }

    public let format: Format

    public init(_ format: Format) { self.format = format }

    /// The image file's bytes. The same picture gives the same bytes.
    ///
    /// - Throws: ``ImageError`` when FFmpeg lacks the encoder or refuses the picture.
    public func encode(_ picture: Picture) throws -> [UInt8] {
        guard let frame = av_frame_alloc() else { throw ImageError(problem: "no memory for a picture") }
        defer {
            var frame: UnsafeMutablePointer<AVFrame>? = frame
            av_frame_free(&frame)
        }
        try fill(frame, with: picture)
        return try encode(frame)
    }

    private var codec: AVCodecID { format == .png ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG }

    private func pixelFormat(_ layout: Picture.Layout) -> AVPixelFormat {
        if format != .png { return AV_PIX_FMT_YUVJ420P }
        return layout == .gray ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
    }

    /// Converts the picture to what the encoder takes.
    private func fill(_ frame: UnsafeMutablePointer<AVFrame>, with picture: Picture) throws {
        let (width, height) = (Int32(picture.width), Int32(picture.height))
        let target = pixelFormat(picture.layout)
        (frame.pointee.width, frame.pointee.height, frame.pointee.format) = (width, height, target.rawValue)
        guard av_frame_get_buffer(frame, 0) >= 0 else { throw ImageError(problem: "no memory for a picture") }
        let source = picture.layout == .gray ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
        let context = sws_getContext(
            width, height, source, width, height, target, Int32(SWS_BICUBIC | SWS_ACCURATE_RND), nil, nil, nil)
        defer { sws_freeContext(context) }
        let (rows, stride) = padded(picture)
        let done = rows.withUnsafeBufferPointer { pixels in
            var data: (UnsafePointer<UInt8>?, UnsafePointer<UInt8>?) = (pixels.baseAddress, nil)
            var strides = (Int32(stride), Int32(0))
            return withUnsafePointer(to: &data) { data in
                withUnsafePointer(to: &strides) { strides in convert(context, data, strides, height, frame) }
            }
        }
        guard context != nil, done == height else { throw ImageError(problem: "the picture cannot be converted") }
    }

    /// The rows with room behind each: libswscale reads whole groups of pixels, and takes the colour of an odd last
    /// column from the pixel after it, which therefore repeats the last one.
    private func padded(_ picture: Picture) -> (rows: [UInt8], stride: Int) {
        let depth = picture.layout.bytesPerPixel
        let stride = picture.rowBytes + 64
        var rows: [UInt8] = []
        rows.reserveCapacity(stride * picture.height)
        for y in 0..<picture.height {
            let end = (y + 1) * picture.rowBytes
            rows += picture.pixels[y * picture.rowBytes..<end]
            rows += picture.pixels[end - depth..<end]
            rows += repeatElement(0, count: 64 - depth)
        }
        return (rows, stride)
    }

    private func convert(
        _ context: OpaquePointer?, _ data: UnsafePointer<(UnsafePointer<UInt8>?, UnsafePointer<UInt8>?)>,
        _ strides: UnsafePointer<(Int32, Int32)>, _ height: Int32, _ frame: UnsafeMutablePointer<AVFrame>
    ) -> Int32 {
        guard context != nil else { return -1 }
        return data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 2) { data in
            strides.withMemoryRebound(to: Int32.self, capacity: 2) { strides in
                withUnsafeMutablePointer(to: &frame.pointee.data) { target in
                    withUnsafePointer(to: &frame.pointee.linesize) { lines in
                        target.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 8) { target in
                            lines.withMemoryRebound(to: Int32.self, capacity: 8) { lines in
                                sws_scale(context, data, strides, 0, height, target, lines)
                            }
                        }
                    }
                }
            }
        }
    }

    private func encode(_ frame: UnsafeMutablePointer<AVFrame>) throws -> [UInt8] {
        var (context, packet) = try (opened(for: frame), av_packet_alloc())
        defer {
            avcodec_free_context(&context)
            av_packet_free(&packet)
        }
        if case .jpeg(let quality) = format {
            // The encoder counts the other way: 2 is its best and 31 its smallest.
            let scale = 31 - (min(max(quality, 1), 100) - 1) * 29 / 99
            frame.pointee.quality = Int32(scale) * FF_QP2LAMBDA
        }
        guard avcodec_send_frame(context, frame) >= 0, avcodec_send_frame(context, nil) >= 0,
            let packet, avcodec_receive_packet(context, packet) >= 0, let data = packet.pointee.data
        else { throw ImageError(problem: "FFmpeg could not encode the picture") }
        return Array(UnsafeBufferPointer(start: data, count: Int(packet.pointee.size)))
    }

    private func opened(for frame: UnsafeMutablePointer<AVFrame>) throws -> UnsafeMutablePointer<AVCodecContext>? {
        let encoder = avcodec_find_encoder(codec)
        var context = avcodec_alloc_context3(encoder)
        guard let encoder, let made = context else {
            throw ImageError(problem: "this FFmpeg has no encoder for \(format.suffix) files")
        }
        (made.pointee.width, made.pointee.height) = (frame.pointee.width, frame.pointee.height)
        made.pointee.pix_fmt = AVPixelFormat(frame.pointee.format)
        made.pointee.time_base = AVRational(num: 1, den: 25)
        made.pointee.thread_count = 1
        // Without this the encoder writes its version into the file, and the bytes change with it.
        made.pointee.flags |= AV_CODEC_FLAG_BITEXACT
        if format != .png { made.pointee.flags |= AV_CODEC_FLAG_QSCALE }
        guard avcodec_open2(made, encoder, nil) >= 0 else {
            avcodec_free_context(&context)
            throw ImageError(
                problem: "FFmpeg cannot encode a picture of \(frame.pointee.width) x \(frame.pointee.height)")
        }
        return context
    }
}

/// Why a picture could not become an image file.
public struct ImageError: Error, Hashable, Sendable, CustomStringConvertible {
    public let problem: String
    public var description: String { problem }
}
