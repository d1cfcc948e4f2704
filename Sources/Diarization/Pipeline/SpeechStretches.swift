import Timeline

/// Speech as it is given, by turns that may overlap.
public enum SpeechStretches {
    /// The time that any of the segments covers, in order and apart from each other; nothing before zero.
    public static func joined(_ segments: [Segment]) -> [Segment] {
        var result: [Segment] = []
        for segment in segments.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard let part = Segment(start: max(.zero, segment.start), end: segment.end) else { continue }
            if let last = result.last, part.start <= last.end {
                result[result.count - 1] = Segment(start: last.start, end: max(last.end, part.end)) ?? last
            } else {
                result.append(part)
            }
        }
        return result
    }
}
