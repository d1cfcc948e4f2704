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
        /// All channels mixed into one, as FFmpeg mixes them; otherwise all channels, interleaved.
        public var mono = true
        /// Whether damage throws instead of being listed in ``SoundReader/damage``.
        public var strict = false
        /// Wall-clock seconds allowed for all reading; nil for no limit.
        public var timeLimit: Int?

        public init(
            track: TrackChoice = .main, sampleRate: Int? = nil, mono: Bool = true, strict: Bool = false,
            timeLimit: Int? = nil
        ) {
            (self.track, self.sampleRate, self.mono) = (track, sampleRate, mono)
            (self.strict, self.timeLimit) = (strict, timeLimit)
        }
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
    /// What was damaged so far, with the time where it is known.
    public var damage: [Damage] { log.entries }
    /// How many damaged places were met; ``damage`` keeps the first hundred.
    public var damageCount: Int { log.count }
    /// The sample frame that the next ``read(into:)`` begins with.
    public private(set) var position = 0

    private let decoder: SoundDecoder
    private let log: DamageLog
    private let strict: Bool
    private let mono: Bool
    private var placement: SamplePlacement
    private var converter: SampleConverter
    private var rangeEnd = Int.max

    /// The output frame that the converter's next pending sample is.
    private var convertedEnd = 0
    /// The native sample up to which the converter has been fed.
    private var fed: Int64 = 0
    /// The part of the current decoded frame that is not converted yet: its offset, and where that lies.
    private var held: (offset: Int, count: Int, position: Int64)?
    private var finished = false
    /// The converter for what follows, while the old one's last samples are taken.
    private var successor: SampleConverter?

    /// Opens a file and decodes its first frame.
    ///
    /// - Throws: ``MediaError``.
    public init(path: String, options: Options = Options()) throws {
        let file = try MediaFile(path: path, options: .init(timeLimit: options.timeLimit))
        self.path = path
        let log = DamageLog()
        stream = try file.soundStream(options.track)
        decoder = try SoundDecoder(file, stream: stream)
        decoder.onDamage = { log.add($0, $1) }
        guard try decoder.next() else { throw file.failure(.damaged("no sound could be decoded")) }
        nativeRate = Int(decoder.frame.pointee.sample_rate)
        sampleRate = options.sampleRate ?? nativeRate
        guard (1000...768_000).contains(sampleRate), (1000...768_000).contains(nativeRate) else {
            throw file.failure(.damaged("a sample rate of \(nativeRate) to \(sampleRate) Hz is out of range"))
        }
        guard let converter = SampleConverter(decoder.frame, outputRate: sampleRate, mono: options.mono) else {
            throw file.failure(.unsupportedCodec("a sound layout that cannot be converted"))
        }
        channelCount = options.mono ? 1 : converter.format.channels
        statedDuration = file.statedDuration(stream)
        placement = file.placement(decoder.frame.pointee, stream: stream, duration: statedDuration)
        (self.log, self.converter, strict, mono) = (log, converter, options.strict, options.mono)
        hold()
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
        let wanted = min(buffer.count / channelCount, rangeEnd - position)
        var filled = 0
        while filled < wanted, try refill() {
            let late = position + filled - convertedEnd
            if late > 0 {
                let dropped = min(late, converter.pendingFrames)
                converter.drop(dropped)
                convertedEnd += dropped
            } else {
                let taken = converter.take(into: &buffer, at: filled, limit: wanted - filled)
                filled += taken
                convertedEnd += taken
            }
        }
        position += filled
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

    /// Whether a frame fits what was promised: the same rate, and the same channels unless they are mixed.
    private func canConvert(_ frame: AVFrame) -> Bool {
        let format = SampleConverter.Format(frame)
        return format.rate == nativeRate && format.channels > 0 && (mono || format.channels == channelCount)
    }

    /// Replaces the converter where the layout or the sample format changes in mid-stream.
    ///
    /// - Returns: whether the old one gave its last samples, to be taken before anything else.
    private func adaptConverter() throws -> Bool {
        if let next = successor {
            (converter, successor) = (next, nil)
            convertedEnd = Int(fed.scaled(by: Int64(sampleRate), over: Int64(nativeRate)) ?? 0)
        }
        guard converter.format != SampleConverter.Format(decoder.frame.pointee) else { return false }
        guard let next = SampleConverter(decoder.frame, outputRate: sampleRate, mono: mono) else {
            throw MediaError(path: path, reason: .unsupportedCodec("a sound layout that cannot be converted"))
        }
        successor = next
        converter.finish()
        clipToEnd()
        return true
    }

    private func convertMore() throws {
        if held != nil, try adaptConverter() { return }
        guard let part = held else {
            if try advance() { return }
            try checkLength()
            converter.finish()
            clipToEnd()
            finished = true
            return
        }
        let gap = part.position - fed
        if gap > 0 {
            let count = Int(min(gap, Int64(converter.chunk)))
            converter.convertSilence(count: count)
            fed += Int64(count)
        } else {
            let count = min(part.count, converter.chunk)
            converter.convert(decoder.frame, from: part.offset, count: count)
            fed += Int64(count)
            let rest = part.count - count
            held = rest > 0 ? (part.offset + count, rest, part.position + Int64(count)) : nil
        }
    }

    /// Decodes the next frame that holds something to convert; false at the end.
    private func advance() throws -> Bool {
        while held == nil {
            guard try decoder.next() else { return false }
            try checkDamage()
            hold()
        }
        return true
    }

    /// Keeps of the current decoded frame what is heard and not yet converted.
    private func hold() {
        let frame = decoder.frame
        let total = Int64(frame.pointee.nb_samples)
        guard canConvert(frame.pointee) else {
            log.add(nil, "the sound changes its rate or its channels")
            return
        }
        guard total > 0, let start = placement.place(decoder.statedPosition(rate: nativeRate), count: total) else {
            return
        }
        let cut = decoder.cut
        let from = max(start + cut.leading, max(placement.audible, fed))
        let end = start + total - cut.trailing
        guard from < end, !cut.whole else { return }
        held = (Int(from - start), Int(end - from), from)
    }

    /// Leaves no more at the end than the track's length calls for: the resampler gives its filter's tail as well.
    private func clipToEnd() {
        guard let frames = fed.scaled(by: Int64(sampleRate), over: Int64(nativeRate)) else { return }
        converter.limit(to: max(0, Int(frames) - convertedEnd))
    }

    /// Notes where a file breaks off before the length that it states for this track.
    private func checkLength() throws {
        let end = Timestamp(units: fed, perSecond: Int64(nativeRate))
        guard let stated = decoder.file.ownDuration(stream), stated - (end - .zero) > .milliseconds(500) else { return }
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
        try reposition(to: input)
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

    /// Moves the decoder so that the next frame that is kept begins at or before a native sample.
    private func reposition(to input: Int64) throws {
        let rate = Int64(nativeRate)
        let preroll = max(Int64(decoder.preroll(rate: nativeRate)), 2 * placement.frameLength)
        log.isPaused = true
        defer { log.isPaused = false }
        var back: Int64 = 0
        while true {
            let target = input - preroll - back
            guard target > placement.origin + placement.frameLength else { break }
            placement.forget()
            if try decoder.seek(to: Timestamp(units: target, perSecond: rate)),
                try land(from: input - preroll, keepingFrom: input)
            {
                return
            }
            back = back == 0 ? rate : back * 2
        }
        try rewind()
    }

    /// Decodes from the packet that holds one sample up to the first frame that reaches another.
    ///
    /// - Returns: false when the first packet met lies too late: the seek did not go back far enough.
    private func land(from start: Int64, keepingFrom input: Int64) throws -> Bool {
        let limit = start + (input - start) / 2
        var first = true
        decoder.passOver(before: Timestamp(units: start, perSecond: Int64(nativeRate)))
        while try decoder.next() {
            let count = Int64(decoder.frame.pointee.nb_samples)
            guard let stated = decoder.statedPosition(rate: nativeRate) else {
                if first { continue }
                break
            }
            if first, stated > limit, !decoder.hasPassedOver { return false }
            first = false
            if stated + count + placement.tolerance >= input {
                hold()
                return true
            }
            // Each frame before the one that matters is placed afresh, so that a wrong first timestamp heals.
            placement.forget()
        }
        return false
    }

    private func rewind() throws {
        placement.rewind()
        guard try decoder.rewind() else {
            throw MediaError(path: path, reason: .damaged("its container cannot go back to the start"))
        }
    }

    private func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}
