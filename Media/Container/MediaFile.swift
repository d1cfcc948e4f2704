import CFFmpeg
import Timeline

/// One local media file, opened: its streams and its packets in file order.
///
/// Only the named file is ever opened. Containers that would open others are refused, reading obeys task cancellation
/// and a time limit, and FFmpeg prints nothing. Not thread-safe: use one from one task at a time.
public final class MediaFile {
    /// How much of the file may be looked at before its streams are known.
    public enum Inspection: Sendable {
        /// Decode the beginning only when the header leaves codec parameters open. A few milliseconds at most for
        /// MP4 and Matroska.
        case asNeeded
        /// Always inspect: frame rates, durations of raw streams and pixel formats are then filled in.
        case always
    }

    public struct Options: Sendable {
        public var inspection = Inspection.asNeeded
        /// Wall-clock seconds allowed for all reading; nil for no limit.
        public var timeLimit: Int?

        public init(inspection: Inspection = .asNeeded, timeLimit: Int? = nil) {
            (self.inspection, self.timeLimit) = (inspection, timeLimit)
        }
    }

    public let path: String
    let source: ByteSource
    let context: UnsafeMutablePointer<AVFormatContext>
    /// The zero of media time: the earliest first timestamp of any sound or video stream, as an instant of the
    /// container's own clock.
    private(set) var origin = Timestamp.zero
    /// Packets read to learn where streams start, handed out again before the file is read further.
    fileprivate var peeked: [UnsafeMutablePointer<AVPacket>] = []
    private var peekedFirst: [Timestamp?] = []
    /// How many times a packet could not be read for damage.
    var brokenReads = 0
    /// Where the packets of an MP4 file's sound come from instead of FFmpeg's demuxer.
    private var trackPackets: TrackPackets?

    /// - Throws: ``MediaError`` saying what is wrong with the file.
    public convenience init(path: String, options: Options = Options()) throws(MediaError) {
        try self.init(PlainFile(path: path, timeLimit: options.timeLimit), inspection: options.inspection)
    }

    /// Reads a file that is open already, from its start.
    init(_ file: PlainFile, inspection: Inspection, patches: [ByteSource.Patch] = []) throws(MediaError) {
        _ = Self.silence
        path = file.path
        source = try ByteSource(file, patches: patches)
        context = try Self.open(path, source)
        try inspect(inspection)
        peekedFirst = Array(repeating: nil, count: streamCount)
        guard streamCount > 0 else { throw failure(.noStreams) }
        try establishOrigin()
    }

    deinit {
        dropPeeked()
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// FFmpeg's log is one for the process; what matters reaches the caller as errors.
    private static let silence: Void = {
        av_log_set_level(AV_LOG_QUIET)
        av_max_alloc(maximumAllocation)
    }()

    /// No single buffer that a file asks for may be larger: an 8K picture of 16-bit RGBA needs 265 MB.
    private static let maximumAllocation = 320 << 20

    private static func open(
        _ path: String, _ source: ByteSource
    ) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
        let format = try recognise(path, source)
        var context = avformat_alloc_context()
        guard let opened = context else { throw MediaError(path: path, reason: .outOfMemory) }
        opened.pointee.pb = source.io
        opened.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
        opened.pointee.io_open = { _, _, _, _, _ in SLATE_AVERROR_EXIT }
        opened.pointee.interrupt_callback.callback = { opaque in
            guard let opaque else { return 0 }
            let source = Unmanaged<ByteSource>.fromOpaque(opaque).takeUnretainedValue()
            return source.interruption == nil ? 0 : 1
        }
        opened.pointee.interrupt_callback.opaque = Unmanaged.passUnretained(source).toOpaque()
        opened.pointee.max_streams = 256
        let status = avformat_open_input(&context, path, format, nil)
        guard status >= 0, let context else {
            throw MediaError(path: path, reason: source.interruption ?? .ofFFmpeg(status))
        }
        return context
    }

    private static func recognise(
        _ path: String, _ source: ByteSource
    ) throws(MediaError) -> UnsafePointer<AVInputFormat> {
        var found: UnsafePointer<AVInputFormat>?
        let status = av_probe_input_buffer2(source.io, &found, path, nil, 0, 1 << 20)
        if let reason = source.interruption { throw MediaError(path: path, reason: reason) }
        guard status >= 0, let format = found, let rawName = format.pointee.name else {
            throw MediaError(path: path, reason: .unrecognised)
        }
        let name = String(cString: rawName)
        guard Demuxers.allows(name) else { throw MediaError(path: path, reason: Demuxers.refusal(of: name)) }
        return format
    }

    func failure(_ reason: MediaError.Reason, at time: Timestamp? = nil) -> MediaError {
        MediaError(path: path, reason: source.interruption ?? reason, time: time)
    }
}

// MARK: - Streams

extension MediaFile {
    var streamCount: Int { min(Int(context.pointee.nb_streams), 256) }

    /// The stream at an index below ``streamCount``.
    func stream(_ index: Int) -> UnsafeMutablePointer<AVStream> {
        guard index < streamCount, let stream = context.pointee.streams?[index] else {
            preconditionFailure("stream \(index) of \(streamCount)")
        }
        return stream
    }

    func kind(_ index: Int) -> AVMediaType { stream(index).pointee.codecpar.pointee.codec_type }

    func timeBase(_ index: Int) -> TimeBase? { TimeBase(stream(index).pointee.time_base) }

    /// Media time of a stream's timestamp: its distance from the container's start. Nil when there is none.
    func mediaTime(_ timestamp: Int64, stream index: Int) -> Timestamp? {
        guard let time = timeBase(index)?.time(of: timestamp) else { return nil }
        return Timestamp.zero + (time - origin)
    }

    /// The stream's timestamp at a media time, rounded to the nearest unit of its time base.
    func timestamp(_ time: Timestamp, stream index: Int) -> Int64 {
        guard let base = timeBase(index) else { return 0 }
        return (time + (origin - .zero)).units(of: base.numerator, over: base.denominator)
    }

    /// Where the stream's first packet is presented, before any priming is cut; nil when it has no timestamp.
    func start(_ index: Int) -> Timestamp? {
        rawStart(index).map { .zero + ($0 - origin) }
    }

    private func rawStart(_ index: Int) -> Timestamp? {
        guard let base = timeBase(index), let first = base.time(of: stream(index).pointee.start_time) else {
            return peekedFirst[index]
        }
        return base.time(of: stream(index).pointee.start_time + units(ofSamples: silentPriming(index), stream: index))
            ?? first
    }

    /// Priming samples that the header declares without FFmpeg marking them in the packets. Matroska's demuxer moves
    /// timestamps back by the codec delay and leaves the cutting to the decoder.
    func silentPriming(_ index: Int) -> Int64 {
        guard let name = context.pointee.iformat.pointee.name, String(cString: name).contains("matroska") else {
            return 0
        }
        return Int64(max(0, stream(index).pointee.codecpar.pointee.initial_padding))
    }

    /// Samples of a sound stream as units of its time base, rounded as FFmpeg rounds a start time.
    private func units(ofSamples samples: Int64, stream index: Int) -> Int64 {
        let rate = Int64(stream(index).pointee.codecpar.pointee.sample_rate)
        guard samples > 0, rate > 0, let base = timeBase(index) else { return 0 }
        return TimeDelta(units: samples, perSecond: rate).units(of: base.numerator, over: base.denominator)
    }

    /// Tells FFmpeg to skip the packets of every stream but these. Call before reading and seeking.
    func select(_ indices: Set<Int>) {
        for index in 0..<streamCount {
            stream(index).pointee.discard = indices.contains(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
        }
    }

    /// Opens a file to read one sound track of it, of an MP4 file without FFmpeg's index of all samples.
    static func forSound(_ file: PlainFile, track: TrackChoice) throws(MediaError) -> MediaFile {
        if let layout = MP4Layout(file), let media = try? MediaFile(file, inspection: .asNeeded, patches: layout.patches),
            let index = try? media.soundStream(track), !media.needsInspection,
            let packets = TrackPackets(media, stream: index, layout: layout, plain: file)
        {
            media.stream(index).pointee.duration = packets.duration
            media.trackPackets = packets
            return media
        }
        return try MediaFile(file, inspection: .asNeeded)
    }

    /// Whether the packets come from the file's own tables, read here.
    var readsTables: Bool { trackPackets != nil }

    private func inspect(_ inspection: Inspection) throws(MediaError) {
        guard inspection == .always || needsInspection else { return }
        let status = avformat_find_stream_info(context, nil)
        if source.interruption != nil { throw failure(.cancelled) }
        // A stream that stays unclear is no failure of the file; its reader says so if it is asked for.
        if status < 0, streamCount == 0 { throw failure(.ofFFmpeg(status)) }
    }

    /// Whether the header leaves open what decoding needs.
    private var needsInspection: Bool {
        if context.pointee.ctx_flags & AVFMTCTX_NOHEADER != 0 || streamCount == 0 { return true }
        return (0..<streamCount).contains { index in
            let parameters = stream(index).pointee.codecpar.pointee
            return switch parameters.codec_type {
            case AVMEDIA_TYPE_AUDIO:
                parameters.codec_id == AV_CODEC_ID_NONE || parameters.sample_rate <= 0
                    || parameters.ch_layout.nb_channels <= 0
            case AVMEDIA_TYPE_VIDEO: parameters.codec_id == AV_CODEC_ID_NONE || parameters.width <= 0
            default: false
            }
        }
    }
}

// MARK: - Packets

extension MediaFile {
    /// Reads the next packet of the selected streams.
    ///
    /// - Returns: false at the end of the file, or where it breaks off.
    func read(into packet: UnsafeMutablePointer<AVPacket>) throws(MediaError) -> Bool {
        if let trackPackets {
            if trackPackets.read(into: packet) { return true }
            if let reason = source.interruption { throw failure(reason) }
            return false
        }
        while let next = nextPeeked() {
            var held: UnsafeMutablePointer<AVPacket>? = next
            defer { av_packet_free(&held) }
            let index = Int(next.pointee.stream_index)
            guard index < streamCount, stream(index).pointee.discard.rawValue < AVDISCARD_ALL.rawValue else { continue }
            av_packet_move_ref(packet, next)
            return true
        }
        return try readFurther(into: packet)
    }

    private func readFurther(into packet: UnsafeMutablePointer<AVPacket>) throws(MediaError) -> Bool {
        // A damaged stretch may fail a few reads in a row; a file that never recovers must not hold us.
        for _ in 0..<64 {
            let status = av_read_frame(context, packet)
            if status >= 0 { return true }
            if let reason = source.interruption { throw failure(reason) }
            switch status {
            case SLATE_AVERROR_INVALIDDATA, SLATE_AVERROR_EAGAIN: brokenReads += 1
            case SLATE_AVERROR_EOF: return false
            default:
                brokenReads += 1
                return false
            }
        }
        return false
    }

    /// Moves to the last key packet of a stream at or before a media time, or to the start of the file.
    ///
    /// - Returns: false when the container could not seek there.
    func seek(to time: Timestamp, stream index: Int) -> Bool {
        dropPeeked()
        if let trackPackets { return trackPackets.seek(to: timestamp(time, stream: index)) }
        let guide = indexedStream(for: index)
        let target = timestamp(time, stream: guide)
        return av_seek_frame(context, Int32(guide), target, AVSEEK_FLAG_BACKWARD) >= 0
    }

    /// The stream by whose index a seek for another finds its way.
    ///
    /// Matroska files with pictures index those alone: a seek by a sound track would read everything up to the target.
    private func indexedStream(for index: Int) -> Int {
        guard String(cString: context.pointee.iformat.pointee.name).hasPrefix("matroska") else { return index }
        return (0..<streamCount).first { kind($0) == AVMEDIA_TYPE_VIDEO && isTimed($0) } ?? index
    }

    /// Moves to the first packet of the file.
    func rewind(stream index: Int) -> Bool {
        dropPeeked()
        if let trackPackets { return trackPackets.rewind() }
        let discontinuous = context.pointee.iformat.pointee.flags & AVFMT_TS_DISCONT != 0
        if discontinuous { return av_seek_frame(context, -1, 0, AVSEEK_FLAG_BYTE) >= 0 }
        let first = rawStart(index).map { $0 - TimeDelta.seconds(10) } ?? .zero
        let base = timeBase(index)
        let target = base.map { first.units(of: $0.numerator, over: $0.denominator) } ?? 0
        if av_seek_frame(context, Int32(index), target, AVSEEK_FLAG_BACKWARD) >= 0 { return true }
        return avformat_seek_file(context, Int32(index), .min, target, .max, 0) >= 0
            || av_seek_frame(context, -1, 0, AVSEEK_FLAG_BYTE) >= 0
    }

    private func establishOrigin() throws(MediaError) {
        let timed = (0..<streamCount).filter { isTimed($0) }
        try peekStarts(of: timed)
        origin = timed.compactMap { rawStart($0) }.min() ?? .zero
    }

    /// Sound and moving pictures set the clock; cover art, subtitles and data do not.
    private func isTimed(_ index: Int) -> Bool {
        let kind = kind(index)
        let picture = stream(index).pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
        return kind == AVMEDIA_TYPE_AUDIO || (kind == AVMEDIA_TYPE_VIDEO && !picture)
    }

    /// Reads packets until every timed stream has shown its first timestamp, and keeps them for later.
    private func peekStarts(of timed: [Int]) throws(MediaError) {
        var missing = Set(timed.filter { rawStart($0) == nil })
        var bytes = 0
        while !missing.isEmpty, peeked.count < 512, bytes < 8 << 20 {
            var packet = av_packet_alloc()
            guard let opened = packet else { throw failure(.outOfMemory) }
            guard try readFurther(into: opened) else {
                av_packet_free(&packet)
                return
            }
            peeked.append(opened)
            bytes += Int(opened.pointee.size)
            let index = Int(opened.pointee.stream_index)
            if missing.remove(index) != nil { peekedFirst[index] = firstTime(of: opened, stream: index) }
        }
    }

    /// A packet's presentation time, past the priming samples that the decoder will cut from it.
    private func firstTime(of packet: UnsafeMutablePointer<AVPacket>, stream index: Int) -> Timestamp? {
        let timestamp = packet.pointee.pts != SLATE_NOPTS ? packet.pointee.pts : packet.pointee.dts
        guard timestamp != SLATE_NOPTS else { return nil }
        let skipped = skippedSamples(packet).map(Int64.init) ?? silentPriming(index)
        return timeBase(index)?.time(of: timestamp &+ units(ofSamples: skipped, stream: index))
    }

    private func nextPeeked() -> UnsafeMutablePointer<AVPacket>? {
        guard !peeked.isEmpty else { return nil }
        // At most a few hundred, once per file: shifting them costs nothing that matters.
        return peeked.removeFirst()
    }

    private func dropPeeked() {
        for packet in peeked {
            var packet: UnsafeMutablePointer<AVPacket>? = packet
            av_packet_free(&packet)
        }
        peeked = []
    }
}

/// The number of leading samples that the container tells the decoder to drop from a packet; nil when it says nothing.
func skippedSamples(_ packet: UnsafeMutablePointer<AVPacket>) -> UInt32? {
    var size = 0
    guard let data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size), size >= 4 else { return nil }
    return UnsafeRawPointer(data).loadUnaligned(as: UInt32.self)
}

extension MediaError.Reason {
    /// A status of FFmpeg in its own words, with the common ones in ours.
    static func ofFFmpeg(_ status: Int32) -> Self {
        switch status {
        case SLATE_AVERROR_EOF: .damaged("it ends before its first packet")
        case SLATE_AVERROR_EXIT: .cancelled
        case -ENOMEM: .outOfMemory
        default:
            .damaged(
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
                    av_strerror(status, text.baseAddress, 128)
                    return text.baseAddress.map { String(cString: $0) } ?? "error \(status)"
                })
        }
    }
}
