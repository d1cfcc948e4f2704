/// Labels on one piece of media: what they speak about, the layers they stand in, how they relate, and who made them.
///
///     var document = Document(media: Media(name: "film.mp4"))
///     document.layers.append(Layer(id: "subtitles", kind: .cues, language: "en"))
public struct Document: Hashable, Sendable {
    public var media: Media
    public var layers: [Layer]
    public var relations: [Relation]
    public var sources: [Source]
    public var attributes: [Attribute]

    public init(
        media: Media, layers: [Layer] = [], relations: [Relation] = [], sources: [Source] = [], attributes: [Attribute] = []
    ) {
        (self.media, self.layers, self.relations) = (media, layers, relations)
        (self.sources, self.attributes) = (sources, attributes)
    }
}

/// The media that a document speaks about.
public struct Media: Hashable, Sendable {
    /// As a person knows it, most often the name of its file.
    public var name: String
    public var duration: TimeDelta?
    public var contentHash: ContentHash?

    public init(name: String, duration: TimeDelta? = nil, contentHash: ContentHash? = nil) {
        (self.name, self.duration, self.contentHash) = (name, duration, contentHash)
    }
}

/// A digest of a file's bytes, by which the file is known under any name.
public struct ContentHash: Hashable, Sendable {
    /// The algorithm in lower case, such as `sha256`.
    public let algorithm: String
    /// The digest in lower-case hexadecimal.
    public let digest: String

    /// Nil unless the digest is hexadecimal, of an even number of digits and not empty.
    public init?(algorithm: String, digest: String) {
        let digits = digest.lowercased()
        guard !algorithm.isEmpty, !digits.isEmpty, digits.utf8.count % 2 == 0, digits.utf8.allSatisfy(\.isHexadecimal)
        else { return nil }
        (self.algorithm, self.digest) = (algorithm.lowercased(), digits)
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
