import CFFmpeg
import Timeline

extension FrameReader {
    /// Makes the next read give the frame that is shown at an instant, and the reads after it the frames that follow.
    ///
    /// The frame shown at `time` is the last one whose time is not after it. Before the first frame of the track that
    /// is none, and the next read gives the first frame; after the end it is the last one. Every frame equals the one that
    /// decoding from the start gives, in formats that can only land near a key frame (MPEG-TS) and with open groups of
    /// pictures as well.
    ///
    /// Cost: decoding from the key frame before `time`. Moving forward by less than two seconds decodes on instead.
    ///
    /// - Throws: ``MediaError`` when cancelled, over the time limit, or when the file cannot be read from another place.
    public func seek(to time: Timestamp) throws {
        if !canDecodeOn(to: time) { try reposition(before: time) }
        try decodeOn(to: time)
    }

    /// The frame shown at an instant: the last one whose time is not after it. Nil before the first frame.
    ///
    /// Reading goes on with the frame after it.
    ///
    /// - Throws: as ``seek(to:)`` and ``next()``.
    public func frame(at time: Timestamp) throws -> VideoFrame? {
        try seek(to: time)
        return currentIsPending ? try next() : nil
    }

    private func canDecodeOn(to time: Timestamp) -> Bool {
        !current.isEmpty && current.time <= time && time - current.time < .seconds(2)
    }

    /// Moves `current` to the frame shown at `time`, given that reading is at or before it.
    private func decodeOn(to time: Timestamp) throws(MediaError) {
        currentIsPending = !current.isEmpty
        while true {
            if !followingIsPending { followingIsPending = try decode(into: following) }
            guard followingIsPending, following.time <= time else { return }
            swap(&current, &following)
            (followingIsPending, currentIsPending) = (false, true)
        }
    }

    /// Puts reading at a place from which the frame shown at `time` is yet to come and will be decoded whole.
    ///
    /// The rule: after the container's own seek, packets are dropped up to the first key packet, and frames before that
    /// packet's time with them. When the first frame left is after `time`, or there is none, the seek landed too late (a
    /// transport stream lands anywhere; an index may count decoding times) and is tried again from further back: 1, 2,
    /// 4 ... seconds, and at last from the start of the file.
    private func reposition(before time: Timestamp) throws(MediaError) {
        let first = file.start(track.stream) ?? .zero
        var back = TimeDelta.zero
        while time - back > first, file.seek(to: time - back, stream: track.stream) {
            forget(index: nil)
            awaitsKey = true
            followingIsPending = try decode(into: following)
            if followingIsPending, following.time <= time { return }
            back = back == .zero ? .seconds(1) : back + back
        }
        guard file.rewind(stream: track.stream) else {
            throw file.failure(.damaged("its container cannot be read from another place"), at: time)
        }
        forget(index: 0)
    }
}
