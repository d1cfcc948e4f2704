import Timeline

/// The placing that the evidence speaks for, before any judgement on whether it is good enough.
struct Placing {
    let rate: ClockRate
    /// On the clock of the hypothesis: subtitle seconds times the rate.
    let cues: [PlacedCue]
    /// Of the best path, in frames of full evidence.
    let score: Float
    let pieces: [FittedPiece]
    /// Whether the cues are moved one by one.
    let isSnapped: Bool
    /// Seconds to move each cue beyond its piece's line.
    let strays: [Double]
    let timing: StartJitter.Timing

    /// Moves of this much or less, in seconds, are below what the evidence can tell and what an eye can see.
    ///
    /// Where the cues' starts are no onsets of speech, as on meetings cut into cues by length, the evidence tells less.
    private var unnoticed: Double { timing == .unrelated ? 0.15 : 0.06 }

    /// Seconds from each cue's time on the hypothesis' clock to media time.
    var shifts: [Double] {
        pieces.flatMap { piece in piece.cues.map { piece.shift(at: cues[$0].start) + strays[$0] } }
    }

    /// Whether no cue needs to move.
    func isInSync(_ originals: [AlignableCue], lead: TimeDelta) -> Bool {
        zip(zip(cues, shifts), originals).allSatisfy { placed, original in
            let moved = placed.0.start + placed.1 - lead.approximateSeconds
            return abs(moved - original.segment.start.approximateSeconds) <= unnoticed
        }
    }

    /// The stretches of media, in frames of 10 ms, that hold each cut: from three cues before it to three after.
    var cutZones: [Range<Int>] {
        zip(pieces, pieces.dropFirst()).map { left, right in
            let before = cues[max(left.cues.lowerBound, left.cues.upperBound - 3)]
            let after = cues[min(right.cues.upperBound - 1, right.cues.lowerBound + 2)]
            let first = frame(before.start + left.shift(at: before.start))
            let last = frame(after.end + right.shift(at: after.start))
            return max(0, min(first, last))..<max(1, first, last)
        }
    }

    /// The observed stretches, in order, whose cues fit much worse than those of most: a cut may hide there.
    func doubtful(on track: EvidenceTrack) -> [Range<Int>] {
        let fit = CueFit(track)
        let fits = zip(cues, shifts).compactMap { cue, shift -> (frame: Int, value: Float)? in
            guard cue.weight > 0, let inside = fit.inside(cue, shift: shift) else { return nil }
            return (frame(cue.start + shift), inside)
        }
        let usual = fits.map(\.value).sorted()
        guard usual.count > 4 else { return [] }
        let poor = usual[usual.count / 2] * Self.poorShare
        return track.observed.filter { range in
            let here = fits.filter { range.contains($0.frame) }
            return here.count >= 2 && here.reduce(0) { $0 + $1.value } < poor * Float(here.count)
        }
    }

    /// Share of the usual evidence inside a cue below which a stretch is doubted.
    private static let poorShare: Float = 0.6

    private func frame(_ seconds: Double) -> Int { Int((seconds * Double(EvidenceTrack.framesPerSecond)).rounded()) }

    /// The same in whole ticks, from subtitle time to media time.
    func map(lead: TimeDelta) -> SyncMap {
        let pieces = pieces.map { piece in
            // media = s·r + offset + slope·(s·r - pivot), with s the subtitle's time and r the rate.
            let rate = ClockRate(rate.value * (1 + piece.slope))
            let offset = TimeDelta(approximatingSeconds: piece.offset - piece.slope * piece.pivot) ?? .zero
            return SyncPiece(cues: piece.cues, rate: piece.slope == 0 ? self.rate : rate, offset: offset - lead)
        }
        return SyncMap(pieces: pieces, strays: isSnapped ? strays.map { TimeDelta(approximatingSeconds: $0) ?? .zero } : [])
    }
}
