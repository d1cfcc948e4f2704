import CFFmpeg
import Timeline

/// The samples of one sound track as Float32, streamed from any container that Slate reads.
///
/// Sample frame `n` is the sound at `n / sampleRate` seconds of media time: presentation time minus the container's
/// start. Encoder priming is cut, a track that starts late begins with silence, gaps are filled and overlaps
/// trimmed. Memory does not grow with the length of the file.
///
///     let reader = try SoundReader(path: "film.mkv", options: .init(track: .language("en"), sampleRate: 8000))
///     var block = [Float](repeating: 0, count: 8000)
///     while case let count = try reader.read(into: &block), count > 0 { use(block[..<count]) }
///
/// Not thread-safe: use one from one task at a time.
public final class SoundReader {
    public struct Options: Sendable {
        public var track = TrackChoice.main
        /// Samples per second of the output; nil keeps the track's own.
        public var sampleRate: Int?
        public var resampling = Resampling.exact
        /// All channels mixed into one, as FFmpeg mixes them; otherwise all channels, interleaved.
        public var mono = true
        /// Whether damage throws instead of being listed in ``SoundReader/damage``.
        public var strict = false
        /// Wall-clock seconds allowed for all reading; nil for no limit.
        public var timeLimit: Int?
        /// Whether the tables of MP4 files may be read here instead of by FFmpeg.
        var readsTables = true

        public init(
            track: TrackChoice = .main, sampleRate: Int? = nil, mono: Bool = true, strict: Bool = false,
            timeLimit: Int? = nil, resampling: Resampling = .exact
        ) {
            self.resampling = resampling
            (self.track, self.sampleRate, self.mono) = (track, sampleRate, mono)
            (self.strict, self.timeLimit) = (strict, timeLimit)
        }
    }

    /// The library that decodes a file.
    public enum Backend: Hashable, Sendable {
        /// libsndfile: whole files of WAV, RF64, W64, AIFF and CAF with PCM or 32-bit float samples, and FLAC files.
        case libsndfile
        /// FFmpeg: everything else.
        case ffmpeg
    }

    public let path: String
    /// Sample frames per second of what ``read(into:)`` gives.
    public let sampleRate: Int
    /// The track's own sample rate.
    public let nativeRate: Int
    /// Samples in a sample frame.
    public let channelCount: Int
    /// The index of the track among the file's streams.
    public let stream: Int
    /// The length that the container states, from media time zero to the end of the track; nil when it states none.
    /// Only reading to the end tells the exact one.
    public let statedDuration: TimeDelta?
    /// Cue points and markers of a file that ``Backend/libsndfile`` reads, in the order of the file.
    public let markers: [SoundMarker]
    /// What was damaged so far, with the time where it is known.
    public var damage: [Damage] { log.entries }
    /// How many damaged places were met; ``damage`` keeps the first hundred.
    public var damageCount: Int { log.count }
    /// The sample frame that the next ``read(into:)`` begins with.
    public private(set) var position = 0
    /// What decodes the file. libsndfile hands over to FFmpeg where it meets damage.
    public var backend: Backend { source is PlainSoundSource ? .libsndfile : .ffmpeg }

    /// Whether the packets are found by the file's own tables, not by FFmpeg's index.
    var readsTables: Bool { (source as? TrackSound)?.readsTables ?? false }

    private let file: PlainFile
    private var source: any SoundSource
    private let log: DamageLog
    private let strict: Bool
    private let mono: Bool
    private let resampling: Resampling
    private var converter: SampleConverter
    private var rangeEnd = Int.max

    /// The output frame that the converter's next pending sample is.
    private var convertedEnd = 0
    /// The native sample up to which the converter has been fed.
    private var fed: Int64 = 0
    /// The part of the current decoded block that is not converted yet.
    private var held: SoundBlock?
    private var finished = false
    /// The converter for what follows, while the old one's last samples are taken.
    private var successor: SampleConverter?

    /// Opens a file and decodes its first frame.
    ///
    /// - Throws: ``MediaError``.
    public init(path: String, options: Options = Options()) throws {
        file = try PlainFile(path: path, timeLimit: options.timeLimit)
        self.path = path
        log = DamageLog()
        source = try Self.source(file, options, log)
        nativeRate = source.rate
        sampleRate = options.sampleRate ?? nativeRate
        guard (1000...768_000).contains(sampleRate), (1000...768_000).contains(nativeRate) else {
            throw MediaError(
                path: path, reason: .damaged("a sample rate of \(nativeRate) to \(sampleRate) Hz is out of range"))
        }
        guard let converter = SampleConverter(
            source.firstFrame, outputRate: sampleRate, mono: options.mono, resampling: options.resampling) else {
            throw MediaError(path: path, reason: .unsupportedCodec("a sound layout that cannot be converted"))
        }
        channelCount = options.mono ? 1 : converter.format.channels
        (stream, statedDuration, markers) = (source.stream, source.statedDuration, source.markers)
        (self.converter, strict, mono) = (converter, options.strict, options.mono)
        resampling = options.resampling
    }

    /// libsndfile where it gives the same samples, else FFmpeg.
    private static func source(
        _ file: PlainFile, _ options: Options, _ log: DamageLog
    ) throws(MediaError) -> any SoundSource {
        // A plain sound file has one track, without a language.
        if options.track == .main || options.track == .stream(0),
            let source = PlainSoundSource(file, mixed: options.mono, log: log)
        {
            return source
        }
        let media =
            options.readsTables
            ? try MediaFile.forSound(file, track: options.track) : try MediaFile(file, inspection: .asNeeded)
        return try TrackSound(
            media, track: options.track, mixed: options.mono, log: log)
    }
}

// MARK: - Reading

extension SoundReader {
    /// Fills a buffer with the sample frames that follow, interleaved when there are several channels.
    ///
    /// Full unless the range or the track ends. The buffer is reused as it is: nothing is allocated.
    ///
    /// - Returns: the sample frames read; 0 at the end.
    /// - Throws: ``MediaError`` when cancelled, over the time limit, or damaged under `strict`.
    public func read(into buffer: inout [Float]) throws -> Int {
        let wanted = max(0, min(buffer.count / channelCount, rangeEnd - position))
        var filled = 0
        while filled < wanted, try refill() {
            let late = position - convertedEnd
            if late > 0 {
                let dropped = min(late, converter.pendingFrames)
                converter.drop(dropped)
                convertedEnd += dropped
            } else {
                let taken = converter.take(into: &buffer, at: filled, limit: wanted - filled)
                filled += taken
                position += taken
                convertedEnd += taken
            }
        }
        return filled
    }

    /// Makes the next ``read(into:)`` begin at a sample frame, and reading end before another.
    ///
    /// The samples are those that reading the whole track gives there: up to rounding of the arithmetic for codecs that
    /// predict from frame to frame, and identical for the rest. Cost: one seek, and up to half a second of decoding.
    ///
    /// - Parameter range: sample frames of the output. What lies before the track or after it gives silence or nothing.
    public func seek(to range: Range<Int>) throws {
        let start = max(range.lowerBound, 0)
        rangeEnd = max(range.upperBound, start)
        guard start != position else { return }
        position = start
        try restart()
    }

    /// Makes sure that converted samples are pending; false at the end of the track.
    private func refill() throws -> Bool {
        while converter.pendingFrames == 0 {
            if finished { return false }
            try convertMore()
        }
        return true
    }

    /// Replaces the converter where the layout or the sample format changes in mid-stream.
    ///
    /// - Returns: whether the old one gave its last samples, to be taken before anything else.
    private func adaptConverter(to frame: UnsafePointer<AVFrame>) throws -> Bool {
        if let next = successor {
            (converter, successor) = (next, nil)
            convertedEnd = Int(fed.scaled(by: Int64(sampleRate), over: Int64(nativeRate)) ?? 0)
        }
        guard converter.format != SampleConverter.Format(frame.pointee) else { return false }
        guard let next = SampleConverter(frame, outputRate: sampleRate, mono: mono, resampling: resampling) else {
            throw MediaError(path: path, reason: .unsupportedCodec("a sound layout that cannot be converted"))
        }
        successor = next
        converter.finish()
        clipToEnd()
        return true
    }

    private func convertMore() throws {
        guard let block = try heldBlock() else {
            try checkLength()
            converter.finish()
            clipToEnd()
            finished = true
            return
        }
        if try adaptConverter(to: block.frame) { return }
        let gap = block.position - fed
        if gap > 0 {
            let count = Int(min(gap, Int64(converter.chunk)))
            converter.convertSilence(count: count)
            fed += Int64(count)
        } else {
            let count = min(block.count, converter.chunk)
            converter.convert(block.frame, from: block.offset, count: count)
            fed += Int64(count)
            held = block.from(fed)
        }
    }

    /// The block that is to be converted next; nil at the end.
    private func heldBlock() throws -> SoundBlock? {
        while held == nil {
            let block: SoundBlock?
            do {
                block = try source.next()
            } catch is SoundFileFault {
                try handOver()
                continue
            }
            try checkDamage()
            guard let block else { return nil }
            held = block.from(fed)
        }
        return held
    }

    /// Goes on with FFmpeg from where libsndfile could not.
    private func handOver() throws {
        if let reason = file.interruption { throw MediaError(path: path, reason: reason) }
        try checkDamage()
        let next = try TrackSound(
            MediaFile(file, inspection: .asNeeded), track: .stream(stream), mixed: mono, log: log)
        guard next.rate == nativeRate, mono || next.channelCount == channelCount else {
            throw MediaError(path: path, reason: .damaged("its header contradicts its sound"))
        }
        source = next
        try restart()
    }

    /// Leaves no more at the end than the track's length calls for: the resampler gives its filter's tail as well.
    private func clipToEnd() {
        guard let frames = fed.scaled(by: Int64(sampleRate), over: Int64(nativeRate)) else { return }
        converter.limit(to: max(0, Int(frames) - convertedEnd))
    }

    /// Notes where a file breaks off before the length that it states for this track.
    private func checkLength() throws {
        let end = Timestamp(units: fed, perSecond: Int64(nativeRate))
        guard let stated = source.ownDuration, stated - (end - .zero) > .milliseconds(500) else { return }
        log.add(end, "the sound breaks off; the file says that it goes on until \((Timestamp.zero + stated).clock)")
        try checkDamage()
    }

    private func checkDamage() throws {
        guard strict, let first = log.entries.first else { return }
        throw MediaError(path: path, reason: .damaged(first.what), time: first.time)
    }
}

// MARK: - Seeking

extension SoundReader {
    /// Starts decoding and resampling so that ``position`` comes out as it would from the beginning.
    private func restart() throws {
        let (input, output) = anchor()
        (fed, convertedEnd, finished, held, successor) = (input, output, false, nil, nil)
        converter.restart()
        do {
            try source.seek(to: input)
        } catch is SoundFileFault {
            try handOver()
        }
    }

    /// A native sample at or before ``position``, far enough for the resampler's filter, that lies exactly on an output
    /// sample, so that the filter's phases are those of an uninterrupted reading.
    private func anchor() -> (input: Int64, output: Int) {
        let divisor = gcd(nativeRate, sampleRate)
        let (inputStep, outputStep) = (nativeRate / divisor, sampleRate / divisor)
        let filter = nativeRate == sampleRate ? 0 : 64 * max(1, sampleRate / nativeRate + 1)
        let steps = max(0, (position - filter) / outputStep)
        return (Int64(steps) * Int64(inputStep), steps * outputStep)
    }

    private func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}
