import Timeline

/// What the labels of a corpus say, without what only one format states and the ids that readers make.
struct Statements: Equatable {
    private var texts: [String] = []

    init(_ corpus: Corpus) {
        for document in corpus.documents where document.labelCount > 0 {
            for layer in document.layers {
                for label in layer.labels {
                    let id = label.id.isCounter ? "" : label.id.name
                    texts.append("\(document.media.name) \(layer.kind.rawValue) \(id) \(label.span) \(label.content) \(label.confidence?.value ?? -1) \(label.review)")
                }
            }
        }
        // The order of a file need not be that of its layers.
        texts.sort()
    }

    /// The first statements that the other has not and that only the other has, for a message.
    func difference(from other: Statements) -> String {
        let (before, after) = (Set(texts), Set(other.texts))
        let (lost, added) = (texts.first { !after.contains($0) }, other.texts.first { !before.contains($0) })
        guard lost != nil || added != nil else { return "\(texts.count) labels became \(other.texts.count)" }
        return "\n  \(lost ?? "nothing")\n  \(added ?? "nothing")"
    }
}
