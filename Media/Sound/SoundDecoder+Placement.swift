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
        let values = data.map { ($0.loadUnaligned(as: UInt32.self), $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) }
        return (Int64(values?.0 ?? 0), Int64(values?.1 ?? 0), whole)
    }

    func seek(to time: Timestamp) throws(MediaError) -> Bool {
        defer { flush() }
        return file.seek(to: time, stream: stream)
    }

    func rewind() -> Bool {
        defer { flush() }
        return file.rewind(stream: stream)
    }
}

extension MediaFile {
    /// Where the frames of a stream lie, learnt from its first.
    func placement(_ frame: AVFrame, stream index: Int, duration: TimeDelta?) -> SamplePlacement {
        let rate = Int64(frame.sample_rate)
        let unit = timeBase(index).map { (rate * $0.numerator + $0.denominator - 1) / $0.denominator } ?? 1
        let skip = leadingSkip(frame)
        let stated = mediaTime(frame.pts, stream: index)?.units(perSecond: rate) ?? 0
        var audible = stated + skip
        // The container's own idea of the stream's start is rounded once; pts plus priming may be twice.
        if unit > 1, let start = start(index)?.units(perSecond: rate), abs(start - audible) <= unit { audible = start }
        let longestGap = (duration?.units(perSecond: rate) ?? 3600 * rate) + 10 * rate
        return SamplePlacement(
            origin: audible - skip, audible: audible, frameLength: Int64(frame.nb_samples), clockUnit: unit, rate: rate,
            longestGap: longestGap)
    }

    private func leadingSkip(_ frame: AVFrame) -> Int64 {
        withUnsafePointer(to: frame) { frame in
            guard let side = av_frame_get_side_data(frame, AV_FRAME_DATA_SKIP_SAMPLES), side.pointee.size >= 4 else {
                return 0
            }
            return Int64(UnsafeRawPointer(side.pointee.data)?.loadUnaligned(as: UInt32.self) ?? 0)
        }
    }

    /// The end of a stream in media time, as its container states it.
    func statedDuration(_ index: Int) -> TimeDelta? {
        if let length = timeBase(index)?.length(of: stream(index).pointee.duration) {
            return length + ((start(index) ?? .zero) - .zero)
        }
        return TimeBase(numerator: 1, denominator: Int64(AV_TIME_BASE))?.length(of: context.pointee.duration)
    }
}
