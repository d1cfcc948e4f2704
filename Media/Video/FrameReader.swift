import CFFmpeg
import Timeline

/// The frames of one video track in presentation order, with exact times, streamed.
///
///     let reader = try FrameReader(path: "film.mkv", options: .init(layout: .gray, size: .fitting(width: 320, height: 180)))
///     while let frame = try reader.next() { use(frame.time, frame.pixels) }
///     let shown = try reader.frame(at: .milliseconds(62_250))
///
/// A frame's time is its presentation time minus the start of the container, with edit lists honoured: the clock that
/// ``SoundReader`` uses too. Frames from before the start that an edit list sets are not delivered. Where a stream
/// gives no presentation time (AVI) the decoding time of the packet stands in, as in the ffmpeg program; where there is
/// none at all, the frame follows its predecessor by the stated duration. Times before zero are possible and kept. Where
/// a container jumps back in time (joined transport streams) the times are delivered as they stand.
///
/// Memory does not grow with the length of the file. Damage costs the frames it hits: ``damagedPackets`` counts it.
/// Not thread-safe: use one from one task at a time.
public final class FrameReader {
    public struct Options: Sendable {
        /// The index of the video track among the file's streams; nil for the one marked as default, else the first.
        public var track: Int?
        public var layout: Picture.Layout
        public var size: PictureSize
        public var scaling: Scaling
        /// Decode only the frames that stand on their own: about a tenth of the cost. They then have no index.
        public var keyframesOnly: Bool
        /// Threads of the decoder, from 1 to 64. More need more memory and give the same frames.
        public var threads: Int
        /// Wall-clock seconds allowed for all reading; nil for no limit.
        public var timeLimit: Int?

        public init(
            track: Int? = nil, layout: Picture.Layout = .rgb, size: PictureSize = .native, scaling: Scaling = .bicubic,
            keyframesOnly: Bool = false, threads: Int = 1, timeLimit: Int? = nil
        ) {
            (self.track, self.layout, self.size, self.scaling) = (track, layout, size, scaling)
            (self.keyframesOnly, self.threads, self.timeLimit) = (keyframesOnly, threads, timeLimit)
        }
    }

    public let options: Options
    public let track: VideoTrack
    /// How many packets or stretches of the file were damaged so far.
    public var damagedPackets: Int { decoder.damagedPackets + file.brokenReads }
    /// Whether the track is known to hold no frame after the one delivered last.
    public private(set) var isAtEnd = false
    /// The length that the container states, from media time zero to the end of the track; nil when it states none.
    public var statedDuration: TimeDelta? { file.statedDuration(track.stream) }

    let file: MediaFile
    let decoder: VideoDecoder
    private let packet: UnsafeMutablePointer<AVPacket>
    private let scaler: PictureScaler

    /// The frame delivered last, or the one a seek found.
    var current: DecodedFrame
    /// Scratch for the frame after it.
    var following: DecodedFrame
    /// Whether `current` was found by a seek and is still to be delivered.
    var currentIsPending = false
    /// Whether `following` holds a frame that was decoded ahead.
    var followingIsPending = false
    /// Whether packets are dropped until a key packet comes, and the time of that packet.
    var awaitsKey = false
    var firstDecodable: Timestamp?

    private var sentAll = false
    /// Index of the frame that the decoder gives next; nil when a seek lost count.
    private var nextIndex: Int?
    private var lastTime: Timestamp?
    private var lastDuration = TimeDelta.zero

    /// - Throws: ``MediaError`` saying what is wrong with the file or the track.
    public init(path: String, options: Options = Options()) throws {
        file = try MediaFile(path: path, options: .init(inspection: .always, timeLimit: options.timeLimit))
        let stream = try file.videoStream(options.track)
        (self.options, track) = (options, file.videoTrack(stream))
        file.select([stream])
        decoder = try VideoDecoder(file, stream: stream, threads: options.threads, keyframesOnly: options.keyframesOnly)
        scaler = PictureScaler(scaling: options.scaling)
        guard let current = DecodedFrame(), let following = DecodedFrame() else { throw file.failure(.outOfMemory) }
        guard let packet = av_packet_alloc() else { throw file.failure(.outOfMemory) }
        (self.current, self.following, self.packet) = (current, following, packet)
        nextIndex = options.keyframesOnly ? nil : 0
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
    }

    /// The next frame; nil at the end of the track.
    ///
    /// - Throws: ``MediaError`` when cancelled, over the time limit, encrypted, or in a pixel format that cannot be
    ///   converted.
    public func next() throws -> VideoFrame? {
        var frame = VideoFrame(
            time: .zero, duration: .zero, index: nil, isKey: false, isDamaged: false,
            picture: Picture(unchecked: 0, 0, options.layout, []))
        return try next(into: &frame) ? frame : nil
    }

    /// Replaces `frame` with the next one, reusing its pixels when nothing else holds them; false at the end of the
    /// track.
    ///
    /// - Throws: as ``next()``.
    public func next(into frame: inout VideoFrame) throws -> Bool {
        guard try advance() else { return false }
        try deliver(current, into: &frame)
        return true
    }

    /// Steps over the next frame without converting it; nil at the end of the track.
    ///
    /// - Returns: the time of the frame passed.
    public func skip() throws -> Timestamp? { try advance() ? current.time : nil }

    private func advance() throws -> Bool {
        if currentIsPending {
            currentIsPending = false
            return true
        }
        if followingIsPending {
            followingIsPending = false
            swap(&current, &following)
            return true
        }
        return try decode(into: current)
    }

    private func deliver(_ decoded: DecodedFrame, into frame: inout VideoFrame) throws {
        let raw = decoded.frame
        let (width, height) = options.size.resolved(
            width: Int(raw.pointee.width), height: Int(raw.pointee.height), aspect: track.pixelAspect)
        guard Picture.allows(width, height) else {
            throw file.failure(.damaged("a picture of \(width) x \(height)"), at: decoded.time)
        }
        var pixels: [UInt8] = []
        swap(&pixels, &frame.picture.pixels)
        guard scaler.convert(raw, to: options.layout, width: width, height: height, into: &pixels) else {
            throw file.failure(.unsupportedCodec("a pixel format that cannot be converted"), at: decoded.time)
        }
        frame.picture = Picture(unchecked: width, height, options.layout, pixels)
        (frame.time, frame.duration, frame.index) = (decoded.time, decoded.duration, decoded.index)
        (frame.isKey, frame.isDamaged) = (decoded.isKey, decoded.isDamaged)
    }
}

// MARK: - Decoding

extension FrameReader {
    /// Decodes the next frame that belongs to the sequence; false at the end.
    func decode(into decoded: DecodedFrame) throws(MediaError) -> Bool {
        decoded.isEmpty = true
        while true {
            switch decoder.receive(into: decoded.frame) {
            case .end:
                isAtEnd = true
                return false
            case .needsPacket: try feed()
            case .frame:
                describe(decoded)
                // Leading pictures of an open group refer to frames from before the seek, which were never decoded.
                if let firstDecodable, decoded.time < firstDecodable { continue }
                decoded.isEmpty = false
                return true
            }
        }
    }

    private func feed() throws(MediaError) {
        while !sentAll, try file.read(into: packet) {
            defer { av_packet_unref(packet) }
            guard Int(packet.pointee.stream_index) == track.stream, wants(packet) else { continue }
            try refuseEncrypted()
            decoder.send(packet)
            return
        }
        sentAll = true
        decoder.send(nil)
    }

    private func wants(_ packet: UnsafeMutablePointer<AVPacket>) -> Bool {
        let isKey = packet.pointee.flags & AV_PKT_FLAG_KEY != 0
        if options.keyframesOnly, !isKey { return false }
        guard awaitsKey else { return true }
        guard isKey else { return false }
        awaitsKey = false
        let stamp = packet.pointee.pts != SLATE_NOPTS ? packet.pointee.pts : packet.pointee.dts
        firstDecodable = file.mediaTime(stamp, stream: track.stream)
        return true
    }

    private func refuseEncrypted() throws(MediaError) {
        guard av_packet_get_side_data(packet, AV_PKT_DATA_ENCRYPTION_INFO, nil) == nil else {
            throw file.failure(.encrypted(stream: track.stream))
        }
    }

    private func describe(_ decoded: DecodedFrame) {
        let raw = decoded.frame.pointee
        decoded.duration = file.timeBase(track.stream)?.length(of: raw.pkt_duration) ?? .zero
        decoded.time = file.mediaTime(raw.best_effort_timestamp, stream: track.stream) ?? timeAfterLast
        decoded.index = nextIndex
        decoded.isKey = raw.key_frame != 0
        decoded.isDamaged = raw.flags & AV_FRAME_FLAG_CORRUPT != 0 || raw.decode_error_flags != 0
        nextIndex = nextIndex.map { $0 + 1 }
        (lastTime, lastDuration) = (decoded.time, decoded.duration)
    }

    /// Where a frame without any timestamp goes.
    private var timeAfterLast: Timestamp {
        guard let lastTime else { return .zero }
        if lastDuration > .zero { return lastTime + lastDuration }
        guard let rate = track.averageRate else { return lastTime + .milliseconds(40) }
        return Timestamp(value: 1, timeBase: rate.denominator, over: rate.numerator).map { lastTime + ($0 - .zero) }
            ?? lastTime
    }

    /// Forgets what was decoded, after the file moved.
    func forget(index: Int?) {
        decoder.flush()
        (currentIsPending, followingIsPending, isAtEnd) = (false, false, false)
        (awaitsKey, firstDecodable, sentAll) = (false, nil, false)
        (lastTime, lastDuration) = (nil, .zero)
        nextIndex = options.keyframesOnly ? nil : index
        (current.isEmpty, following.isEmpty) = (true, true)
    }
}
