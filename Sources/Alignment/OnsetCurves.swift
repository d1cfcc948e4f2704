/// How much like the start of speech each instant near a cue's rough start looks.
///
/// An onset is the mean evidence of the 250 ms after an instant less that of the 250 ms before. Starts, not overlap,
/// place a cue: its end lingers after the speech, so the best overlap would pull it early. An offset, where speech ends, is
/// the same the other way round.
struct OnsetCurves {
    /// Whether speech begins or ends.
    enum Edge { case onset, offset }

    /// Frames of 10 ms on either side of the rough start.
    static let reach = 80
    static let reachSeconds = Double(reach) / Double(EvidenceTrack.framesPerSecond)
    private static let window = 25

    private let track: EvidenceTrack

    init(_ track: EvidenceTrack) { self.track = track }

    /// - Parameter time: seconds of media time.
    /// - Returns: `2 · reach + 1` values for the instants around, 0 where nothing was observed.
    func curve(around time: Double, of edge: Edge = .onset) -> [Float] {
        let sign: Float = edge == .onset ? 1 : -1
        let centre = Int((time * Double(EvidenceTrack.framesPerSecond)).rounded())
        let first = centre - Self.reach - Self.window
        let sums = prefixSums(from: first, count: 2 * (Self.reach + Self.window) + 1)
        let hidden = hiddenFrames(from: first, count: sums.count)
        return (0...2 * Self.reach).map { i in
            let (start, middle, end) = (i, i + Self.window, i + 2 * Self.window)
            // Where part of the window was not decoded, its edge would look like speech beginning.
            guard hidden[end] == hidden[start] else { return 0 }
            return max(0, sign * ((sums[end] - sums[middle]) - (sums[middle] - sums[start]))) / Float(Self.window)
        }
    }

    /// How many frames inside the medium were not observed, before each frame.
    private func hiddenFrames(from first: Int, count: Int) -> [Int] {
        let gaps = track.unobserved(in: first..<first + count)
        var hidden = 0
        var next = 0
        return (0..<count).map { i in
            defer {
                while next < gaps.count, gaps[next].upperBound <= first + i { next += 1 }
                if next < gaps.count, gaps[next].contains(first + i) { hidden += 1 }
            }
            return hidden
        }
    }

    private func prefixSums(from first: Int, count: Int) -> [Float] {
        var sum: Float = 0
        return (0..<count).map { i in
            defer { sum += value(first + i) }
            return sum
        }
    }

    private func value(_ frame: Int) -> Float {
        track.values.indices.contains(frame) ? Float(track.values[frame]) / 255 : 0
    }
}
