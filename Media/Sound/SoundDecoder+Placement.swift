import CFFmpeg
import Timeline

extension SoundDecoder {
    /// Where the current frame's timestamp puts its first sample, in samples of a rate from the start of the media.
    func statedPosition(rate: Int) -> Int64? {
        let timestamp = frame.pointee.pts != SLATE_NOPTS ? frame.pointee.pts : frame.pointee.best_effort_timestamp
        return file.mediaTime(timestamp, stream: stream)?.units(perSecond: Int64(rate))
    }

    /// What the container tells to drop of the current frame.
    var cut: (leading: Int64, trailing: Int64, whole: Bool) {
        let whole = frame.pointee.flags & AV_FRAME_FLAG_DISCARD != 0
        guard let side = av_frame_get_side_data(frame, AV_FRAME_DATA_SKIP_SAMPLES), side.pointee.size >= 8 else {
            return (0, 0, whole)
        }
        let data = UnsafeRawPointer(side.pointee.data)
        let values = data.map {
            ($0.loadUnaligned(as: UInt32.self), $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        }
        return (Int64(values?.0 ?? 0), Int64(values?.1 ?? 0), whole)
    }

    func seek(to time: Timestamp) throws(MediaError) -> Bool {
        defer { flush() }
        return file.seek(to: time, stream: stream)
    }

    /// Goes back to the first packet; false when the container cannot.
    func rewind() throws(MediaError) -> Bool {
        try reopen()
        return file.rewind(stream: stream)
    }
}

extension MediaFile {
    /// Where the frames of a stream lie, learnt from its first.
    func placement(_ frame: AVFrame, stream index: Int, duration: TimeDelta?) -> SamplePlacement {
        let rate = Int64(frame.sample_rate)
        let unit = timeBase(index).map { (rate * $0.numerator + $0.denominator - 1) / $0.denominator } ?? 1
        let skip = leadingSkip(frame) ?? silentPriming(index)
        let stated = mediaTime(frame.pts, stream: index)?.units(perSecond: rate) ?? 0
        let vorbis = stream(index).pointee.codecpar.pointee.codec_id == AV_CODEC_ID_VORBIS
        var audible = stated + skip
        // The container's own idea of the stream's start is rounded once; pts plus priming may be twice. Vorbis gives
        // nothing for its first packet, and the sound of its second belongs where the first one was.
        let slack = vorbis ? unit + Self.longestVorbisBlock / 2 : unit
        if unit > 1, let start = start(index)?.units(perSecond: rate), abs(start - audible) <= slack { audible = start }
        let longestGap = min(duration ?? .seconds(3600), Self.longestBelieved).units(perSecond: rate) + 10 * rate
        // A clock that begins beyond all that is damaged, and so is one far before the container's own start.
        if abs(audible) > longestGap { audible = 0 }
        return SamplePlacement(
            origin: audible - skip, audible: audible, bias: stated + skip - audible,
            frameLength: vorbis ? Self.vorbisStep : Int64(frame.nb_samples), clockUnit: unit, rate: rate,
            longestGap: longestGap)
    }

    /// A longer silence than this is taken for a damaged timestamp, whatever duration the header states.
    private static var longestBelieved: TimeDelta { .seconds(6 * 3600) }

    /// Vorbis blocks have 64 to 8192 samples (Vorbis I specification, section 4.2.2), and encoders use 256 at least, so
    /// that every packet begins on a multiple of a quarter of that.
    private static var longestVorbisBlock: Int64 { 8192 }
    private static var vorbisStep: Int64 { 64 }

    private func leadingSkip(_ frame: AVFrame) -> Int64? {
        withUnsafePointer(to: frame) { frame in
            guard let side = av_frame_get_side_data(frame, AV_FRAME_DATA_SKIP_SAMPLES), side.pointee.size >= 4 else {
                return nil
            }
            return UnsafeRawPointer(side.pointee.data).map { Int64($0.loadUnaligned(as: UInt32.self)) }
        }
    }

    /// The end of a stream in media time where the container states it of this very stream; nil for estimates.
    func ownDuration(_ index: Int) -> TimeDelta? {
        guard context.pointee.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE else { return nil }
        let isAlone = (0..<streamCount).allSatisfy {
            $0 == index || kind($0) != AVMEDIA_TYPE_VIDEO && kind($0) != AVMEDIA_TYPE_AUDIO
        }
        return isAlone || stream(index).pointee.duration > 0 ? statedDuration(index) : nil
    }

    /// The end of a stream in media time, as its container states it.
    func statedDuration(_ index: Int) -> TimeDelta? {
        if let length = timeBase(index)?.length(of: stream(index).pointee.duration) {
            return length + ((start(index) ?? .zero) - .zero)
        }
        return TimeBase(numerator: 1, denominator: Int64(AV_TIME_BASE))?.length(of: context.pointee.duration)
    }
}
