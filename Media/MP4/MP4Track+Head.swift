extension MP4Track {
    /// Seconds of a track, past the start of its edit list, that FFmpeg gets to see.
    private static let headSeconds: Int64 = 2
    /// Samples beyond which a head is not worth its memory.
    private static let longestHead = 1 << 16

    /// Where the edit list begins in the media; 0 without one.
    var firstMediaTime: Int64 { max(0, edits.first { $0.mediaTime >= 0 }?.mediaTime ?? 0) }

    /// Whether packets are made of many samples: FFmpeg's rule for uncompressed sound.
    var isInFrames: Bool {
        var times = times
        return times.count == 2 && times.number(1) == 1
    }

    /// Changes to the file that leave of each table what belongs to the first samples; nil when the tables contradict
    /// each other there, or when more than the head matters.
    func cutToHead() -> [ByteSource.Patch]? {
        guard sampleCount > 0, offsets.count > 0 else { return [] }
        guard let wanted = samplesWanted, let head = chunks(holding: wanted) else { return nil }
        let samples = UInt32(head.samples)
        guard head.samples <= sampleCount, let times = cut(times, to: samples) else { return nil }
        var patches = [
            Patch(place: sampleCountPlace, number: samples), Patch(countOf: offsets, number: UInt32(head.chunks)),
            Patch(countOf: runs, number: UInt32(head.runs)),
        ]
        if head.chunks == 1 { patches.append(Patch(place: runs.start + 4, number: samples)) }
        patches += times
        if let shifts {
            // Without an edit list FFmpeg moves a track by its least shift, wherever that stands.
            if edits.isEmpty, hasNegativeShift { return nil }
            guard let shifts = cut(shifts, to: samples) else { return nil }
            patches += shifts
        }
        if let keys { patches.append(Patch(countOf: keys, number: keyCount(keys, in: samples))) }
        return patches + ballast.map { Patch(place: $0.start + 4, bytes: Array("free".utf8)) }
    }

    private typealias Patch = ByteSource.Patch

    /// How many samples reach some seconds past the start of the edit list; nil when they are too many.
    private var samplesWanted: Int? {
        let span = Self.headSeconds * timescale
        guard timescale > 0, firstMediaTime < 1 << 61 else { return nil }
        let end = firstMediaTime + span
        var times = times
        var (samples, time): (Int64, Int64) = (0, 0)
        for row in 0..<times.count / 2 {
            guard let count = times.number(2 * row), let length = times.number(2 * row + 1), length <= Int64(Int32.max)
            else { return nil }
            if length > 0 {
                let missing = (end - time + length - 1) / length
                if missing <= count { return bounded(samples + missing) }
            }
            // Below `end`, or it would have been reached.
            (samples, time) = (samples + count, time + count * length)
            guard samples <= Int64(Int32.max) else { return nil }
        }
        return bounded(samples)
    }

    private func bounded(_ samples: Int64) -> Int? {
        let packets = isInFrames ? samples / 1024 : samples
        return packets <= Self.longestHead ? max(1, Int(samples)) : nil
    }

    /// The fewest chunks that hold so many samples, or all; of a single chunk, only the samples asked for.
    private func chunks(holding wanted: Int) -> (chunks: Int, samples: Int, runs: Int)? {
        var runs = runs
        var (samples, chunks) = (0, 0)
        for row in 0..<runs.count / 3 {
            guard let first = runs.number(3 * row), let count = runs.number(3 * row + 1), Int(first) == chunks + 1, count > 0
            else { return nil }
            let next = row + 1 < runs.count / 3 ? Int(runs.number(3 * row + 3) ?? 0) - 1 : offsets.count
            guard next > chunks, next <= offsets.count else { return nil }
            if chunks == 0, Int(count) >= wanted { return (1, wanted, 1) }
            let needed = (wanted - samples + Int(count) - 1) / Int(count)
            if needed <= next - chunks {
                let total = samples + needed * Int(count)
                return bounded(Int64(total)).map { (chunks + needed, $0, row + 1) }
            }
            samples += (next - chunks) * Int(count)
            chunks = next
        }
        return bounded(Int64(samples)).map { (chunks, $0, runs.count / 3) }
    }

    /// Leaves of a table of runs what covers so many samples.
    private func cut(_ table: NumberTable, to samples: UInt32) -> [Patch]? {
        var table = table
        var left = Int64(samples)
        for row in 0..<table.count / 2 {
            guard let count = table.number(2 * row) else { return nil }
            if count >= left {
                return [
                    Patch(countOf: table, number: UInt32(row + 1)),
                    Patch(place: table.start + Int64(8 * row), number: UInt32(left)),
                ]
            }
            left -= count
        }
        return nil
    }

    private var hasNegativeShift: Bool {
        guard var shifts else { return false }
        return (0..<shifts.count / 2).contains { shifts.number(2 * $0 + 1).map { $0 > Int64(Int32.max) } ?? true }
    }

    private func keyCount(_ keys: NumberTable, in samples: UInt32) -> UInt32 {
        var keys = keys
        var count: UInt32 = 0
        while let key = keys.number(Int(count)), key <= Int64(samples) { count += 1 }
        return keys.count == 0 ? 0 : max(1, count)
    }
}

extension ByteSource.Patch {
    fileprivate init(place: Int64, number: UInt32) {
        self.init(place: place, bytes: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
    }

    /// The number of rows of a table stands before it.
    fileprivate init(countOf table: NumberTable, number: UInt32) {
        self.init(place: table.start - 4, number: number)
    }
}
