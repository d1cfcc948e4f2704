import CSndfile

/// Writes Float32 samples as a sound file, which appears whole with ``commit()`` or not at all.
///
///     let writer = try SoundFileWriter("take.flac", .flac, .pcm24, sampleRate: 48_000, channelCount: 2)
///     try writer.write(block)
///     try writer.commit()
///
/// Integer samples are rounded to the nearest and clipped, without dither, so that samples read from such a file are
/// written back bit by bit. The same samples give the same bytes.
public final class SoundFileWriter {
    public enum Container: Hashable, Sendable, CaseIterable {
        /// RIFF WAVE, up to 4 GB.
        case wav
        case w64
        /// AIFF, and AIFF-C where the samples are Float32, up to 4 GB.
        case aiff
        case caf
        /// Without loss, 16 or 24 bits, up to 8 channels.
        case flac
    }

    public enum Encoding: Hashable, Sendable, CaseIterable { case pcm16, pcm24, float32 }

    public let path: String
    public let channelCount: Int
    private let encoding: Encoding
    private let file: PendingFile
    private var handle: OpaquePointer?
    /// Bytes that the samples still to come may take: a 32-bit size counts those of WAV and AIFF, and some headers.
    var bytesLeft: Int
    /// Samples scaled to 32 bits, on their way to libsndfile.
    private var scaled: [Int32] = []

    /// - Parameters:
    ///   - sampleRate: sample frames per second.
    ///   - channelCount: samples in a sample frame.
    ///   - replaces: whether a file of that name may be replaced.
    /// - Throws: ``MediaError`` when the file exists and may not be replaced, its folder cannot be written, or the
    ///   container cannot hold such sound.
    public init(
        _ path: String, _ container: Container, _ encoding: Encoding, sampleRate: Int, channelCount: Int,
        replaces: Bool = false
    ) throws(MediaError) {
        (self.path, self.channelCount, self.encoding) = (path, channelCount, encoding)
        bytesLeft = container == .wav || container == .aiff ? Int(UInt32.max) - 4096 : .max
        var info = SF_INFO()
        info.samplerate = Int32(clamping: sampleRate)
        info.channels = Int32(clamping: channelCount)
        info.format = Int32(container.code | encoding.code)
        guard sf_format_check(&info) != 0 else {
            let found = "\(encoding) at \(sampleRate) Hz in \(channelCount) channels"
            throw MediaError(path: path, reason: .output("\(container) cannot hold \(found)"))
        }
        file = try PendingFile(path, replaces: replaces)
        guard let handle = sf_open_fd(file.descriptor, Int32(SFM_WRITE), &info, Int32(SF_FALSE)) else {
            throw MediaError(path: path, reason: .output(String(cString: sf_strerror(nil))))
        }
        self.handle = handle
        // It holds the time of writing.
        sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    }

    deinit { sf_close(handle) }

    /// Appends sample frames, interleaved, full scale being ±1.
    public func write(_ samples: [Float]) throws(MediaError) {
        precondition(handle != nil, "nothing is written after commit()")
        precondition(samples.count.isMultiple(of: channelCount), "samples come in whole sample frames")
        bytesLeft -= samples.count * encoding.byteCount
        guard bytesLeft >= 0 else {
            throw MediaError(path: path, reason: .output("it would exceed 4 GB; w64 and caf hold more"))
        }
        let written =
            switch encoding {
            case .float32: sf_write_float(handle, samples, sf_count_t(samples.count))
            case .pcm16: writeScaled(samples, bits: 16)
            case .pcm24: writeScaled(samples, bits: 24)
            }
        guard written == samples.count else { throw failure() }
    }

    /// Ends the file, flushes it to the disk and gives it its name.
    public func commit() throws(MediaError) {
        precondition(handle != nil, "a file is committed once")
        let status = sf_close(handle)
        handle = nil
        guard status == 0 else {
            throw MediaError(path: path, reason: .output(String(cString: sf_error_number(status))))
        }
        try file.commit()
    }

    /// libsndfile scales Float32 by 32 767; its own reader, like everybody else's, divides by 32 768.
    private func writeScaled(_ samples: [Float], bits: Int32) -> sf_count_t {
        let scale = Float(1 << (bits - 1))
        scaled.removeAll(keepingCapacity: true)
        for sample in samples {
            let value = (sample * scale).rounded(.toNearestOrEven)
            let clipped = value.isNaN ? 0 : max(-scale, min(scale - 1, value))
            scaled.append(Int32(clipped) << (32 - bits))
        }
        return sf_write_int(handle, scaled, sf_count_t(scaled.count))
    }

    private func failure() -> MediaError {
        MediaError(path: path, reason: .output(String(cString: sf_strerror(handle))))
    }
}

extension SoundFileWriter.Container {
    fileprivate var code: Int {
        switch self {
        case .wav: Int(SF_FORMAT_WAV)
        case .w64: Int(SF_FORMAT_W64)
        case .aiff: Int(SF_FORMAT_AIFF)
        case .caf: Int(SF_FORMAT_CAF)
        case .flac: Int(SF_FORMAT_FLAC)
        }
    }
}

extension SoundFileWriter.Encoding {
    fileprivate var byteCount: Int {
        switch self {
        case .pcm16: 2
        case .pcm24: 3
        case .float32: 4
        }
    }

    fileprivate var code: Int {
        switch self {
        case .pcm16: Int(SF_FORMAT_PCM_16)
        case .pcm24: Int(SF_FORMAT_PCM_24)
        case .float32: Int(SF_FORMAT_FLOAT)
        }
    }
}
