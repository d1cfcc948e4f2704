import CFFmpeg
import Timeline

#if canImport(Glibc)
    import Glibc
#endif

/// Looks inside media files.
public enum Probe {
    /// What a file holds. Reads its header and, to fill in what headers leave open, up to a few seconds of its packets.
    ///
    /// - Throws: ``MediaError`` when it is no readable media file.
    public static func info(path: String, timeLimit: Int? = nil) throws -> MediaInfo {
        let file = try MediaFile(path: path, options: .init(inspection: .always, timeLimit: timeLimit))
        return file.info(encrypted: try file.encryptedStreams())
    }
}

extension MediaFile {
    /// The streams whose first packets are encrypted.
    fileprivate func encryptedStreams() throws(MediaError) -> Set<Int> {
        var packet = av_packet_alloc()
        guard let opened = packet else { throw failure(.outOfMemory) }
        defer { av_packet_free(&packet) }
        var found = Set<Int>()
        for _ in 0..<64 {
            guard try read(into: opened) else { break }
            if bytesAreEncrypted(opened) { found.insert(Int(opened.pointee.stream_index)) }
            av_packet_unref(opened)
        }
        return found
    }

    fileprivate func info(encrypted: Set<Int>) -> MediaInfo {
        let format = context.pointee
        return MediaInfo(
            path: path, size: source.size, container: format.iformat.pointee.name.map { String(cString: $0) } ?? "",
            start: origin, duration: TimeBase(numerator: 1, denominator: 1_000_000)?.length(of: format.duration),
            bitRate: positive(format.bit_rate),
            streams: (0..<streamCount).map { streamInfo($0, encrypted: encrypted.contains($0) || isEncrypted($0)) },
            chapters: chapters,
            tags: tags(format.metadata).sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) })
    }

    private func streamInfo(_ index: Int, encrypted: Bool) -> StreamInfo {
        let stream = stream(index).pointee
        let parameters = stream.codecpar.pointee
        let (kind, tags) = (streamKind(index), tags(stream.metadata))
        return StreamInfo(
            index: index, kind: kind, codec: String(cString: avcodec_get_name(parameters.codec_id)),
            profile: avcodec_profile_name(parameters.codec_id, parameters.profile).map { String(cString: $0) },
            timeBase: timeBase(index), start: start(index), duration: timeBase(index)?.length(of: stream.duration),
            bitRate: positive(parameters.bit_rate), language: tags["language"].flatMap { $0 == "und" ? nil : $0 },
            title: tags["title"], dispositions: Self.dispositions(stream.disposition), isEncrypted: encrypted,
            sound: kind == .sound ? soundInfo(parameters) : nil,
            picture: kind == .video || kind == .picture ? pictureInfo(index, parameters) : nil)
    }

    private func streamKind(_ index: Int) -> StreamInfo.Kind {
        switch kind(index) {
        case AVMEDIA_TYPE_AUDIO: .sound
        case AVMEDIA_TYPE_VIDEO:
            stream(index).pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0 ? .picture : .video
        case AVMEDIA_TYPE_SUBTITLE: .subtitle
        case AVMEDIA_TYPE_ATTACHMENT: .attachment
        default: .data
        }
    }

    private func soundInfo(_ parameters: AVCodecParameters) -> SoundInfo {
        let bits = Int(max(parameters.bits_per_raw_sample, av_get_exact_bits_per_sample(parameters.codec_id)))
        let layout = withUnsafePointer(to: parameters.ch_layout) { layout in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
                av_channel_layout_describe(layout, text.baseAddress, 128) > 0
                    ? text.baseAddress.map { String(cString: $0) } ?? "" : ""
            }
        }
        return SoundInfo(
            sampleRate: Int(parameters.sample_rate), channels: Int(parameters.ch_layout.nb_channels), layout: layout,
            bitsPerSample: bits > 0 ? bits : nil)
    }

    private func pictureInfo(_ index: Int, _ parameters: AVCodecParameters) -> PictureInfo {
        let rate = stream(index).pointee.avg_frame_rate
        let aspect = av_guess_sample_aspect_ratio(context, stream(index), nil)
        let name = av_get_pix_fmt_name(AVPixelFormat(parameters.format))
        return PictureInfo(
            width: Int(parameters.width), height: Int(parameters.height),
            frameRate: Ratio(Int(rate.num), Int(rate.den)),
            pixelAspect: Ratio(Int(aspect.num), Int(aspect.den)) ?? .one, rotation: rotation(index),
            pixelFormat: name.map { String(cString: $0) })
    }

    /// Clockwise degrees, from the display matrix that the container carries.
    private func rotation(_ index: Int) -> Int {
        var size = 0
        guard let data = av_stream_get_side_data(stream(index), AV_PKT_DATA_DISPLAYMATRIX, &size), size >= 36 else {
            return 0
        }
        let angle = UnsafeRawPointer(data).withMemoryRebound(to: Int32.self, capacity: 9) {
            av_display_rotation_get($0)
        }
        guard angle.isFinite else { return 0 }
        return (Int((-angle).rounded()) % 360 + 360) % 360
    }

    private var chapters: [Chapter] {
        (0..<min(Int(context.pointee.nb_chapters), 10_000)).compactMap { index in
            guard let chapter = context.pointee.chapters[index]?.pointee, let base = TimeBase(chapter.time_base),
                let start = base.time(of: chapter.start), let end = base.time(of: chapter.end)
            else { return nil }
            return Chapter(
                start: .zero + (start - origin), end: .zero + (end - origin), title: tags(chapter.metadata)["title"])
        }
    }

    private static func dispositions(_ flags: Int32) -> [String] {
        (0..<31).compactMap { bit in
            let flag = Int32(1) << Int32(bit)
            guard flags & flag != 0, let name = av_disposition_to_string(flag) else { return nil }
            return String(cString: name)
        }
    }

    private func positive(_ value: Int64) -> Int64? { value > 0 ? value : nil }
}
