import CFFmpeg

/// The packets of one sound track of an MP4 file, without FFmpeg's index of all its samples.
///
/// FFmpeg opens a file that is patched so that each track ends after its first seconds. What it makes of those (codec
/// parameters, the start of the edit list, encoder delay) holds for all; the packets themselves are read here, and the
/// first ones must be FFmpeg's own, byte for byte.
final class TrackPackets {
    private var table: SampleTable
    private let io: UnsafeMutablePointer<AVIOContext>
    private let stream: Int
    /// The first packet that counts begins here, in units of the track.
    private let start: Int64
    /// The edit list ends here.
    private let end: Int64
    /// What FFmpeg's timestamps are less than those of the tables.
    private let shift: Int64
    /// Samples to cut at the start.
    private let padding: Int
    private let rate: Int
    private let timescale: Int64
    /// Packets at the start that the decoder needs and nobody hears.
    private let unheard: Int
    /// The length of the stream in units of the track, as FFmpeg would state it for the whole file.
    let duration: Int64

    /// Whether a skip is due with the packet that comes next.
    private var skipIsDue = true
    /// How many packets from ``start`` on the next one is, as far as that matters.
    private var fromStart: Int? = 0
    private var endReached = false

    /// - Parameter file: opened with the patches of the layout.
    /// - Returns: nil when the track is not simple enough, or FFmpeg sees another.
    init?(_ file: MediaFile, stream index: Int, layout: MP4Layout, plain: PlainFile) {
        let stream = file.stream(index).pointee
        guard let track = layout.tracks.first(where: { $0.id == Int(stream.id) }), track.isPlain,
            let edit = SimpleEdit(track, movieScale: layout.timescale), let stated = track.duration,
            stream.time_base.num == 1, Int64(stream.time_base.den) == track.timescale, track.timescale > 0,
            Self.knows(stream.codecpar.pointee, track), var table = SampleTable(track, of: plain, outside: layout.header),
            table.seek(to: max(0, edit.start - track.timescale))
        else { return nil }
        (self.table, self.stream, io) = (table, index, file.source.io)
        (start, end) = (table.nextTime, edit.end)
        (timescale, rate) = (track.timescale, Int(stream.codecpar.pointee.sample_rate))
        duration = min(stated, table.totalDuration, edit.length)
        guard let head = Head(file, stream: index, table: &table, io: io) else { return nil }
        (shift, padding, unheard) = (head.shift, head.padding, head.unheard)
        guard rewind() else { return nil }
    }

    /// Whether packets of a codec are samples as they stand.
    private static func knows(_ parameters: AVCodecParameters, _ track: MP4Track) -> Bool {
        guard parameters.codec_type == AVMEDIA_TYPE_AUDIO, parameters.sample_rate > 0 else { return false }
        guard track.isInFrames else { return true }
        let bits = Int64(av_get_exact_bits_per_sample(parameters.codec_id)) * Int64(parameters.ch_layout.nb_channels)
        return bits > 0 && bits == track.sampleSize * 8
    }
}

// MARK: - Reading

extension TrackPackets {
    /// Reads the next packet; false at the end, or where the file has become shorter.
    func read(into packet: UnsafeMutablePointer<AVPacket>) -> Bool {
        guard !endReached, let next = table.next() else { return false }
        // As FFmpeg does, the packet that reaches the end of the edit list is the last one.
        endReached = table.nextTime >= end
        guard Self.read(next, io, into: packet) else { return false }
        packet.pointee.stream_index = Int32(stream)
        packet.pointee.pts = next.time - shift
        packet.pointee.dts = next.time - shift
        packet.pointee.duration = next.duration
        packet.pointee.flags |= AV_PKT_FLAG_KEY
        if let place = fromStart {
            if place < unheard { packet.pointee.flags |= AV_PKT_FLAG_DISCARD }
            fromStart = place < unheard ? place + 1 : nil
        }
        if skipIsDue { addSkip(to: packet, time: next.time) }
        skipIsDue = false
        return true
    }

    /// Moves to the last packet that begins at a timestamp of the stream or before it, or to the first.
    func seek(to timestamp: Int64) -> Bool {
        let (target, overflow) = timestamp.addingReportingOverflow(shift)
        guard !overflow, target > start else { return rewind() }
        (skipIsDue, fromStart, endReached) = (true, nil, false)
        guard table.seek(to: min(target, end - 1)) else { return false }
        // What nobody hears is at most a second; in there, which packets those are is known from the start only.
        let mayBeUnheard = unheard > 0 && table.nextTime <= start + timescale
        return !mayBeUnheard || rewind()
    }

    func rewind() -> Bool {
        (skipIsDue, fromStart, endReached) = (true, 0, false)
        return table.seek(to: start)
    }

    fileprivate static func read(
        _ next: SampleTable.Packet, _ io: UnsafeMutablePointer<AVIOContext>, into packet: UnsafeMutablePointer<AVPacket>
    ) -> Bool {
        guard avio_seek(io, next.place, SEEK_SET) == next.place else { return false }
        return av_get_packet(io, packet, Int32(next.size)) == Int32(next.size)
    }

    /// Tells the decoder how much of the encoder's delay is left to cut, as FFmpeg does after every seek.
    private func addSkip(to packet: UnsafeMutablePointer<AVPacket>, time: Int64) {
        let passed = av_rescale(time - start, Int64(rate), timescale)
        let skip = max(0, Int64(padding) - passed)
        guard skip > 0, let data = av_packet_new_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, 10) else { return }
        data.update(repeating: 0, count: 10)
        UnsafeMutableRawPointer(data).storeBytes(of: UInt32(skip).littleEndian, as: UInt32.self)
    }
}

/// One stretch of the media, perhaps after a pause: what edit lists are for in practice.
private struct SimpleEdit {
    /// In units of the track; the start is where the sound begins.
    let start, end: Int64
    /// The pause and the stretch together.
    let length: Int64

    init?(_ track: MP4Track, movieScale: Int64) {
        guard !track.edits.isEmpty else {
            (start, end, length) = (0, .max, .max)
            return
        }
        var edits = track.edits[...]
        var pause: Int64 = 0
        if let first = edits.first, first.mediaTime == -1, edits.count > 1 {
            guard (0..<1 << 40).contains(first.duration) else { return nil }
            pause = av_rescale(first.duration, track.timescale, movieScale)
            edits = edits.dropFirst()
        }
        guard edits.count == 1, let edit = edits.first, edit.rate == 1 << 16, (0..<1 << 50).contains(edit.mediaTime),
            (1..<1 << 40).contains(edit.duration)
        else { return nil }
        let stretch = av_rescale(edit.duration, track.timescale, movieScale)
        guard (1..<1 << 60).contains(stretch), (0..<1 << 60).contains(pause) else { return nil }
        (start, end, length) = (edit.mediaTime, edit.mediaTime + stretch, pause + stretch)
    }
}

/// What FFmpeg makes of the first packets of a track.
private struct Head {
    let shift: Int64
    let padding, unheard: Int

    /// Packets compared after the ones that nobody hears.
    private static let compared = 24

    /// Nil unless FFmpeg's packets are those of the table.
    init?(_ file: MediaFile, stream: Int, table: inout SampleTable, io: UnsafeMutablePointer<AVIOContext>) {
        var (theirs, ours) = (av_packet_alloc(), av_packet_alloc())
        defer {
            av_packet_free(&theirs)
            av_packet_free(&ours)
        }
        guard let theirs, let ours else { return nil }
        var (shift, padding, unheard, heard): (Int64?, Int, Int, Int) = (nil, 0, 0, 0)
        file.select([stream])
        while heard < Self.compared {
            av_packet_unref(theirs)
            guard let ended = try? !file.read(into: theirs) else { return nil }
            if ended { break }
            if Int(theirs.pointee.stream_index) != stream { continue }
            guard let next = table.next(), Self.same(theirs, next, ours, file) else { return nil }
            guard (-1 << 60..<1 << 60).contains(theirs.pointee.pts), theirs.pointee.pts == theirs.pointee.dts,
                theirs.pointee.flags & AV_PKT_FLAG_KEY != 0
            else { return nil }
            let distance = next.time - theirs.pointee.pts
            let skipped = Int(skippedSamples(theirs) ?? 0)
            guard shift == nil || shift == distance && skipped == 0, !bytesAreEncrypted(theirs) else { return nil }
            if shift == nil { padding = skipped }
            shift = distance
            let isUnheard = theirs.pointee.flags & AV_PKT_FLAG_DISCARD != 0
            guard !isUnheard || heard == 0 else { return nil }
            if isUnheard { unheard += 1 } else { heard += 1 }
        }
        guard let shift, heard > 0 else { return nil }
        (self.shift, self.padding, self.unheard) = (shift, padding, unheard)
    }

    /// Whether a packet holds the bytes that the table names. FFmpeg seeks before each packet, so its place may move.
    private static func same(
        _ theirs: UnsafeMutablePointer<AVPacket>, _ next: SampleTable.Packet, _ ours: UnsafeMutablePointer<AVPacket>,
        _ file: MediaFile
    ) -> Bool {
        let io = file.source.io
        av_packet_unref(ours)
        guard Int(theirs.pointee.size) == next.size, TrackPackets.read(next, io, into: ours) else { return false }
        return memcmp(theirs.pointee.data, ours.pointee.data, next.size) == 0
    }
}
