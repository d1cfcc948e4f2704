import Timeline

extension SubtitleFile {
    /// The file with new times, and every other byte as it was: encoding, line ends, indices, styles, comments.
    ///
    /// A time that does not change in the digits of the format keeps its bytes, so that a file whose cues all keep their
    /// segments comes back identical. New times are rounded once, halves up, to the format's grid (1 ms; 10 ms in
    /// SubStation Alpha); times before zero become zero. Comment lines of SubStation Alpha move with the Dialogue line
    /// that starts nearest to them, unless they start at zero.
    ///
    /// - Parameters:
    ///   - segments: one for each cue of ``cues``; nil takes the cue out of the file.
    ///   - inner: the new time of a time stamp inside the text of a WebVTT cue, given the cue's index and the old time.
    ///     Nil moves it in proportion to its place between the cue's start and end.
    public func retimed(_ segments: [Segment?], inner: ((Int, Timestamp) -> Timestamp)? = nil) -> [UInt8] {
        precondition(segments.count == cues.count, "one segment, or nil, for each cue")
        var patches: [TextPatch] = []
        for (index, cue) in cues.enumerated() {
            guard let segment = segments[index] else {
                patches.append(TextPatch(cue.places.block.range, []))
                continue
            }
            guard segment != cue.segment else { continue }
            patches += cue.patches(start: segment.start, end: segment.end)
            patches += cue.innerPatches { inner?(index, $0) ?? cue.segment.map($0, onto: segment) }
        }
        patches += commentPatches(segments)
        return source.patched(patches.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    private func commentPatches(_ segments: [Segment?]) -> [TextPatch] {
        guard !comments.isEmpty else { return [] }
        let shifts = cues.indices.compactMap { index in
            segments[index].map { (start: cues[index].start, shift: $0.start - cues[index].segment.start) }
        }.sorted { $0.start < $1.start }
        return comments.flatMap { comment -> [TextPatch] in
            guard comment.start != .zero, let shift = Self.nearest(comment.start, in: shifts), shift != .zero else { return [] }
            return comment.patches(start: comment.start + shift, end: comment.end + shift)
        }
    }

    /// The shift of the entry that starts nearest to a time; the earlier of two.
    private static func nearest(_ time: Timestamp, in shifts: [(start: Timestamp, shift: TimeDelta)]) -> TimeDelta? {
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].start < time { low = middle + 1 } else { high = middle }
        }
        let after = low < shifts.count ? shifts[low] : nil
        guard low > 0 else { return after?.shift }
        let before = shifts[low - 1]
        guard let after, after.start - time < time - before.start else { return before.shift }
        return after.shift
    }
}

extension SubtitleCue {
    /// New stamps for the cue's line, where they differ from the old ones in the digits of the format.
    func patches(start newStart: Timestamp, end newEnd: Timestamp) -> [TextPatch] {
        [patch(places.start.range, from: start, to: newStart), patch(places.end.range, from: end, to: newEnd)].compactMap { $0 }
    }

    /// New stamps for the times inside the text of a WebVTT cue.
    func innerPatches(_ newTime: (Timestamp) -> Timestamp) -> [TextPatch] {
        guard format == .webVTT else { return [] }
        return WebVTTTokens(storage, in: places.text.range).compactMap { token in
            guard case .time(let reading) = token else { return nil }
            return patch(reading.range, from: reading.time, to: newTime(reading.time))
        }
    }

    private func patch(_ range: Range<Int>, from old: Timestamp, to new: Timestamp) -> TextPatch? {
        let style = format.syntax.style(ofStamp: storage[range])
        let isSame = new == old || (old >= .zero && style.units(of: new) == style.units(of: old))
        return isSame ? nil : TextPatch(range, style.stamp(new))
    }
}

extension Segment {
    /// The time that lies as far along another segment as the given one lies along this; rounded once to a tick.
    func map(_ time: Timestamp, onto other: Segment) -> Timestamp {
        let along = (time - start).ticks
        guard duration != other.duration else { return other.start + TimeDelta(ticks: along) }
        let scaled = along.scaled(by: other.duration.ticks, over: duration.ticks)
        return other.start + TimeDelta(ticks: scaled ?? along)
    }
}
