#if canImport(Glibc)
    import Glibc
#endif

/// Puts the words of a transcript on the time of a recording, by hidden Markov models of its phones that begin as a synthetic voice
/// has them and are estimated again on the recording.
///
/// Three states a phone, the middle one may be left out; silence may stand before each word and behind the last.
public struct WordAligner: Sendable {
    /// Rounds of estimation.
    public var rounds = 6

    public init() {}

    /// Where a word is, and each of its phones, in milliseconds.
    public struct PlacedWord: Sendable {
        public let token: Int
        public let milliseconds: Range<Int>
        public let phones: [(symbol: String, milliseconds: Range<Int>)]
        /// Mean over the frames of how much better the likeliest class fits than the word's own, in nepers; 0 is best.
        public let doubt: Float
    }

    private static let firstWidth = 3000, laterWidth = 500, guidedWidth = 120
    /// Log-probabilities. Silence costs, so that a quiet consonant does not become one: little where the transcript has a line or a punctuation
    /// mark, much inside its phrases, and something between where it has neither.
    private static let stayInSilence: Float = -0.05, pauseBetweenPhrases: Float = -3, pauseInPhrase: Float = -80, pauseAnywhere: Float = -18
    private static let skipSilence: Float = -0.1, skipMiddle: Float = -2.5
    /// Any sound may stand where silence may, at this cost a frame against a model of all frames: breath, laughter, what nobody wrote.
    private static let fillerCost: Float = 4

    /// - Parameter times: milliseconds of tokens, in order, where they are known nearly; words then stay within some words of them. Nil where none are.
    /// - Returns: the words that got frames, in order; nothing of an empty text or recording.
    public func align(_ text: SpokenText, to recording: SpeechFeatures, near times: [Int: Range<Int>]? = nil) -> [PlacedWord] {
        guard !text.words.isEmpty, recording.frameCount > 0 else { return [] }
        let layout = StateLayout(text)
        let prior = SilencePrior(levels: recording.levels, knowsPauses: text.hasPhrases)
        var models = PhoneModels(text, recording)
        let guide = times.map { WordGuide(text, $0).path(frames: recording.frameCount) }
        var (path, rate) = ([Int32](), Float(1))
        for round in 0...rounds {
            let chain = StateChain(layout.states(rate: rate, silence: models.silence), classCount: models.classCount)
            let width = guide != nil ? Self.guidedWidth : path.isEmpty ? Self.firstWidth : Self.laterWidth
            let band = guide.map(BandedViterbi.Band.around) ?? (path.isEmpty ? .following : .around(path))
            path = BandedViterbi(chain: chain, width: width).path(frames: recording.frameCount, band) { frame, scores in
                Self.score(frame, of: recording, models, prior, into: scores)
            }
            guard round < rounds else { break }
            let classes = path.map { chain.states[Int($0)].emission }
            rate = layout.rate(speechFrames: classes.count { Int($0) != models.silence })
            models.learn(classes, of: recording, round: round)
        }
        return placed(path, layout, text, PlacedPhones(path, layout, models, prior, recording))
    }

    /// The log-likelihood of a frame in each class; in silence, of what is quiet or of any sound that nobody wrote.
    fileprivate static func score(
        _ frame: Int, of recording: SpeechFeatures, _ models: PhoneModels, _ prior: SilencePrior, into scores: UnsafeMutablePointer<Float>
    ) {
        let vector = recording.vector(frame)
        models.score(vector, into: scores)
        scores[models.silence] = max(scores[models.silence] + prior.values[frame], models.fillerScore(vector) - fillerCost)
    }

    private func placed(_ path: [Int32], _ layout: StateLayout, _ text: SpokenText, _ phones: PlacedPhones) -> [PlacedWord] {
        var (result, first) = ([PlacedWord](), 0)
        for word in text.words {
            let range = first..<first + word.phones.count
            first = range.upperBound
            let found = range.compactMap { index in phones.spans[index].map { (text.alphabet[word.phones[index - range.lowerBound].phone], $0) } }
            guard let start = found.first?.1.lowerBound, let end = found.last?.1.upperBound else { continue }
            let doubt = range.reduce(0) { $0 + phones.doubts[$1] } / Float(max(1, range.reduce(0) { $0 + phones.frames[$1] }))
            result.append(PlacedWord(token: word.token, milliseconds: start..<end, phones: found, doubt: doubt))
        }
        return result
    }

    /// The phones of a path.
    private struct PlacedPhones {
        /// Milliseconds of each phone; nil for one without a frame.
        private(set) var spans: [Range<Int>?]
        /// How many frames each phone has, and the sum over them of how much better another class fits.
        private(set) var frames: [Int]
        private(set) var doubts: [Float]

        init(_ path: [Int32], _ layout: StateLayout, _ models: PhoneModels, _ prior: SilencePrior, _ recording: SpeechFeatures) {
            spans = Array(repeating: nil, count: layout.phoneCount)
            frames = Array(repeating: 0, count: layout.phoneCount)
            doubts = Array(repeating: 0, count: layout.phoneCount)
            var (scores, before) = ([Float](repeating: 0, count: models.classCount), [Float](repeating: 0, count: models.classCount))
            var edge = 0
            for (frame, state) in path.enumerated() {
                scores.withUnsafeMutableBufferPointer { WordAligner.score(frame, of: recording, models, prior, into: $0.baseAddress!) }
                let (phone, last) = (layout.phone(of: Int(state)), frame > 0 ? layout.phone(of: Int(path[frame - 1])) : nil)
                if frame > 0, phone != last {
                    let classes = (layout.emission(of: Int(path[frame - 1]), models), layout.emission(of: Int(state), models))
                    edge = max(edge, frame * 10 - 5 + Self.crossing(before[classes.0] - before[classes.1], scores[classes.0] - scores[classes.1]))
                    if let last, let span = spans[last] { spans[last] = span.lowerBound..<max(span.lowerBound + 1, edge) }
                }
                if let phone {
                    if frames[phone] == 0 { spans[phone] = edge..<edge + 1 }
                    frames[phone] += 1
                    doubts[phone] += (scores.max() ?? 0) - scores[layout.emission(of: Int(state), models)]
                    spans[phone] = spans[phone]!.lowerBound..<max(spans[phone]!.lowerBound + 1, (frame + 1) * 10)
                }
                swap(&scores, &before)
            }
        }

        /// Where between the middles of two frames, in milliseconds from the first, the lead of one class over the other ends.
        private static func crossing(_ lead: Float, _ later: Float) -> Int {
            guard lead > 0 else { return 0 }
            guard later < 0 else { return 10 }
            return Int((10 * lead / (lead - later)).rounded())
        }
    }

    /// Which state of the chain stands for what.
    private struct StateLayout {
        private enum Entry {
            /// With what it costs to pause there.
            case silence(cost: Float)
            /// The class of a third of a phone, the phone's place, and the frames that are expected.
            case third(emission: Int, phone: Int, frames: Float)
        }

        private let entries: [Entry]
        let phoneCount: Int

        init(_ text: SpokenText) {
            var (entries, phone) = ([Entry](), 0)
            let inside = text.hasPhrases ? pauseInPhrase : pauseAnywhere
            for (index, word) in text.words.enumerated() {
                entries.append(.silence(cost: index == 0 || word.beginsPhrase ? pauseBetweenPhrases : inside))
                for spoken in word.phones {
                    for third in 0..<3 { entries.append(.third(emission: spoken.phone * 3 + third, phone: phone, frames: Float(spoken.duration) / 3)) }
                    phone += 1
                }
            }
            (self.entries, phoneCount) = (entries + [.silence(cost: pauseBetweenPhrases)], phone)
        }

        func phone(of state: Int) -> Int? { if case .third(_, let phone, _) = entries[state] { phone } else { nil } }
        func emission(of state: Int, _ models: PhoneModels) -> Int { emission(of: state, silence: models.silence) }

        private func emission(of state: Int, silence: Int) -> Int { if case .third(let emission, _, _) = entries[state] { emission } else { silence } }

        /// How much slower than the voice the speaker speaks.
        func rate(speechFrames: Int) -> Float {
            let expected = entries.reduce(Float(0)) { sum, entry in if case .third(_, _, let frames) = entry { sum + frames } else { sum } }
            return Float(speechFrames) / max(1, expected)
        }

        func states(rate: Float, silence: Int) -> [StateChain.State] {
            let moves = entries.indices.map { index -> (stay: Float, leave: Float) in
                switch entries[index] {
                case .silence(let cost): return (stayInSilence, cost)
                case .third(_, _, let frames):
                    let stay = 1 - 1 / max(1.3, frames * rate)
                    return (logf(stay), logf(1 - stay))
                }
            }
            return entries.indices.map { index in
                StateChain.State(
                    emission: Int32(emission(of: index, silence: silence)), stay: moves[index].stay,
                    enter: index >= 1 ? moves[index - 1].leave : -.infinity,
                    skip: index >= 2 ? moves[index - 2].leave + skip(over: index - 1) : -.infinity)
            }
        }

        /// The cost of leaving a state out.
        private func skip(over index: Int) -> Float {
            switch entries[index] {
            case .silence: skipSilence
            case .third(let emission, _, _): emission % 3 == 1 ? skipMiddle : -.infinity
            }
        }
    }
}
