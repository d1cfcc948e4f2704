import CFFmpeg

/// How pixels are combined when a picture changes size.
public enum Scaling: Hashable, Sendable {
    /// Bicubic, as the ffmpeg program does by default. The choice for pictures that people look at.
    case bicubic
    case bilinear
    /// The mean of the pixels covered: best for thumbnails that are measured, and quicker.
    case area

    fileprivate var flag: Int32 {
        switch self {
        case .bicubic: Int32(SWS_BICUBIC)
        case .bilinear: Int32(SWS_BILINEAR)
        case .area: Int32(SWS_AREA)
        }
    }
}

/// Converts decoded frames to gray or RGB of a chosen size. Owns one libswscale context and the rows it writes.
///
/// The colour matrix and range are those the frame states, BT.601 and limited where it states none, as in the ffmpeg
/// program: at the native size the bytes equal those of `ffmpeg -pix_fmt gray` and `rgb24`.
final class PictureScaler {
    private let scaling: Scaling
    private var context: OpaquePointer?
    private var colours: Colours?
    private var rows: UnsafeMutablePointer<UInt8>?
    private var rowsSize = 0

    private struct Colours: Equatable {
        var matrix: UInt32
        var isFullRange: Bool
    }

    init(scaling: Scaling) { self.scaling = scaling }

    deinit {
        sws_freeContext(context)
        av_free(rows)
    }

    /// Fills `pixels` with the frame at the given size; false when libswscale cannot convert the frame's format.
    func convert(
        _ frame: UnsafeMutablePointer<AVFrame>, to layout: Picture.Layout, width: Int, height: Int,
        into pixels: inout [UInt8]
    ) -> Bool {
        guard prepare(for: frame, layout, width, height) else { return false }
        let rowBytes = width * layout.bytesPerPixel
        // libswscale's vector code writes whole groups of pixels: rows get room at their end, and are packed below.
        let stride = (rowBytes + 127) & ~63
        guard let rows = reserve(stride * height + 64) else { return false }
        var target = (UnsafeMutablePointer<UInt8>?.some(rows), nil as UnsafeMutablePointer<UInt8>?)
        var strides = (Int32(stride), Int32(0))
        let done = withUnsafeMutablePointer(to: &target) { target in
            withUnsafeMutablePointer(to: &strides) { strides in scale(frame, target, strides) }
        }
        guard done == height else { return false }
        pack(rows, stride: stride, rowBytes: rowBytes, height: height, into: &pixels)
        return true
    }

    private func scale(
        _ frame: UnsafeMutablePointer<AVFrame>,
        _ target: UnsafeMutablePointer<(UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?)>,
        _ strides: UnsafeMutablePointer<(Int32, Int32)>
    ) -> Int {
        withUnsafePointer(to: &frame.pointee.data) { data in
            withUnsafePointer(to: &frame.pointee.linesize) { lines in
                data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
                    lines.withMemoryRebound(to: Int32.self, capacity: 8) { lines in
                        target.withMemoryRebound(to: UnsafeMutablePointer<UInt8>?.self, capacity: 2) { target in
                            strides.withMemoryRebound(to: Int32.self, capacity: 2) { strides in
                                Int(sws_scale(context, data, lines, 0, frame.pointee.height, target, strides))
                            }
                        }
                    }
                }
            }
        }
    }

    private func pack(
        _ rows: UnsafeMutablePointer<UInt8>, stride: Int, rowBytes: Int, height: Int, into pixels: inout [UInt8]
    ) {
        let count = rowBytes * height
        if pixels.count != count { pixels = [UInt8](repeating: 0, count: count) }
        pixels.withUnsafeMutableBytes { packed in
            for y in 0..<height {
                packed.baseAddress?.advanced(by: y * rowBytes)
                    .copyMemory(from: rows.advanced(by: y * stride), byteCount: rowBytes)
            }
        }
    }

    private func reserve(_ size: Int) -> UnsafeMutablePointer<UInt8>? {
        guard rows == nil || rowsSize < size else { return rows }
        av_free(rows)
        rows = av_malloc(size)?.assumingMemoryBound(to: UInt8.self)
        rowsSize = rows == nil ? 0 : size
        return rows
    }

    /// Makes the context fit; a frame may differ from the one before in size, format or colours.
    private func prepare(
        for frame: UnsafeMutablePointer<AVFrame>, _ layout: Picture.Layout, _ width: Int, _ height: Int
    ) -> Bool {
        let format = AVPixelFormat(frame.pointee.format)
        guard sws_isSupportedInput(format) != 0 else { return false }
        let target = layout == .gray ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
        let previous = context
        context = sws_getCachedContext(
            context, frame.pointee.width, frame.pointee.height, format, Int32(width), Int32(height), target,
            scaling.flag, nil, nil, nil)
        guard context != nil else { return false }
        if previous != context { colours = nil }
        setColours(of: frame)
        return true
    }

    private func setColours(of frame: UnsafeMutablePointer<AVFrame>) {
        let wanted = Colours(
            matrix: frame.pointee.colorspace.rawValue, isFullRange: frame.pointee.color_range == AVCOL_RANGE_JPEG)
        guard wanted != colours else { return }
        colours = wanted
        var (from, to): (UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?)
        var (fromRange, toRange, brightness, contrast, saturation): (Int32, Int32, Int32, Int32, Int32) = (
            0, 0, 0, 0, 0
        )
        guard
            sws_getColorspaceDetails(
                context, &from, &fromRange, &to, &toRange, &brightness, &contrast, &saturation) >= 0
        else { return }
        let isYUV = wanted.matrix >= 1 && wanted.matrix <= 10 && wanted.matrix != 8
        let matrix = sws_getCoefficients(isYUV ? Int32(wanted.matrix) : Int32(SWS_CS_DEFAULT))
        // Formats that are full range by definition (yuvj420p) were recognised when the context was made.
        let range = wanted.isFullRange ? 1 : fromRange
        _ = sws_setColorspaceDetails(context, matrix, range, matrix, toRange, brightness, contrast, saturation)
    }
}
