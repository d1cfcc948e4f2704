/// Walks through the turns of a reference and a hypothesis in order of time.
struct TurnSweep {
    /// Who speaks at a time.
    struct Voices {
        /// How many turns of each speaker are open.
        private(set) var counts: [Int32]
        /// The speakers with an open turn.
        private(set) var active: [Int] = []
        /// Open turns.
        private(set) var total: Int32 = 0
        private let mergesOwn: Bool

        init(speakers: Int, mergesOwn: Bool) {
            counts = Array(repeating: 0, count: speakers)
            self.mergesOwn = mergesOwn
        }

        /// Open turns of a speaker; at most one where his own turns count as one.
        func count(_ speaker: Int) -> Int32 { mergesOwn ? min(1, counts[speaker]) : counts[speaker] }
        var speaking: Int32 { mergesOwn ? Int32(active.count) : total }

        mutating func open(_ speaker: Int) {
            if counts[speaker] == 0 { active.append(speaker) }
            counts[speaker] += 1
            total += 1
        }

        mutating func close(_ speaker: Int) {
            counts[speaker] -= 1
            total -= 1
            guard counts[speaker] == 0, let index = active.firstIndex(of: speaker) else { return }
            active.swapAt(index, active.count - 1)
            active.removeLast()
        }
    }

    private struct Event {
        let time: Int64
        /// The speaker's place, four times; 2 more for the hypothesis, 1 more for an end.
        let code: Int32
    }

    private let events: [Event]
    private let speakers: (reference: Int, hypothesis: Int)

    init(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns) {
        var events: [Event] = []
        events.reserveCapacity(2 * (reference.count + hypothesis.count))
        for (turns, side) in [(reference, Int32(0)), (hypothesis, 2)] {
            for index in 0..<turns.count {
                events.append(Event(time: turns.starts[index], code: turns.owners[index] << 2 | side))
                events.append(Event(time: turns.ends[index], code: turns.owners[index] << 2 | side | 1))
            }
        }
        events.sort { $0.time < $1.time }
        self.events = events
        speakers = (reference.speakers.count, hypothesis.speakers.count)
    }

    /// Calls the body for every stretch of a region in which nobody begins or ends and at least one speaks.
    ///
    /// - Parameters:
    ///   - shortest: ticks; shorter stretches are passed over.
    ///   - mergesOwn: whether overlapping turns of one speaker count as one.
    ///   - body: takes the ticks of the stretch, and who speaks in the reference and in the hypothesis.
    func forEachStretch(in region: TimeRegion, shortest: Int64, mergesOwn: Bool, _ body: (Int64, Voices, Voices) -> Void) {
        var reference = Voices(speakers: speakers.reference, mergesOwn: mergesOwn)
        var hypothesis = Voices(speakers: speakers.hypothesis, mergesOwn: mergesOwn)
        var (place, index) = (0, 0)
        while index < events.count {
            let time = events[index].time
            while index < events.count, events[index].time == time {
                let (speaker, code) = (Int(events[index].code >> 2), events[index].code & 3)
                switch code {
                case 0: reference.open(speaker)
                case 1: reference.close(speaker)
                case 2: hypothesis.open(speaker)
                default: hypothesis.close(speaker)
                }
                index += 1
            }
            guard index < events.count, reference.total > 0 || hypothesis.total > 0 else { continue }
            let ticks = Self.ticks(of: time..<events[index].time, in: region, from: &place, shortest: shortest)
            if ticks > 0 { body(ticks, reference, hypothesis) }
        }
    }

    private static func ticks(of stretch: Range<Int64>, in region: TimeRegion, from place: inout Int, shortest: Int64) -> Int64 {
        while place < region.stretches.count, region.stretches[place].upperBound <= stretch.lowerBound { place += 1 }
        var (sum, index) = (Int64(0), place)
        while index < region.stretches.count, region.stretches[index].lowerBound < stretch.upperBound {
            let piece = min(stretch.upperBound, region.stretches[index].upperBound) - max(stretch.lowerBound, region.stretches[index].lowerBound)
            if piece >= shortest { sum += piece }
            index += 1
        }
        return sum
    }
}
