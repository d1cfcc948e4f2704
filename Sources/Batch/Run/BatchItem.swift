/// One piece of work: subtitles to put on time against media.
///
/// Codable, so that an item can be handed to another process as one line of JSON.
public struct BatchItem: Hashable, Sendable, Codable {
    /// Place in the input order, from 0. Reports keep this order.
    public let index: Int
    /// Paths to open.
    public let media, subtitles: String
    /// The file to write.
    public let output: String
    /// BCP 47; nil when nothing says it.
    public let language: String?
    public let basis: PairBasis

    public init(index: Int, media: String, subtitles: String, output: String, language: String?, basis: PairBasis) {
        (self.index, self.media, self.subtitles, self.output) = (index, media, subtitles, output)
        (self.language, self.basis) = (language, basis)
    }
}
