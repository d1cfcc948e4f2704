import CSndfile
import Timeline

/// A sound file read by libsndfile, whose handle closes when the last reference goes.
///
/// Reads through a ``PlainFile``, so that nothing but that file is opened.
final class SoundFile {
    let rate, channelCount: Int
    /// Sample frames in the file.
    let length: Int64
    /// Whether nothing says that the channels are others than mono, or left and right.
    private(set) var hasUsualChannels = false
    /// Whether the samples are compressed without loss, and a damaged place can be told.
    let isFLAC: Bool
    private let handle: OpaquePointer
    private let file: PlainFile

    /// Encodings that libsndfile and FFmpeg turn into the same Float32 samples.
    private static let exactEncodings: Set<Int> = [
        SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
    ].reduce(into: []) { $0.insert(Int($1)) }

    /// Nil when libsndfile does not open the file, or holds an encoding in which it is not exact.
    init?(_ file: PlainFile) {
        self.file = file
        var access = SF_VIRTUAL_IO(get_filelen: fileLength, seek: seekFile, read: readFile, write: nil, tell: tellFile)
        var info = SF_INFO()
        _ = file.seek(to: 0, whence: SEEK_SET)
        let opaque = Unmanaged.passUnretained(file).toOpaque()
        guard let handle = sf_open_virtual(&access, Int32(SFM_READ), &info, opaque) else { return nil }
        self.handle = handle
        (rate, channelCount, length) = (Int(info.samplerate), Int(info.channels), info.frames)
        isFLAC = Int(info.format) & Int(SF_FORMAT_TYPEMASK) == Int(SF_FORMAT_FLAC)
        let encoding = Int(info.format) & Int(SF_FORMAT_SUBMASK)
        guard Self.exactEncodings.contains(encoding), (1...64).contains(channelCount), length > 0, length < 1 << 40
        else { return nil }
        hasUsualChannels = findUsualChannels()
    }

    deinit { sf_close(handle) }

    /// Reads sample frames that follow, interleaved, full scale being ±1.
    ///
    /// - Returns: the sample frames read; fewer than asked for at the end, and where the file is damaged.
    func read(into samples: UnsafeMutablePointer<Float>, count: Int) -> Int {
        max(0, Int(sf_readf_float(handle, samples, sf_count_t(count))))
    }

    /// What was wrong with the last reading; nil when nothing was.
    var fault: String? {
        sf_error(handle) == 0 ? nil : String(cString: sf_strerror(handle))
    }

    /// Whether all bytes of the file have been read.
    var isReadUp: Bool { file.seek(to: 0, whence: SEEK_CUR) >= file.size }

    /// Makes the next reading begin at a sample frame; false when that failed.
    func seek(to frame: Int64) -> Bool { sf_seek(handle, frame, SEEK_SET) == frame }

    private func findUsualChannels() -> Bool {
        var map = [Int32](repeating: 0, count: channelCount)
        let size = Int32(channelCount * MemoryLayout<Int32>.size)
        guard sf_command(handle, Int32(SFC_GET_CHANNEL_MAP_INFO), &map, size) != 0 else { return channelCount <= 2 }
        let places = map.map { Int($0) }
        let centre = [SF_CHANNEL_MAP_MONO, SF_CHANNEL_MAP_CENTER, SF_CHANNEL_MAP_FRONT_CENTER].map { Int($0) }
        let left = [SF_CHANNEL_MAP_LEFT, SF_CHANNEL_MAP_FRONT_LEFT].map { Int($0) }
        let right = [SF_CHANNEL_MAP_RIGHT, SF_CHANNEL_MAP_FRONT_RIGHT].map { Int($0) }
        return switch channelCount {
        case 1: centre.contains(places[0])
        case 2: left.contains(places[0]) && right.contains(places[1])
        default: false
        }
    }
}

// MARK: - Markers

extension SoundFile {
    /// Cue points in the order of the file, at most a few thousand.
    var markers: [SoundMarker] {
        var stated: UInt32 = 0
        let countSize = Int32(MemoryLayout<UInt32>.size)
        guard sf_command(handle, Int32(SFC_GET_CUE_COUNT), &stated, countSize) != 0 else { return [] }
        let count = min(Int(stated), 4096)
        let first = MemoryLayout<SF_CUES>.offset(of: \.cue_points) ?? 0
        let size = first + count * MemoryLayout<SF_CUE_POINT>.stride
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<SF_CUES>.alignment) { bytes in
            _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
            guard sf_command(handle, Int32(SFC_GET_CUE), bytes.baseAddress, Int32(size)) != 0 else { return [] }
            return (0..<count).map { index in
                marker(
                    bytes.load(fromByteOffset: first + index * MemoryLayout<SF_CUE_POINT>.stride, as: SF_CUE_POINT.self)
                )
            }
        }
    }

    private func marker(_ point: SF_CUE_POINT) -> SoundMarker {
        let name = withUnsafeBytes(of: point.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return SoundMarker(time: Timestamp(units: Int64(point.sample_offset), perSecond: Int64(rate)), name: name)
    }
}

// MARK: - Access to the bytes

private func plainFile(_ opaque: UnsafeMutableRawPointer?) -> PlainFile? {
    opaque.map { Unmanaged<PlainFile>.fromOpaque($0).takeUnretainedValue() }
}

private func fileLength(_ opaque: UnsafeMutableRawPointer?) -> sf_count_t { plainFile(opaque)?.size ?? 0 }

private func tellFile(_ opaque: UnsafeMutableRawPointer?) -> sf_count_t {
    plainFile(opaque)?.seek(to: 0, whence: SEEK_CUR) ?? -1
}

private func seekFile(_ offset: sf_count_t, _ whence: Int32, _ opaque: UnsafeMutableRawPointer?) -> sf_count_t {
    plainFile(opaque)?.seek(to: offset, whence: whence) ?? -1
}

private func readFile(
    _ buffer: UnsafeMutableRawPointer?, _ count: sf_count_t, _ opaque: UnsafeMutableRawPointer?
) -> sf_count_t {
    guard let buffer, let file = plainFile(opaque) else { return 0 }
    return sf_count_t(max(0, file.read(into: buffer, count: Int(count))))
}
