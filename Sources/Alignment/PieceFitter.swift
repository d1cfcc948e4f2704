/// Turns the rough offsets of the search into pieces on exact lines, with their boundaries between the right cues.
struct PieceFitter {
    let cues: [PlacedCue]
    let track: EvidenceTrack

    /// Offsets that differ by more than this from one cue to the next are a cut; less is drift. Seconds.
    private static let cut = 0.3
    /// Cues by which a boundary may move in one round.
    private static let boundaryReach = 12
    /// A slope must explain the onsets this much better than none: an unneeded one only adds error at the ends.
    private static let slopeGain: Float = 1.05

    /// - Parameter offsets: one for each cue, in seconds.
    func pieces(offsets: [Double]) -> [FittedPiece] {
        let starts = cues.map(\.start)
        var pieces = runs(offsets).map { fit(FittedPiece(cues: $0, starts: starts, offsets: offsets)) }
        for _ in 0..<2 {
            let before = pieces.map(\.cues)
            moveBoundaries(&pieces)
            pieces = pieces.map(fit)
            if pieces.map(\.cues) == before { break }
        }
        return pieces
    }

    /// The onset curve of each cue around its place; empty for cues that stand for no speech.
    func curves(_ pieces: [FittedPiece]) -> [[Float]] {
        pieces.flatMap { piece in piece.cues.map { curve($0, piece) } }
    }

    private func runs(_ offsets: [Double]) -> [Range<Int>] {
        let cuts = offsets.indices.dropFirst().filter { abs(offsets[$0] - offsets[$0 - 1]) > Self.cut }
        return zip([0] + cuts, cuts + [offsets.count]).map { $0..<$1 }
    }

    private func curve(_ index: Int, _ piece: FittedPiece) -> [Float] {
        let cue = cues[index]
        return cue.weight == 0 ? [] : OnsetCurves(track).curve(around: cue.start + piece.shift(at: cue.start))
    }

    /// Moves a piece's line onto the speech onsets; pieces of one or two cues stay as they are.
    private func fit(_ piece: FittedPiece) -> FittedPiece {
        guard piece.cues.count >= 3 else { return piece }
        let starts = piece.cues.map { cues[$0].start }
        let pivot = starts.reduce(0, +) / Double(starts.count)
        let fit = ClockFit(starts: starts, pivot: pivot, curves: piece.cues.map { curve($0, piece) })
        let span = max(1e-9, (starts.last ?? 0) - (starts.first ?? 0))
        let slopes = piece.cues.count > 8 ? (-12...12).map { 0.025 * Double($0) / span } : [0]
        var line = fit.best(slopes: slopes)
        // Without a slope, when the search itself saw little drift.
        if abs(piece.slope) * span < OnsetCurves.reachSeconds {
            let level = fit.bestOffset(slope: -piece.slope)
            if level.score * Self.slopeGain >= line.score { line = level }
        }
        let slope = line.slope == -piece.slope ? 0 : piece.slope + line.slope
        return FittedPiece(cues: piece.cues, pivot: pivot, offset: piece.shift(at: pivot) + line.offset, slope: slope)
    }

    /// Gives the cues near each boundary to the neighbour whose line they fit better.
    private func moveBoundaries(_ pieces: inout [FittedPiece]) {
        for left in pieces.indices.dropLast() {
            let boundary = bestBoundary(pieces[left], pieces[left + 1])
            pieces[left].cues = pieces[left].cues.lowerBound..<boundary
            pieces[left + 1].cues = boundary..<pieces[left + 1].cues.upperBound
        }
    }

    private func bestBoundary(_ left: FittedPiece, _ right: FittedPiece) -> Int {
        let boundary = left.cues.upperBound
        let first = max(left.cues.lowerBound + 1, boundary - Self.boundaryReach)
        let last = min(right.cues.upperBound - 1, boundary + Self.boundaryReach)
        guard first < last else { return boundary }
        let fit = CueFit(track)
        var total = (first..<last).reduce(Float(0)) { $0 + rating($1, right, fit) }
        var best = (total: total, boundary: first)
        for index in first..<last {
            total += rating(index, left, fit) - rating(index, right, fit)
            if total > best.total { best = (total, index + 1) }
        }
        return best.boundary
    }

    private func rating(_ index: Int, _ piece: FittedPiece, _ fit: CueFit) -> Float {
        let cue = cues[index]
        return fit.rating(
            of: cue, shift: piece.shift(at: cue.start),
            quietBefore: index > 0 ? cue.start - cues[index - 1].end : .infinity,
            quietAfter: index + 1 < cues.count ? cues[index + 1].start - cue.end : .infinity)
    }
}
