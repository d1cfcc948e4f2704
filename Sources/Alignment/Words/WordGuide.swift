/// The way through the states of a text if those of each word were spread evenly over a time that is known for it, and those between over the rest.
struct WordGuide {
    private var anchors: [(frame: Int, state: Int)] = [(0, 0)]
    private let stateCount: Int

    /// - Parameter times: milliseconds of tokens; those that go back before an earlier one are passed over.
    init(_ text: SpokenText, _ times: [Int: Range<Int>]) {
        var spans: [(token: Int, states: ClosedRange<Int>)] = []
        var state = 0
        for word in text.words {
            let own = state + 1...state + max(1, word.phones.count * 3)
            if let last = spans.last, last.token == word.token { spans[spans.count - 1].states = last.states.lowerBound...own.upperBound } else { spans.append((word.token, own)) }
            state += word.phones.count * 3 + 1
        }
        stateCount = state + 1
        for span in spans {
            guard let time = times[span.token], let last = anchors.last, time.lowerBound / 10 >= last.frame else { continue }
            anchors.append((time.lowerBound / 10, span.states.lowerBound))
            anchors.append((time.upperBound / 10, span.states.upperBound))
        }
    }

    /// The state of each frame; it never goes back.
    func path(frames: Int) -> [Int32] {
        let anchors = anchors + [(max(frames, (anchors.last?.frame ?? 0) + 1), stateCount - 1)]
        var (path, next) = ([Int32](), 1)
        path.reserveCapacity(frames)
        for frame in 0..<frames {
            while next + 1 < anchors.count, anchors[next].frame <= frame { next += 1 }
            let (from, to) = (anchors[next - 1], anchors[next])
            let share = min(frame, to.frame) - from.frame
            path.append(Int32(from.state + (to.state - from.state) * share / max(1, to.frame - from.frame)))
        }
        return path
    }
}
