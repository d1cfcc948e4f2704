import Timeline

/// Tells who speaks in a stretch, by turns that are known.
public struct SpeakerLookup: Sendable {
    /// In the order of their starts.
    private let turns: [FoundTurn]
    /// For each turn the latest end of it and those before it.
    private let latestEnds: [Timestamp]
    /// How far away the nearest turn may be where none overlaps.
    private let reach: TimeDelta

    public init(_ turns: [FoundTurn], reach: TimeDelta = .milliseconds(500)) {
        (self.turns, self.reach) = (turns, reach)
        var latest = Timestamp.zero
        latestEnds = turns.map { latest = max(latest, $0.segment.end); return latest }
    }

    /// The speaker who speaks longest in a stretch; of equals the one who began first; the nearest speaker where nobody speaks
    /// in it but somebody does within reach.
    public func speaker(in stretch: Segment) -> Int? {
        let (start, end) = (stretch.start - reach, stretch.end + reach)
        var (lengths, nearest): ([(speaker: Int, length: TimeDelta)], (distance: TimeDelta, speaker: Int)?) = ([], nil)
        var index = firstTurn(endingAfter: start)
        while index < turns.count, turns[index].segment.start < end {
            let turn = turns[index]
            index += 1
            if let common = turn.segment.intersection(stretch) {
                let place = lengths.firstIndex { $0.speaker == turn.speaker }
                if let place { lengths[place].length = lengths[place].length + common.duration } else { lengths.append((turn.speaker, common.duration)) }
            } else {
                let distance = max(turn.segment.start - stretch.end, stretch.start - turn.segment.end)
                if distance <= reach, distance < nearest?.distance ?? TimeDelta(ticks: .max) { nearest = (distance, turn.speaker) }
            }
        }
        let longest = lengths.map(\.length).max()
        return lengths.first { $0.length == longest }?.speaker ?? nearest?.speaker
    }

    /// The first turn from which on some turn may end after a time.
    private func firstTurn(endingAfter time: Timestamp) -> Int {
        var (low, high) = (0, turns.count)
        while low < high {
            let middle = (low + high) / 2
            if latestEnds[middle] > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Document {
    /// The document with the speakers of turns on its words, cues and turns. Labels in whose reach nobody speaks keep what
    /// they say.
    public func withSpeakers(of turns: [FoundTurn], names: [String?] = []) -> Document {
        let lookup = SpeakerLookup(turns)
        var result = self
        for layer in layers.indices {
            result.layers[layer].labels = LabelList(layers[layer].labels.map { label in
                guard let segment = label.stretch, let speaker = lookup.speaker(in: segment) else { return label }
                return label.spoken(by: SpeakerNames.name(of: speaker, names))
            })
        }
        return result
    }
}

extension Label {
    /// The stretch that the label covers, the shortest around its start where it covers none.
    fileprivate var stretch: Segment? { Segment(start: span.start, end: max(span.end, Timestamp(ticks: span.start.ticks.advanced(by: 1)))) }

    fileprivate func spoken(by name: String) -> Label {
        var label = self
        switch content {
        case .word(var word): word.speaker = name; label.content = .word(word)
        case .cue(var cue): cue.speaker = name; label.content = .cue(cue)
        case .turn(var turn): turn.speaker = name; label.content = .turn(turn)
        case .phone, .emotion, .tag, .entity, .track: break
        }
        return label
    }
}
