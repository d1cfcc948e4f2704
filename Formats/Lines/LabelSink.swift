import Timeline

/// Takes labels as a reader finds them: into documents, or straight on to a writer.
protocol LabelSink {
    /// The number under which labels of a layer of a medium are added: 0 for the first layer, and so on.
    ///
    /// - Parameter layer: makes the layer, without labels, when it is new.
    mutating func place(media: String, layer id: String, _ layer: () -> Layer) -> Int

    /// Adds a label under a number that ``place(media:layer:_:)`` gave.
    mutating func add(_ label: Label, at place: Int)

    /// Adds a turn without attributes, by the bytes of its speaker's name: equal to adding the label, and faster in a large file.
    mutating func add(turnOf speaker: Range<Int>, in text: [UInt8], id: (letter: Unicode.Scalar, number: Int), _ span: Span, at place: Int)

    /// Adds what is said of the whole file.
    mutating func add(_ attribute: Attribute)
}

extension LabelSink {
    mutating func add(turnOf speaker: Range<Int>, in text: [UInt8], id: (letter: Unicode.Scalar, number: Int), _ span: Span, at place: Int) {
        let turn = SpeakerTurn(speaker: text.string(speaker))
        add(Label(id: LabelID(id.letter, id.number), span: span, content: .turn(turn)), at: place)
    }
}

/// Collects labels into a ``Corpus``: documents in the order in which their media are first named.
struct CorpusBuilder: LabelSink {
    private(set) var corpus = Corpus()
    private var places: [(document: Int, layer: Int)] = []
    private var table = PlaceTable()
    private var documents: [String: Int] = [:]

    mutating func place(media: String, layer id: String, _ layer: () -> Layer) -> Int {
        let (number, isNew) = table.number(media: media, layer: id)
        guard isNew else { return number }
        let document = documents[media] ?? corpus.documents.count
        if document == corpus.documents.count {
            documents[media] = document
            corpus.documents.append(Document(media: Media(name: media)))
        }
        places.append((document, corpus.documents[document].layers.count))
        corpus.documents[document].layers.append(layer())
        return number
    }

    mutating func add(_ label: Label, at place: Int) {
        let (document, layer) = places[place]
        corpus.documents[document].layers[layer].labels.append(label)
    }

    mutating func add(turnOf speaker: Range<Int>, in text: [UInt8], id: (letter: Unicode.Scalar, number: Int), _ span: Span, at place: Int) {
        let (document, layer) = places[place]
        corpus.documents[document].layers[layer].labels.append(turnOf: speaker, in: text, id: id, span)
    }

    mutating func add(_ attribute: Attribute) { corpus.attributes.append(attribute) }
}

/// Numbers for the layers of media, fast where neighbours share theirs.
struct PlaceTable {
    private struct Key: Hashable {
        let media, layer: String
    }

    private var numbers: [Key: Int] = [:]
    private var latest: (key: Key, number: Int)?

    mutating func number(media: String, layer: String) -> (number: Int, isNew: Bool) {
        let key = Key(media: media, layer: layer)
        if let latest, latest.key == key { return (latest.number, false) }
        let known = numbers[key]
        let number = known ?? numbers.count
        if known == nil { numbers[key] = number }
        latest = (key, number)
        return (number, known == nil)
    }
}
