import CFFmpeg

/// The bytes of a plain file, offered to FFmpeg. FFmpeg itself opens nothing.
final class ByteSource {
    private let file: PlainFile
    private(set) var io: UnsafeMutablePointer<AVIOContext>

    /// 32 KiB: FFmpeg's own choice, small beside everything else and large enough that reads cost little.
    private static let bufferSize: Int32 = 32 << 10

    /// - Parameter file: read from its start, whatever its current place.
    init(_ file: PlainFile) throws(MediaError) {
        self.file = file
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
        return got == 0 ? SLATE_AVERROR_EOF : Int32(got)
    }

    fileprivate func seek(to offset: Int64, whence: Int32) -> Int64 {
        if whence & AVSEEK_SIZE != 0 { return size }
        return file.seek(to: offset, whence: whence & ~AVSEEK_FORCE)
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
