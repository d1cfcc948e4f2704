/// The consensus of annotators who marked stretches of one stretch of time (speech or not, present or not). Times are whole
/// ticks of any unit, half-open. Stretches of one annotator that overlap count once; what lies outside the whole is cut off.
///
/// Time is cut at every boundary of any annotator, so the cost depends on boundaries and not on duration, and the result is
/// that of frame-wise voting with frames of one tick.
public struct SegmentConsensus: Hashable, Sendable {
    /// A stretch on which all annotators hold still.
    public struct Piece: Hashable, Sendable {
        public let start, end: Int64
        /// Which annotators marked it.
        public let marks: [Bool]
    }

    public let annotators: Int
    public let pieces: [Piece]

    /// - Parameters:
    ///   - annotators: the stretches that each marked, in any order.
    ///   - extent: the whole.
    public init(_ annotators: [[Range<Int64>]], extent: Range<Int64>) {
        let clipped = annotators.map { $0.map { $0.clamped(to: extent) }.filter { !$0.isEmpty } }
        var cuts: [(time: Int64, annotator: Int, step: Int)] = []
        for (annotator, stretches) in clipped.enumerated() {
            for stretch in stretches { cuts += [(stretch.lowerBound, annotator, 1), (stretch.upperBound, annotator, -1)] }
        }
        cuts.sort { $0.time < $1.time }
        var (pieces, open, time) = ([Piece](), Array(repeating: 0, count: annotators.count), extent.lowerBound)
        func close(at end: Int64) {
            guard end > time else { return }
            let marks = open.map { $0 > 0 }
            if let last = pieces.last, last.marks == marks {
                pieces[pieces.count - 1] = Piece(start: last.start, end: end, marks: marks)
            } else {
                pieces.append(Piece(start: time, end: end, marks: marks))
            }
            time = end
        }
        for cut in cuts {
            close(at: cut.time)
            open[cut.annotator] += cut.step
        }
        close(at: extent.upperBound)
        (self.annotators, self.pieces) = (annotators.count, pieces)
    }

    /// The stretches that more than half of the annotators marked.
    public func majority() -> [Range<Int64>] {
        stretches { pieces[$0].marks.count { $0 } * 2 > annotators }
    }

    /// Neighbouring pieces that satisfy a condition, joined.
    func stretches(where holds: (Int) -> Bool) -> [Range<Int64>] {
        var result: [Range<Int64>] = []
        for (index, piece) in pieces.enumerated() where holds(index) {
            if let last = result.last, last.upperBound == piece.start {
                result[result.count - 1] = last.lowerBound..<piece.end
            } else {
                result.append(piece.start..<piece.end)
            }
        }
        return result
    }
}
