import CFFmpeg
import Timeline

/// The sound of one track of any container, decoded by FFmpeg and placed by its timestamps.
final class TrackSound: SoundSource {
    let rate: Int
    let channelCount: Int
    let statedDuration: TimeDelta?
    private let decoder: SoundDecoder
    private let log: DamageLog
    private let mixed: Bool
    private var placement: SamplePlacement
    /// What the first frame, or a seek, has decoded already.
    private var landed: SoundBlock?

    /// Decodes the first frame.
    ///
    /// - Parameter mixed: whether the number of channels may change in mid-stream, because they are mixed.
    init(_ file: MediaFile, track: TrackChoice, mixed: Bool, log: DamageLog) throws(MediaError) {
        let stream = try file.soundStream(track)
        (self.log, self.mixed) = (log, mixed)
        decoder = try SoundDecoder(file, stream: stream)
        decoder.onDamage = { log.add($0, $1) }
        guard try decoder.next() else { throw file.failure(.damaged("no sound could be decoded")) }
        let frame = decoder.frame.pointee
        (rate, channelCount) = (Int(frame.sample_rate), Int(frame.ch_layout.nb_channels))
        statedDuration = file.statedDuration(stream)
        placement = file.placement(frame, stream: stream, duration: statedDuration)
        landed = place()
    }

    var stream: Int { decoder.stream }
    var readsTables: Bool { decoder.file.readsTables }
    var firstFrame: UnsafeMutablePointer<AVFrame> { decoder.frame }
    var ownDuration: TimeDelta? { decoder.file.ownDuration(decoder.stream) }
    /// FFmpeg reads none.
    var markers: [SoundMarker] { [] }

    func next() throws -> SoundBlock? {
        if let block = landed {
            landed = nil
            return block
        }
        while try decoder.next() {
            if let block = place() { return block }
        }
        return nil
    }

    /// What is heard of the current frame, and where.
    private func place() -> SoundBlock? {
        let frame = decoder.frame
        let total = Int64(frame.pointee.nb_samples)
        guard fits(frame.pointee) else {
            log.add(nil, "the sound changes its rate or its channels")
            return nil
        }
        guard total > 0, let start = placement.place(decoder.statedPosition(rate: rate), count: total) else {
            return nil
        }
        let cut = decoder.cut
        let from = max(start + cut.leading, placement.audible)
        let end = start + total - cut.trailing
        guard from < end, !cut.whole else { return nil }
        return SoundBlock(frame: frame, offset: Int(from - start), count: Int(end - from), position: from)
    }

    /// Whether a frame fits what was promised: the same rate, and the same channels unless they are mixed.
    private func fits(_ frame: AVFrame) -> Bool {
        let channels = Int(frame.ch_layout.nb_channels)
        return Int(frame.sample_rate) == rate && channels > 0 && (mixed || channels == channelCount)
    }
}

// MARK: - Seeking

extension TrackSound {
    func seek(to sample: Int64) throws {
        landed = nil
        let preroll = max(Int64(decoder.preroll(rate: rate)), 2 * placement.frameLength)
        log.isPaused = true
        defer { log.isPaused = false }
        var back: Int64 = 0
        while true {
            let target = sample - preroll - back
            guard target > placement.origin + placement.frameLength else { break }
            placement.forget()
            if try decoder.seek(to: Timestamp(units: target, perSecond: Int64(rate))),
                try land(from: sample - preroll, keepingFrom: sample)
            {
                return
            }
            back = back == 0 ? Int64(rate) : back * 2
        }
        try rewind()
    }

    /// Decodes from the packet that holds one sample up to the first frame that reaches another.
    ///
    /// - Returns: false when the first packet met lies too late: the seek did not go back far enough.
    private func land(from start: Int64, keepingFrom sample: Int64) throws -> Bool {
        let limit = start + (sample - start) / 2
        var first = true
        decoder.passOver(before: Timestamp(units: start, perSecond: Int64(rate)))
        while try decoder.next() {
            let count = Int64(decoder.frame.pointee.nb_samples)
            guard let stated = decoder.statedPosition(rate: rate) else {
                if first { continue }
                break
            }
            if first, stated > limit, !decoder.hasPassedOver { return false }
            first = false
            if stated + count + placement.tolerance >= sample {
                landed = place()
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
            throw decoder.file.failure(.damaged("its container cannot go back to the start"))
        }
    }
}
