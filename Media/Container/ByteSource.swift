import CFFmpeg

/// The bytes of a plain file, offered to FFmpeg. FFmpeg itself opens nothing.
final class ByteSource {
    /// Bytes that FFmpeg is to see in place of the file's own.
    struct Patch {
        let place: Int64
        let bytes: [UInt8]
    }

    private let file: PlainFile
    private let patches: [Patch]
    private var place: Int64 = 0
    private(set) var io: UnsafeMutablePointer<AVIOContext>

    /// 32 KiB: FFmpeg's own choice, small beside everything else and large enough that reads cost little.
    private static let bufferSize: Int32 = 32 << 10

    /// - Parameters:
    ///   - file: read from its start, whatever its current place.
    ///   - patches: in the order of their places.
    init(_ file: PlainFile, patches: [Patch] = []) throws(MediaError) {
        (self.file, self.patches) = (file, patches)
        guard let buffer = av_malloc(Int(Self.bufferSize)) else {
            throw MediaError(path: file.path, reason: .outOfMemory)
        }
        let context = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0, nil, readBytes, nil, seekBytes)
        guard let context else {
            av_free(buffer)
            throw MediaError(path: file.path, reason: .outOfMemory)
        }
        io = context
        io.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
        _ = file.seek(to: 0, whence: SEEK_SET)
    }

    deinit {
        av_freep(&io.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = io
        avio_context_free(&context)
    }

    var size: Int64 { file.size }

    /// Why reading was stopped from outside; nil while it may go on.
    var interruption: MediaError.Reason? { file.interruption }

    fileprivate func read(into buffer: UnsafeMutablePointer<UInt8>, count: Int) -> Int32 {
        let got = file.read(into: buffer, count: count)
        if got == -Int(ECANCELED) { return SLATE_AVERROR_EXIT }
        if got > 0 { patch(buffer, count: got) }
        return got == 0 ? SLATE_AVERROR_EOF : Int32(got)
    }

    fileprivate func seek(to offset: Int64, whence: Int32) -> Int64 {
        if whence & AVSEEK_SIZE != 0 { return size }
        let reached = file.seek(to: offset, whence: whence & ~AVSEEK_FORCE)
        if reached >= 0 { place = reached }
        return reached
    }

    /// Replaces what the patches cover of bytes just read, and moves on behind them.
    private func patch(_ buffer: UnsafeMutablePointer<UInt8>, count: Int) {
        let range = place..<place + Int64(count)
        place = range.upperBound
        guard let first = patches.first, let last = patches.last, first.place < range.upperBound,
            range.lowerBound < last.place + Int64(last.bytes.count)
        else { return }
        for patch in patches {
            for (index, byte) in patch.bytes.enumerated() where range.contains(patch.place + Int64(index)) {
                buffer[Int(patch.place + Int64(index) - range.lowerBound)] = byte
            }
        }
    }
}

private func readBytes(_ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32)
    -> Int32
{
    guard let opaque, let buffer else { return SLATE_AVERROR_EOF }
    return Unmanaged<ByteSource>.fromOpaque(opaque).takeUnretainedValue().read(into: buffer, count: Int(count))
}

private func seekBytes(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let opaque else { return -1 }
    return Unmanaged<ByteSource>.fromOpaque(opaque).takeUnretainedValue().seek(to: offset, whence: whence)
}
