import Timeline

/// Puts the cues of a subtitle file on the speech of a medium.
///
/// For each clock rate, dynamic programming finds the offset of every cue, with cuts (``OffsetSearch``); the best rate's
/// offsets become pieces on lines through the speech onsets (``PieceFitter``); the whole is weighed against what cues
/// that cannot belong would reach (``SyncJudge``).
public struct SubtitleAligner: Sendable {
    /// In order of their starts.
    public let cues: [AlignableCue]
    public let options: AlignmentOptions

    /// - Parameter cues: in order of their starts.
    public init(cues: [AlignableCue], options: AlignmentOptions = AlignmentOptions()) {
        (self.cues, self.options) = (cues, options)
    }

    /// The placing that the evidence speaks for, before any judgement on whether it is good enough.
    struct Placing {
        let rate: ClockRate
        let cues: [PlacedCue]
        let path: OffsetSearch.Path
        let pieces: [FittedPiece]
        /// Seconds to move each cue beyond its piece's line; all 0 unless cues are snapped.
        let strays: [Double]
        /// ``StartJitter/spread()`` of the cues.
        let spread: Double

        /// Seconds from each cue's time on the hypothesis' clock to media time.
        var shifts: [Double] {
            pieces.flatMap { piece in piece.cues.map { piece.shift(at: cues[$0].start) + strays[$0] } }
        }
    }

    func placing(on track: EvidenceTrack) -> Placing? {
        let candidates = options.rates.map { rate -> (ClockRate, [PlacedCue], OffsetSearch.Path) in
            let placed = cues.map { PlacedCue($0, rate: rate) }
            return (rate, placed, OffsetSearch(cues: placed, track: track, options: options).best())
        }
        // A changed clock must do better than none: on short files the rates are alike.
        let best = candidates.max { a, b in weighed(a.0, a.2.score) < weighed(b.0, b.2.score) }
        guard let (rate, placed, path) = best, !placed.isEmpty else { return nil }
        let fitter = PieceFitter(cues: placed, track: track)
        let pieces = fitter.pieces(offsets: path.offsets.map(OffsetSearch.seconds))
        let jitter = StartJitter(curves: fitter.curves(pieces))
        let spread = jitter.spread()
        let strays = snaps(jitter, spread) ? jitter.strays(spread: spread) : placed.map { _ in 0 }
        return Placing(rate: rate, cues: placed, path: path, pieces: pieces, strays: strays, spread: spread)
    }

    private func weighed(_ rate: ClockRate, _ score: Float) -> Float { rate == .one && score > 0 ? score * 1.02 : score }

    private func snaps(_ jitter: StartJitter, _ spread: Double) -> Bool {
        switch options.snapping {
        case .always: spread > 0
        case .never: false
        case .auto: jitter.isSloppy(spread)
        }
    }
}

extension OffsetSearch {
    /// In medians of the cues' best ratings. A cut costs as much as three cues gain.
    private static let jumpCost: Float = 3
    /// In frames of full evidence.
    private static let driftCost: Float = 2

    init(cues: [PlacedCue], track: EvidenceTrack, options: AlignmentOptions) {
        let reach = Self.cell(options.maximumOffset.approximateSeconds)
        self.init(cues: cues, track: track, offsets: -reach...reach)
        allowsJumps = options.allowsCuts
    }

    func best() -> Path {
        best(jumpCost: allowsJumps ? medianBestRating() * Self.jumpCost : .infinity, driftCost: Self.driftCost)
    }

    static func seconds(_ cells: Int) -> Double {
        Double(cells * framesPerCell) / Double(EvidenceTrack.framesPerSecond)
    }
}
