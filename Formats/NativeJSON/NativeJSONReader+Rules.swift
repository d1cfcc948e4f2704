import Timeline

/// The rules of documents (``Document/problems()``) that can be seen only when a document is whole.
extension NativeJSONReader {
    mutating func mendRules(of document: inout Document) throws(FormatError) {
        try mendSources(of: &document)
        try mendLayers(of: &document)
        try checkReferences(of: document)
    }

    /// No two documents speak about media of the same name.
    mutating func checkMediaNames(_ corpus: Corpus) throws(FormatError) {
        var seen: Set<String> = []
        for document in corpus.documents where !seen.insert(document.media.name).inserted {
            try mend("json-repeated-media", "a second document of media '\(document.media.name)'", "one document for each medium", "both are kept")
        }
    }

    private mutating func mendSources(of document: inout Document) throws(FormatError) {
        var known: Set<SourceID> = []
        var kept: [Source] = []
        for source in document.sources {
            if known.insert(source.id).inserted {
                kept.append(source)
            } else {
                try mend("json-repeated-source", "two sources with the id '\(source.id)'", "ids that differ", "the first one counts")
            }
        }
        document.sources = kept
        var latest: SourceID?
        for layer in document.layers.indices {
            for index in document.layers[layer].labels.indices {
                guard let source = document.layers[layer].labels.source(at: index), source != latest else { continue }
                if known.contains(source) {
                    latest = source
                    continue
                }
                try mend(
                    "json-unknown-source", "the source '\(source)' of label '\(document.layers[layer].labels[index].id)', which is not stated",
                    "the id of a source", "the source is left out")
                document.layers[layer].labels[index].source = nil
            }
        }
    }

    private mutating func mendLayers(of document: inout Document) throws(FormatError) {
        var ids = NativeIDs()
        for index in document.layers.indices {
            let (stated, id) = (document.layers[index].id, ids.unique(document.layers[index].id))
            guard id != stated else { continue }
            try mend("json-repeated-layer", "two layers with the id '\(stated)'", "ids that differ", "the later one is called '\(id)'")
            document.layers[index].id = id
        }
        let taken = Set(document.layers.map(\.id))
        for index in document.layers.indices {
            guard let parent = document.layers[index].parent, !taken.contains(parent) else { continue }
            try dropParent(index, of: &document, .unknownParent(layer: document.layers[index].id, parent: parent))
        }
        try openCircles(of: &document)
    }

    /// Walks up from each layer; where that comes back to the walk itself, the last parent goes.
    private mutating func openCircles(of document: inout Document) throws(FormatError) {
        let places = Dictionary(document.layers.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        // The walk in which each layer was met; layers of earlier walks are known to lead to a top.
        var walks = [Int](repeating: -1, count: document.layers.count)
        for start in document.layers.indices {
            var index = start
            while walks[index] < 0, let parent = document.layers[index].parent.flatMap({ places[$0] }) {
                walks[index] = start
                if walks[parent] == start {
                    try dropParent(index, of: &document, .circularParent(layer: document.layers[index].id))
                    break
                }
                index = parent
            }
        }
    }

    private mutating func dropParent(_ index: Int, of document: inout Document, _ problem: DocumentProblem) throws(FormatError) {
        try mend("json-parent", problem.description, "a layer above it", "the parent is left out")
        (document.layers[index].parent, document.layers[index].constraint) = (nil, nil)
    }

    private mutating func checkReferences(of document: Document) throws(FormatError) {
        var referred = document.relations.flatMap { [$0.from, $0.to] }
        for layer in document.layers where layer.kind == .entities {
            for label in layer.labels { if case .entity(let entity) = label.content { referred += entity.words } }
        }
        guard !referred.isEmpty else { return }
        let known = Set(document.layers.lazy.flatMap { $0.labels.lazy.map(\.id) })
        for id in referred where !known.contains(id) {
            try mend("json-unknown-label", "a reference to label '\(id)', which is not there", "the id of a label", "it is kept")
        }
    }
}
