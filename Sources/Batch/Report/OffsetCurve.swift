import Timeline

/// The offset over media time as an SVG path: one stroke for each piece, thin steps between them.
///
///     +2.0 s |      ________
///            |     :
///      0.0 s |_____:            0:00 ... 45:00
struct OffsetCurve {
    /// Media time at the right edge, in seconds; the left edge is 0.
    let duration: Double
    /// Offsets at the lower and the upper edge, in seconds. Never closer than ``leastSpan``, so that a drift of a few
    /// milliseconds looks flat.
    let range: ClosedRange<Double>
    private let strokes: [Stroke]

    fileprivate struct Stroke {
        let start, end: (time: Double, offset: Double)
    }

    private static let leastSpan = 0.5
    private static let (width, height) = (400.0, 60.0)
    /// More pieces than this are drawn as every so many, which bounds the size of a report.
    private static let mostStrokes = 200

    /// Nil without pieces.
    init?(_ outcome: ItemOutcome) {
        guard let offsets = outcome.offsetRange, offsets.lowerBound.isFinite, offsets.upperBound.isFinite else {
            return nil
        }
        let step = (outcome.pieces.count + Self.mostStrokes - 1) / Self.mostStrokes
        strokes = stride(from: 0, to: outcome.pieces.count, by: max(1, step)).map { Stroke(outcome.pieces[$0]) }
        let end = strokes.map(\.end.time).max() ?? 0
        duration = max(TimeDelta(ticks: outcome.mediaTicks).approximateSeconds, end, 1)
        let pad = max(Self.leastSpan, offsets.upperBound - offsets.lowerBound) * 0.15
        let middle = (offsets.lowerBound + offsets.upperBound) / 2
        let half = max(Self.leastSpan, offsets.upperBound - offsets.lowerBound) / 2 + pad
        range = (middle - half)...(middle + half)
    }

    /// An `svg` element of 400 by 60 units that stretches to its box.
    var svg: String {
        let steps = zip(strokes, strokes.dropFirst()).map { "M\(point($0.end))L\(point($1.start))" }.joined()
        let lines = strokes.map { "M\(point($0.start))L\(point($0.end))" }.joined()
        let zero = range.contains(0) ? "<path class=z d=\"M0 \(y(0))H400\"/>" : ""
        let step = steps.isEmpty ? "" : "<path class=s d=\"\(steps)\"/>"
        return "<svg viewBox=\"0 0 400 60\" preserveAspectRatio=none role=img aria-label=\"offset over media time\">"
            + zero + step + "<path class=l d=\"\(lines)\"/></svg>"
    }

    private func point(_ place: (time: Double, offset: Double)) -> String {
        "\(DisplayNumber.fixed(min(max(place.time / duration, 0), 1) * Self.width, decimals: 1)) \(y(place.offset))"
    }

    private func y(_ offset: Double) -> String {
        let share = (range.upperBound - offset) / (range.upperBound - range.lowerBound)
        return DisplayNumber.fixed(share * Self.height, decimals: 1)
    }
}

extension OffsetCurve.Stroke {
    fileprivate init(_ piece: ItemOutcome.Piece) {
        func place(_ ticks: Int64) -> (time: Double, offset: Double) {
            let offset = piece.offset(atTicks: ticks)
            return (TimeDelta(ticks: ticks).approximateSeconds + offset, offset)
        }
        (start, end) = (place(piece.startTicks), place(piece.endTicks))
    }
}
