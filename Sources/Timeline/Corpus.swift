/// Documents that stand together in one file or folder, one for each piece of media: a list of recordings, the pictures of a
/// data set, or a single video.
public struct Corpus: Hashable, Sendable {
    /// In the order of the file; no two speak about media of the same name.
    public var documents: [Document]
    /// What is said of the whole, such as a header or a licence.
    public var attributes: [Attribute]

    public init(_ documents: [Document] = [], attributes: [Attribute] = []) {
        (self.documents, self.attributes) = (documents, attributes)
    }

    /// Labels of all layers of all documents.
    public var labelCount: Int { documents.reduce(0) { $0 + $1.labelCount } }
}

extension Document {
    /// Labels of all layers.
    public var labelCount: Int { layers.reduce(0) { $0 + $1.labels.count } }
}
