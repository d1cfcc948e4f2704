/// The labels of a layer, in 48 bytes each plus their text: a collection of ``Label`` that packs plain ones.
///
/// A label whose content is plain (text without looks, a turn, a tag, a box in one frame) is stored as a record; its id and
/// text stand in one block of bytes, and names, sources and attributes that repeat are stored once. Any other label is stored
/// as it is. What is read back is equal to what was put in.
public struct LabelList: Sendable {
    private var records: [LabelRecord] = []
    private var pool = LabelPool()

    public init() {}

    public init(_ labels: some Sequence<Label>) {
        reserveCapacity(labels.underestimatedCount)
        for label in labels { append(label) }
    }

    public mutating func append(_ label: Label) { records.append(pool.pack(label)) }

    /// Appends a cue of plain text by the bytes of the text, in UTF-8, as a reader of a large file has them: equal to appending
    /// the ``Label``, and without making one.
    public mutating func append(
        cue text: [UInt8], _ range: Range<Int>, id: LabelID, span: Span, speaker: String? = nil, source: SourceID? = nil,
        attributes: [Attribute] = []
    ) {
        if let record = pool.pack(cue: text, range, id: id, span: span, speaker: speaker, source: source, attributes: attributes) {
            return records.append(record)
        }
        let cue = Cue(CueText(String(decoding: text[range], as: UTF8.self)), speaker: speaker)
        append(Label(id: id, span: span, content: .cue(cue), source: source, attributes: attributes))
    }

    /// Appends a turn by the bytes of its speaker's name, in UTF-8, and an id that counts: equal to appending the ``Label``, and
    /// without making one.
    public mutating func append(turnOf speaker: Range<Int>, in text: [UInt8], id: (letter: Unicode.Scalar, number: Int), _ span: Span) {
        if let record = pool.pack(turnOf: speaker, in: text, id: id, span) { return records.append(record) }
        let turn = SpeakerTurn(speaker: String(decoding: text[speaker], as: UTF8.self))
        append(Label(id: LabelID(id.letter, id.number), span: span, content: .turn(turn)))
    }

    /// Makes room for labels and for the bytes of their ids and texts.
    public mutating func reserveCapacity(_ count: Int, textBytes: Int) {
        records.reserveCapacity(count)
        pool.reserveText(textBytes)
    }

    /// The letter and the number of a label's id where it only counts (``LabelID/isCounter``), without reading the rest of it.
    public func counter(at index: Int) -> (letter: UInt8, number: Int)? { pool.counter(records[index]) }

    /// The span of a label, without reading the rest of it.
    public func span(at index: Int) -> Span { records[index].span ?? pool.whole(records[index]).span }

    /// The source of a label, without reading the rest of it.
    public func source(at index: Int) -> SourceID? { pool.source(records[index]) }
}

extension LabelList: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { records.count }

    public subscript(index: Int) -> Label {
        get { pool.unpack(records[index]) }
        set { records[index] = pool.pack(newValue) }
    }

    public mutating func replaceSubrange(_ range: Range<Int>, with labels: some Collection<Label>) {
        records.replaceSubrange(range, with: labels.map { pool.pack($0) })
    }

    public mutating func reserveCapacity(_ count: Int) { records.reserveCapacity(count) }
}

extension LabelList: ExpressibleByArrayLiteral, Hashable {
    public init(arrayLiteral labels: Label...) { self.init(labels) }

    public static func == (a: LabelList, b: LabelList) -> Bool { a.count == b.count && zip(a, b).allSatisfy(==) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for label in self { hasher.combine(label) }
    }
}
