import CFFmpeg

#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of one plain local file, offered to FFmpeg. FFmpeg itself opens nothing.
///
/// The file is opened once, without following it into a pipe or device, and every read looks at cancellation and at
/// the time limit first.
final class ByteSource {
    let size: Int64
    private let descriptor: Int32
    private let deadline: Deadline
    private(set) var io: UnsafeMutablePointer<AVIOContext>

    /// 32 KiB: FFmpeg's own choice, small beside everything else and large enough that reads cost little.
    private static let bufferSize: Int32 = 32 << 10

    init(path: String, timeLimit: Int?) throws(MediaError) {
        (descriptor, size) = try Self.open(path)
        deadline = Deadline(seconds: timeLimit)
        guard let buffer = av_malloc(Int(Self.bufferSize)) else {
            close(descriptor)
            throw MediaError(path: path, reason: .outOfMemory)
        }
        let context = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0, nil, readBytes, nil, seekBytes)
        guard let context else {
            av_free(buffer)
            close(descriptor)
            throw MediaError(path: path, reason: .outOfMemory)
        }
        io = context
        io.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        av_freep(&io.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = io
        avio_context_free(&context)
        close(descriptor)
    }

    /// Why reading was stopped from outside; nil while it may go on.
    var interruption: MediaError.Reason? { deadline.interruption }

    fileprivate func read(into buffer: UnsafeMutablePointer<UInt8>, count: Int) -> Int32 {
        if deadline.interruption != nil { return SLATE_AVERROR_EXIT }
        while true {
            let got = Glibc.read(descriptor, buffer, count)
            if got > 0 { return Int32(got) }
            if got == 0 { return SLATE_AVERROR_EOF }
            if errno != EINTR { return -errno }
        }
    }

    fileprivate func seek(to offset: Int64, whence: Int32) -> Int64 {
        if whence & AVSEEK_SIZE != 0 { return size }
        let position = lseek(descriptor, Int(offset), whence & ~AVSEEK_FORCE)
        return position < 0 ? Int64(-errno) : Int64(position)
    }

    /// Opens a plain file for reading. `O_NONBLOCK` keeps a pipe from holding the call until a writer comes.
    private static func open(_ path: String) throws(MediaError) -> (descriptor: Int32, size: Int64) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw MediaError(path: path, reason: .system(systemMessage(errno))) }
        do {
            return (descriptor, try size(of: descriptor, path: path))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func size(of descriptor: Int32, path: String) throws(MediaError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw MediaError(path: path, reason: .system(systemMessage(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MediaError(path: path, reason: .notAFile(kind(of: status.st_mode)))
        }
        guard status.st_size > 0 else { throw MediaError(path: path, reason: .empty) }
        return Int64(status.st_size)
    }

    private static func kind(of mode: mode_t) -> String {
        switch mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
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

/// The message of an `errno`.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
