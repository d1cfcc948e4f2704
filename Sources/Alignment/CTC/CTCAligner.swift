#if canImport(Glibc)
    import Glibc
#endif

/// Puts words on the frames of an emission matrix: the most likely way through the tokens of the text, with blanks where CTC allows or asks for them
/// (Graves et al. 2006, section 4.1; forced alignment as Kürzinger et al. 2020, <https://arxiv.org/abs/2007.09127>).
///
/// A token holds one frame or more. Between equal neighbours stands at least one blank. Of ways that are as likely, read from the end, that one is
/// taken which ends in the blank rather than in the last token, which stays in its token or blank rather than coming from the one before, and which
/// comes from a blank rather than passing over it.
public struct CTCAligner: Sendable {
    /// What a star costs in a frame.
    public var star = StarScore.best
    /// Where stars stand for speech that the text does not have.
    public var untranscribed = StarPlaces.none
    /// States of the chain, two a token, that are looked at in a frame. A text with no more is searched in full.
    public var width = 3000

    public init() {}

    /// The log-probability of the star in a frame.
    public enum StarScore: String, Sendable, CaseIterable {
        /// That of the likeliest token or blank: no way is ahead of the star.
        case best
        /// 0, as torchaudio's forced alignment of MMS has it: every way is behind the star, so words are drawn together.
        case free
    }

    public enum StarPlaces: String, Sendable, CaseIterable {
        case none
        /// Before the first word and behind the last.
        case edges
        /// There, and between lines of the text.
        case lines
    }

    /// A word's place.
    public struct PlacedWord: Hashable, Sendable {
        /// Number of the word in the text.
        public let word: Int
        /// From its first token to its last, blanks between them included.
        public let frames: Range<Int>
        /// Mean over the frames of its tokens of their probability; nil for a word of nothing but stars.
        public let confidence: Float?
    }

    /// - Parameters:
    ///   - lines: words of each line, each as units of the tokens; words without units get no place.
    ///   - separator: column of the token between words.
    /// - Returns: the words that have units, in order. Words are numbered through all lines.
    /// - Throws: ``CTCError`` where the matrix has too few columns or frames, or no way is possible.
    /// - Complexity: O(frames · `width`) time; O(√frames · `width`) memory beside the matrix.
    public func align(_ lines: [[[CTCUnit]]], to emissions: EmissionMatrix, blank: Int, separator: Int?) throws(CTCError) -> [PlacedWord] {
        let text = CTCText(lines, separator: separator, stars: untranscribed)
        guard !text.isEmpty else { throw .nothingToAlign }
        let needed = (text.columns + [blank]).max()! + 1
        guard needed <= emissions.tokenCount else { throw .tooFewColumns(columns: emissions.tokenCount, needed: needed) }
        guard text.leastFrames <= emissions.frameCount else { throw .tooFewFrames(frames: emissions.frameCount, needed: text.leastFrames) }
        let chain = CTCChain(text, blank: blank)
        return words(text, try path(chain, emissions), emissions)
    }

    /// The state of each frame: 2i + 1 for unit i, 2i for the blank before it. Where the text is longer than the band, the band is put around a first
    /// way, for which a star costs something where there is speech, so that it leads no further than it has to; when the band turns out to miss the end,
    /// a wider one is tried.
    func path(_ chain: CTCChain, _ emissions: EmissionMatrix) throws(CTCError) -> [Int32] {
        var width = max(4, width)
        while true {
            let search = BandedViterbi(chain: chain.states, width: width)
            let isWhole = width >= chain.states.count
            let band: BandedViterbi.Band = isWhole ? .following : .around(guide(chain, emissions, search))
            let found = WholePathViterbi(search: search).path(frames: emissions.frameCount, band) { chain.score($0, emissions, star, cost: 0, into: $1) }
            if let found { return found }
            guard !isWhole else { throw .impossible }
            guard width <= Self.greatestWidth / 2 else { throw .lost }
            width *= 2
        }
    }

    private static let greatestWidth = 1 << 16
    private static let guideStarCost: Float = 1

    private func guide(_ chain: CTCChain, _ emissions: EmissionMatrix, _ search: BandedViterbi) -> [Int32] {
        search.path(frames: emissions.frameCount, .following) { chain.score($0, emissions, .best, cost: Self.guideStarCost, into: $1) }
    }

    private func words(_ text: CTCText, _ path: [Int32], _ emissions: EmissionMatrix) -> [PlacedWord] {
        var (words, open) = ([PlacedWord](), OpenWord?.none)
        for (frame, state) in path.enumerated() where state % 2 == 1 {
            let index = Int(state / 2)
            guard let word = text.words[index] else { continue }
            if open?.word != word {
                if let open { words.append(open.placed) }
                open = OpenWord(word: word, frames: frame..<frame + 1)
            }
            open?.take(frame, text.units[index], emissions)
        }
        return words + (open.map { [$0.placed] } ?? [])
    }

    /// A word whose frames are being counted.
    private struct OpenWord {
        let word: Int
        var frames: Range<Int>
        private var sum: Float = 0
        private var count = 0

        init(word: Int, frames: Range<Int>) { (self.word, self.frames) = (word, frames) }

        mutating func take(_ frame: Int, _ unit: CTCUnit, _ emissions: EmissionMatrix) {
            frames = frames.lowerBound..<frame + 1
            guard case .token(let column) = unit else { return }
            sum += expf(emissions[frame, column])
            count += 1
        }

        var placed: PlacedWord { PlacedWord(word: word, frames: frames, confidence: count > 0 ? min(1, sum / Float(count)) : nil) }
    }
}
