/// The words of a transcript as phones, in the order in which they are expected.
public struct SpokenText: Sendable {
    /// Names of the phones.
    public private(set) var alphabet: [String] = []
    public private(set) var words: [SpokenWord] = []
    private var numbers: [String: Int] = [:]

    /// Whether the transcript parts its words into phrases.
    var hasPhrases: Bool { words.dropFirst().contains(where: \.beginsPhrase) }

    public init() {}

    /// Adds a word.
    ///
    /// - Parameters:
    ///   - token: the token of the transcript that it is said for.
    ///   - phones: not empty; each with the frames of a synthetic voice that say it.
    ///   - beginsPhrase: whether the transcript parts it from the word before by a line or a punctuation mark, so that a pause is likely there.
    public mutating func append(token: Int, phones: [(symbol: String, frames: Range<Int>)], of voice: SpeechFeatures, beginsPhrase: Bool = false) {
        let spoken = phones.map { phone in
            SpokenPhone(phone: number(of: phone.symbol), duration: phone.frames.count, thirds: Self.thirds(phone.frames, voice))
        }
        words.append(SpokenWord(token: token, phones: spoken, beginsPhrase: beginsPhrase))
    }

    private mutating func number(of symbol: String) -> Int {
        // Long and short sounds differ in length more than in looks.
        let symbol = symbol.filter { $0 != ":" }
        if let number = numbers[symbol] { return number }
        numbers[symbol] = alphabet.count
        alphabet.append(symbol)
        return alphabet.count - 1
    }

    /// The mean vectors of the beginning, middle and end of a phone.
    private static func thirds(_ frames: Range<Int>, _ voice: SpeechFeatures) -> [SpeechFeatures.Vector] {
        guard voice.frameCount > 0 else { return Array(repeating: (.zero, .zero), count: 3) }
        return (0..<3).map { third in
            let first = frames.lowerBound + frames.count * third / 3
            let end = max(first + 1, frames.lowerBound + frames.count * (third + 1) / 3)
            var (level, slope) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
            for frame in first..<end {
                let vector = voice.vector(min(frame, voice.frameCount - 1))
                level += vector.level
                slope += vector.slope
            }
            let count = Float(end - first)
            return (level / count, slope / count)
        }
    }
}

/// A word in phones.
public struct SpokenWord: Sendable {
    public let token: Int
    let phones: [SpokenPhone]
    let beginsPhrase: Bool
}

/// A phone, by number, with its length in frames and its looks in a synthetic voice.
struct SpokenPhone: Sendable {
    let phone: Int
    let duration: Int
    let thirds: [SpeechFeatures.Vector]
}
