/// What the records of a ``LabelList`` point to: bytes of ids and texts, names that repeat, and labels too rich to pack.
struct LabelPool: Sendable {
    private var bytes: [UInt8] = []
    private var names = Interned<String>()
    private var shortNames = ShortNames()
    private var sources = Interned<SourceID>()
    private var attributes = Interned<[Attribute]>()
    private var wholes: [Label] = []

    func whole(_ record: LabelRecord) -> Label { wholes[Int(record.offset)] }

    func source(_ record: LabelRecord) -> SourceID? {
        guard record.form != .whole else { return whole(record).source }
        return record.source < 0 ? nil : sources[Int32(record.source)]
    }

    /// The letter and the number of an id that only counts; nil for any other.
    func counter(_ record: LabelRecord) -> (letter: UInt8, number: Int)? {
        guard record.form != .whole else { return whole(record).id.counter }
        let start = Int(record.offset)
        return LabelID.counter(bytes[start..<start + Int(record.idLength)])
    }

    // MARK: Packing

    mutating func pack(_ label: Label) -> LabelRecord {
        packed(label) ?? stored(label)
    }

    private mutating func stored(_ label: Label) -> LabelRecord {
        var record = LabelRecord()
        record.offset = UInt32(wholes.count)
        wholes.append(label)
        return record
    }

    /// Nil when the label has to be stored as it is.
    private mutating func packed(_ label: Label) -> LabelRecord? {
        guard let plain = Plain(label.content, span: label.span), label.id.name.utf8.count <= Int(UInt16.max), bytes.count < 1 << 31,
            plain.text.utf8.count < 1 << 30, sources.hasRoom(Int16.max), attributes.hasRoom(Int32.max), names.hasRoom(Int32.max)
        else { return nil }
        var record = LabelRecord()
        record.setSpan(label.span)
        record.form = plain.form
        record.confidence = label.confidence?.value ?? -1
        record.review = UInt8(ReviewState.allCases.firstIndex(of: label.review) ?? 0)
        record.offset = UInt32(bytes.count)
        bytes.append(contentsOf: label.id.name.utf8)
        record.idLength = UInt16(label.id.name.utf8.count)
        appendText(plain)
        record.textLength = UInt32(bytes.count) - record.offset - UInt32(record.idLength)
        if let name = plain.name { record.name = names.number(of: name) }
        if let source = label.source { record.source = Int16(sources.number(of: source)) }
        if !label.attributes.isEmpty { record.attributes = attributes.number(of: label.attributes) }
        return record
    }

    /// A cue of plain text without a label of its own; nil when it has to be stored as one.
    mutating func pack(
        cue text: [UInt8], _ range: Range<Int>, id: LabelID, span: Span, speaker: String?, source: SourceID?, attributes list: [Attribute]
    ) -> LabelRecord? {
        guard id.name.utf8.count <= Int(UInt16.max), bytes.count < 1 << 31, range.count < 1 << 30, sources.hasRoom(Int16.max),
            attributes.hasRoom(Int32.max), names.hasRoom(Int32.max)
        else { return nil }
        var record = LabelRecord()
        record.setSpan(span)
        record.form = .cue
        record.offset = UInt32(bytes.count)
        bytes.append(contentsOf: id.name.utf8)
        record.idLength = UInt16(bytes.count - Int(record.offset))
        bytes.append(contentsOf: text[range])
        record.textLength = UInt32(range.count)
        if let speaker { record.name = names.number(of: speaker) }
        if let source { record.source = Int16(sources.number(of: source)) }
        if !list.isEmpty { record.attributes = attributes.number(of: list) }
        return record
    }

    /// A turn without text and attributes, and without a label of its own; nil when it has to be stored as one.
    mutating func pack(turnOf speaker: Range<Int>, in text: [UInt8], id: (letter: Unicode.Scalar, number: Int), _ span: Span) -> LabelRecord? {
        guard bytes.count < 1 << 31, names.hasRoom(Int32.max) else { return nil }
        var record = LabelRecord()
        record.setSpan(span)
        record.form = .turn
        record.offset = UInt32(bytes.count)
        appendID(id)
        record.idLength = UInt16(bytes.count - Int(record.offset))
        record.name = shortNames.number(of: text, speaker) { names.number(of: String(decoding: text[speaker], as: UTF8.self)) }
        return record
    }

    /// As ``LabelID/init(_:_:)`` writes it.
    private mutating func appendID(_ id: (letter: Unicode.Scalar, number: Int)) {
        bytes.append(UInt8(truncatingIfNeeded: id.letter.value))
        let first = bytes.count
        var rest = id.number
        repeat {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[first...].reverse()
    }

    mutating func reserveText(_ count: Int) { bytes.reserveCapacity(count) }

    private mutating func appendText(_ plain: Plain) {
        bytes.append(contentsOf: plain.text.utf8)
        guard let box = plain.box else { return }
        for side in [box.x, box.y, box.width, box.height] { withUnsafeBytes(of: side.bitPattern) { bytes.append(contentsOf: $0) } }
    }

    // MARK: Unpacking

    func unpack(_ record: LabelRecord) -> Label {
        guard let span = record.span else { return whole(record) }
        let idEnd = Int(record.offset) + Int(record.idLength)
        let id = LabelID(String(decoding: bytes[Int(record.offset)..<idEnd], as: UTF8.self))
        return Label(
            id: id, span: span, content: content(record, bytes[idEnd..<idEnd + Int(record.textLength)]),
            confidence: Confidence(record.confidence), source: record.source < 0 ? nil : sources[Int32(record.source)],
            review: ReviewState.allCases[Int(record.review)], attributes: record.attributes < 0 ? [] : attributes[record.attributes])
    }

    private func content(_ record: LabelRecord, _ text: ArraySlice<UInt8>) -> Content {
        let name = record.name < 0 ? nil : names[record.name]
        func string() -> String { String(decoding: text, as: UTF8.self) }
        switch record.form {
        case .cue: return .cue(Cue(CueText(string()), speaker: name))
        case .word: return .word(Word(string(), speaker: name))
        case .phone: return .phone(Phone(string(), alphabet: name))
        case .turn: return .turn(SpeakerTurn(speaker: name ?? ""))
        case .turnWithText: return .turn(SpeakerTurn(speaker: name ?? "", text: string()))
        case .tag: return .tag(Tag(string(), vocabulary: name))
        case .box, .whole: return .track(Track(name ?? "", keyframes: [Keyframe(time: Timestamp(ticks: record.start), shape: .box(Self.box(text)))]))
        }
    }

    private static func box(_ bytes: ArraySlice<UInt8>) -> Box {
        let sides = bytes.withUnsafeBytes { raw in
            (0..<4).map { Double(bitPattern: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)) }
        }
        return Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3])
    }
}

/// The parts of a content that can be packed.
private struct Plain {
    let form: LabelRecord.Form
    var text = ""
    var name: String?
    var box: Box?

    /// Nil for content that has more than one text and one name.
    init?(_ content: Content, span: Span) {
        switch content {
        case .cue(let cue):
            // An empty text has no run, and a run without a look is its text alone.
            guard cue.text.runs.count <= 1, cue.text.runs.first.map({ $0 == TextRun($0.text) && !$0.text.isEmpty }) ?? true else { return nil }
            (form, text, name) = (.cue, cue.text.plain, cue.speaker)
        case .word(let word): (form, text, name) = (.word, word.text, word.speaker)
        case .phone(let phone): (form, text, name) = (.phone, phone.symbol, phone.alphabet)
        case .turn(let turn): (form, text, name) = (turn.text == nil ? .turn : .turnWithText, turn.text ?? "", turn.speaker)
        case .tag(let tag): (form, text, name) = (.tag, tag.name, tag.vocabulary)
        case .track(let track):
            guard track.interpolation == .none, track.keyframes.count == 1, case .box(let box) = track.keyframes[0].shape,
                track.keyframes[0] == Keyframe(time: span.start, shape: .box(box))
            else { return nil }
            (form, name, self.box) = (.box, track.category, box)
        case .emotion, .entity: return nil
        }
    }
}

/// Values that repeat, each stored once under a number.
private struct Interned<Value: Hashable & Sendable>: Sendable {
    private var values: [Value] = []
    private var numbers: [Value: Int32] = [:]
    private var latest: Int32 = -1

    subscript(number: Int32) -> Value { values[Int(number)] }

    func hasRoom<Limit: FixedWidthInteger>(_ limit: Limit) -> Bool { values.count < Int(limit) }

    mutating func number(of value: Value) -> Int32 {
        // Neighbours mostly share their names, so the latest is tried before the table.
        if latest >= 0, values[Int(latest)] == value { return latest }
        if let known = numbers[value] {
            latest = known
            return known
        }
        latest = Int32(values.count)
        values.append(value)
        numbers[value] = latest
        return latest
    }
}

/// Numbers of names of at most 16 bytes by their bytes, so that a name that comes again needs no string.
private struct ShortNames: Sendable {
    private struct Entry: Sendable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var count = -1
        var number: Int32 = -1
    }

    private var entries = [Entry](repeating: Entry(), count: 64)

    /// - Parameter find: gives the number of a name that is not remembered.
    mutating func number(of text: [UInt8], _ range: Range<Int>, find: () -> Int32) -> Int32 {
        let count = range.count
        guard count <= 16 else { return find() }
        var words = (low: UInt64(0), high: UInt64(0))
        for index in 0..<min(8, count) { words.low |= UInt64(text[range.lowerBound + index]) << UInt64(8 * index) }
        for index in 8..<max(8, count) { words.high |= UInt64(text[range.lowerBound + index]) << UInt64(8 * (index - 8)) }
        let place = Int(truncatingIfNeeded: ((words.low ^ words.high) &* 0x9E37_79B9_7F4A_7C15) >> 58)
        let known = entries[place]
        if known.low == words.low, known.high == words.high, known.count == count { return known.number }
        let number = find()
        entries[place] = Entry(low: words.low, high: words.high, count: count, number: number)
        return number
    }
}
