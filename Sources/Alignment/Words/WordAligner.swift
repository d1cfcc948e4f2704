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

    /// Frames of a word, and of each of its phones.
    public struct PlacedWord: Sendable {
        public let token: Int
        public let frames: Range<Int>
        public let phones: [(symbol: String, frames: Range<Int>)]
        /// Mean over the frames of how much better the likeliest class fits than the word's own, in nepers; 0 is best.
        public let doubt: Float
    }

    private static let firstWidth = 3000, laterWidth = 500
    /// Log-probabilities. Silence costs to begin, so that a quiet consonant does not become one.
    private static let stayInSilence: Float = -0.05, leaveSilence: Float = -12
    private static let skipSilence: Float = -0.1, skipMiddle: Float = -2.5
    /// Any sound may stand where silence may, at this cost a frame against a model of all frames: breath, laughter, what nobody wrote.
    private static let fillerCost: Float = 4

    /// - Returns: the words that got frames, in order; nothing of an empty text or recording.
    public func align(_ text: SpokenText, to recording: SpeechFeatures) -> [PlacedWord] {
        guard !text.words.isEmpty, recording.frameCount > 0 else { return [] }
        let layout = StateLayout(text)
        let prior = SilencePrior(levels: recording.levels)
        var models = PhoneModels(text, recording)
        var (path, rate) = ([Int32](), Float(1))
        for round in 0...rounds {
            let chain = StateChain(layout.states(rate: rate, silence: models.silence), classCount: models.classCount)
            let viterbi = BandedViterbi(chain: chain, width: path.isEmpty ? Self.firstWidth : Self.laterWidth)
            path = viterbi.path(frames: recording.frameCount, path.isEmpty ? .following : .around(path)) { frame, scores in
                let vector = recording.vector(frame)
                models.score(vector, into: scores)
                scores[models.silence] = max(scores[models.silence] + prior.values[frame], models.fillerScore(vector) - Self.fillerCost)
            }
            guard round < rounds else { break }
            let classes = path.map { chain.states[Int($0)].emission }
            rate = layout.rate(speechFrames: classes.count { Int($0) != models.silence })
            models.learn(classes, of: recording, round: round)
        }
        return placed(path, layout, text, models, recording)
    }

    private func placed(_ path: [Int32], _ layout: StateLayout, _ text: SpokenText, _ models: PhoneModels, _ recording: SpeechFeatures) -> [PlacedWord] {
        var phones = [Range<Int>?](repeating: nil, count: layout.phoneCount)
        var doubts = [Float](repeating: 0, count: layout.phoneCount)
        var scores = [Float](repeating: 0, count: models.classCount)
        for (frame, state) in path.enumerated() {
            guard let phone = layout.phone(of: Int(state)) else { continue }
            phones[phone] = (phones[phone]?.lowerBound ?? frame)..<frame + 1
            scores.withUnsafeMutableBufferPointer { models.score(recording.vector(frame), into: $0.baseAddress!) }
            doubts[phone] += (scores.max() ?? 0) - scores[layout.emission(of: Int(state))]
        }
        var (result, first) = ([PlacedWord](), 0)
        for word in text.words {
            let range = first..<first + word.phones.count
            first = range.upperBound
            let found = range.compactMap { index in phones[index].map { (text.alphabet[word.phones[index - range.lowerBound].phone], $0) } }
            guard let start = found.first?.1.lowerBound, let end = found.last?.1.upperBound else { continue }
            let doubt = range.reduce(0) { $0 + doubts[$1] } / Float(end - start)
            result.append(PlacedWord(token: word.token, frames: start..<end, phones: found, doubt: doubt))
        }
        return result
    }

    /// Which state of the chain stands for what.
    private struct StateLayout {
        /// Class and phone of each state; a phone of -1 is silence.
        private let entries: [(emission: Int, phone: Int)]
        /// Expected frames of each state; 0 for silence.
        private let durations: [Float]
        let phoneCount: Int

        init(_ text: SpokenText) {
            var (entries, durations, phone) = ([(emission: Int, phone: Int)](), [Float](), 0)
            for word in text.words {
                entries.append((-1, -1))
                durations.append(0)
                for spoken in word.phones {
                    for third in 0..<3 {
                        entries.append((spoken.phone * 3 + third, phone))
                        durations.append(Float(spoken.duration) / 3)
                    }
                    phone += 1
                }
            }
            (self.entries, self.durations, phoneCount) = (entries + [(-1, -1)], durations + [0], phone)
        }

        func phone(of state: Int) -> Int? { entries[state].phone >= 0 ? entries[state].phone : nil }
        func emission(of state: Int) -> Int { entries[state].emission }

        /// How much slower than the voice the speaker speaks.
        func rate(speechFrames: Int) -> Float { Float(speechFrames) / max(1, durations.reduce(0, +)) }

        func states(rate: Float, silence: Int) -> [StateChain.State] {
            let moves = entries.indices.map { index -> (stay: Float, leave: Float) in
                guard entries[index].phone >= 0 else { return (stayInSilence, leaveSilence) }
                let stay = 1 - 1 / max(1.3, durations[index] * rate)
                return (logf(stay), logf(1 - stay))
            }
            return entries.indices.map { index in
                StateChain.State(
                    emission: Int32(entries[index].phone < 0 ? silence : entries[index].emission), stay: moves[index].stay,
                    enter: index >= 1 ? moves[index - 1].leave : -.infinity,
                    skip: index >= 2 ? moves[index - 2].leave + skip(over: index - 1) : -.infinity)
            }
        }

        /// The cost of leaving a state out.
        private func skip(over index: Int) -> Float {
            if entries[index].phone < 0 { return skipSilence }
            return entries[index].emission % 3 == 1 ? skipMiddle : -.infinity
        }
    }
}
