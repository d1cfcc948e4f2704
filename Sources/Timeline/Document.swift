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
