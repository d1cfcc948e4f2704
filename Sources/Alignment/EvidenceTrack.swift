/// Speech evidence of a medium on a grid of 10 ms, with what has been looked at so far.
///
/// What was not decoded speaks neither for nor against a placing; what lies outside the medium counts as silence.
public struct EvidenceTrack: Sendable {
    /// 0 no speech, 255 speech; 0 where not observed.
    public private(set) var values: [UInt8]
    /// Stretches of frames that were decoded: sorted, apart from each other.
    public private(set) var observed: [Range<Int>] = []

    public static let framesPerSecond = 100

    /// - Parameter frameCount: length of the medium in frames of 10 ms.
    public init(frameCount: Int) { values = [UInt8](repeating: 0, count: max(0, frameCount)) }

    /// A track of which everything is observed.
    public init(values: [UInt8]) {
        self.values = values
        observed = values.isEmpty ? [] : [0..<values.count]
    }

    public var frameCount: Int { values.count }

    public var observedFrameCount: Int { observed.reduce(0) { $0 + $1.count } }

    /// Puts the evidence of a decoded stretch in its place. What lies beyond the end is dropped.
    public mutating func observe(_ evidence: [UInt8], from first: Int) {
        let start = min(max(0, first), frameCount)
        let range = start..<max(start, min(frameCount, first + evidence.count))
        guard !range.isEmpty else { return }
        for frame in range { values[frame] = evidence[frame - first] }
        observed = Self.union(observed + [range])
    }

    /// The parts of a stretch that were not decoded yet.
    public func unobserved(in range: Range<Int>) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var next = max(0, range.lowerBound)
        let end = min(frameCount, range.upperBound)
        for seen in observed where seen.upperBound > next && seen.lowerBound < end {
            if seen.lowerBound > next { gaps.append(next..<seen.lowerBound) }
            next = max(next, seen.upperBound)
        }
        if next < end { gaps.append(next..<end) }
        return gaps
    }

    /// Whether at least half of a stretch is known; what lies outside the medium is.
    func isObserved(_ range: Range<Int>) -> Bool {
        2 * unobserved(in: range).reduce(0) { $0 + $1.count } <= range.count
    }

    /// The stretches merged where they touch.
    private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// Mean evidence of what was observed, 0...1; 0 when nothing was.
    var mean: Float {
        let sum = observed.reduce(0) { $0 + values[$1].reduce(0) { $0 + Int($1) } }
        return observedFrameCount == 0 ? 0 : Float(sum) / Float(observedFrameCount) / 255
    }

    /// Evidence of a frame less the mean; 0 where nothing was observed.
    func deviation(at frame: Int, mean: Float) -> Float {
        guard values.indices.contains(frame) else { return -mean }
        return isObserved(frame) ? Float(values[frame]) / 255 - mean : 0
    }

    private func isObserved(_ frame: Int) -> Bool {
        // Binary search: sampled tracks have some dozens of stretches.
        var (low, high) = (0, observed.count)
        while low < high {
            let middle = (low + high) / 2
            if observed[middle].upperBound <= frame { low = middle + 1 } else { high = middle }
        }
        return low < observed.count && observed[low].lowerBound <= frame
    }
}
