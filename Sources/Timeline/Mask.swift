/// A set of pixels as run lengths in COCO's order: column by column, from the top, beginning with a run of pixels outside.
///
/// The runs add up to at most `width · height`; ``init(width:height:runs:)`` checks that.
public struct Mask: Hashable, Sendable {
    public let width, height: Int
    /// Lengths of the runs, outside and inside by turns.
    public let runs: [UInt32]

    /// Nil when a side is negative or too large, or when the runs cover more pixels than there are.
    public init?(width: Int, height: Int, runs: [UInt32]) {
        guard (0...1 << 24).contains(width), (0...1 << 24).contains(height) else { return nil }
        guard runs.reduce(0, { $0 + Int($1) }) <= width * height else { return nil }
        (self.width, self.height, self.runs) = (width, height, runs)
    }

    /// Pixels inside.
    public var area: Int { stride(from: 1, to: runs.count, by: 2).reduce(0) { $0 + Int(runs[$1]) } }

    /// The smallest box around the pixels inside; nil when there are none.
    public var bounds: Box? {
        guard height > 0 else { return nil }
        var (left, right, top, bottom, position) = (Int.max, -1, Int.max, -1, 0)
        for (index, run) in runs.enumerated() {
            defer { position += Int(run) }
            guard index % 2 == 1, run > 0 else { continue }
            let (first, last) = (position, position + Int(run) - 1)
            (left, right) = (min(left, first / height), max(right, last / height))
            let spansColumns = first / height != last / height
            top = min(top, spansColumns ? 0 : first % height)
            bottom = max(bottom, spansColumns ? height - 1 : last % height)
        }
        guard right >= 0 else { return nil }
        return Box(x: Double(left), y: Double(top), width: Double(right - left + 1), height: Double(bottom - top + 1))
    }
}
