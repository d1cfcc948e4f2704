/// A text as a voice says it: its words, their phones with the voice's times, and the sound.
public struct PronouncedText: Sendable {
    /// In the order of the text; a token may become several words ("21"), or none (a dash).
    public var words: [PronouncedWord]
    /// Mono, -1...1.
    public var samples: [Float]
    /// Samples a second.
    public var sampleRate: Int

    public init(words: [PronouncedWord], samples: [Float], sampleRate: Int) {
        (self.words, self.samples, self.sampleRate) = (words, samples, sampleRate)
    }
}

/// A word as it is said.
public struct PronouncedWord: Hashable, Sendable {
    /// The token of the text that it comes from.
    public var token: Int
    public var phones: [PronouncedPhone]

    public init(token: Int, phones: [PronouncedPhone]) { (self.token, self.phones) = (token, phones) }
}

/// A speech sound, and where the voice says it.
public struct PronouncedPhone: Hashable, Sendable {
    /// In the alphabet of the source, without marks of stress: of espeak-ng its own ASCII names, which part more sounds than IPA does.
    public var symbol: String
    /// Samples of the voice's sound; not empty.
    public var range: Range<Int>

    public init(symbol: String, range: Range<Int>) { (self.symbol, self.range) = (symbol, range) }
}

/// Why a text cannot be pronounced.
public struct PronunciationError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
