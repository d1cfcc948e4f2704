import Timeline

/// Writes Advanced SubStation Alpha; a document that came from it gets its script info, styles, comments, fonts and fields back.
struct SubStationWriter: CueWriting {
    private let head: String
    private let blocks, end: [String]
    /// The order of fields where the writer stands; blocks between events can change it.
    private var order = SubStationOrder()
    /// The parts of an event of which only the held fields say something.
    private var usual: [EventFields.Part]
    private var comments: ArraySlice<(place: Int, label: Label, cue: Cue)>
    private var times = TimesWriter(.subStation)
    private var count = 0

    init(_ document: Document) {
        let stated = SubStationHead(document.attributes["ass.head"] ?? SubStation.usualHead)
        (head, usual) = (stated.text, stated.fields.usualParts)
        order.take(head)
        blocks = document.attributes.values(of: "ass.block")
        end = document.attributes.values(of: "ass.end")
        let hidden = document.layers.filter(\.isHidden).flatMap { layer in
            layer.labels.compactMap { label -> (place: Int, label: Label, cue: Cue)? in
                guard case .cue(let cue) = label.content else { return nil }
                return (label.attributes["ass.place"].flatMap { Int($0) } ?? 0, label, cue)
            }
        }
        comments = hidden.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)[...]
    }

    mutating func begin(to bytes: inout [UInt8]) {
        bytes += head.utf8
        bytes.append(Byte.lineFeed)
        append(blocks, to: &bytes)
    }

    mutating func write(_ label: Label, _ cue: Cue, to bytes: inout [UInt8]) {
        writeComments(upTo: count, to: &bytes)
        count += 1
        append("Dialogue: ", label, cue, to: &bytes)
    }

    mutating func finish(to bytes: inout [UInt8]) {
        writeComments(upTo: .max, to: &bytes)
        if !end.isEmpty { bytes.append(Byte.lineFeed) }
        append(end, to: &bytes)
    }

    private mutating func writeComments(upTo place: Int, to bytes: inout [UInt8]) {
        while let comment = comments.first, comment.place <= place {
            append("Comment: ", comment.label, comment.cue, to: &bytes)
            comments.removeFirst()
        }
    }

    private mutating func append(_ blocks: [String], to bytes: inout [UInt8]) {
        for block in blocks where !block.isEmpty {
            bytes += block.utf8
            bytes.append(Byte.lineFeed)
            let before = order.fields
            order.take(block)
            if order.fields != before { usual = order.fields.usualParts }
        }
    }

    // MARK: Events

    private mutating func append(_ kind: StaticString, _ label: Label, _ cue: Cue, to bytes: inout [UInt8]) {
        let attributes = label.attributes
        if !attributes.isEmpty { append(attributes.values(of: "ass.block"), to: &bytes) }
        kind.withUTF8Buffer { bytes.append(contentsOf: $0) }
        let stamps = times.stamps(label)
        guard !attributes.isEmpty else {
            for part in usual { append(part, label, cue, stamps, to: &bytes) }
            return bytes.append(Byte.lineFeed)
        }
        for index in 0..<order.fields.count {
            if index > 0 { bytes.append(.ascii(",")) }
            appendField(index, label, cue, stamps, to: &bytes)
        }
        bytes.append(Byte.lineFeed)
    }

    private func appendField(_ index: Int, _ label: Label, _ cue: Cue, _ stamps: TimesWriter.Stamps, to bytes: inout [UInt8]) {
        if let kept = order.fields.kept[index] {
            Self.appendName(label.attributes[kept.attribute] ?? kept.usual, to: &bytes)
        } else {
            append(order.fields.part(index), label, cue, stamps, to: &bytes)
        }
    }

    private func append(_ part: EventFields.Part, _ label: Label, _ cue: Cue, _ stamps: TimesWriter.Stamps, to bytes: inout [UInt8]) {
        switch part {
        case .literal(let literal): bytes += literal
        case .start: append(stamps, isEnd: false, to: &bytes)
        case .end: append(stamps, isEnd: true, to: &bytes)
        case .name: Self.appendName(cue.speaker ?? cue.text.runs.lazy.compactMap(\.voice).first ?? "", to: &bytes)
        case .text: appendText(label, cue, to: &bytes)
        }
    }

    private func append(_ stamps: TimesWriter.Stamps, isEnd: Bool, to bytes: inout [UInt8]) {
        switch stamps {
        case .units(let style, let start, let end): style.append(units: isEnd ? end : start, to: &bytes)
        case .stated(let text):
            let fields = text.split(separator: ",")
            bytes += (isEnd ? fields.last : fields.first)?.utf8 ?? "".utf8[...]
        }
    }

    /// A field before the last one: no comma and no line end.
    private static func appendName(_ name: String, to bytes: inout [UInt8]) {
        bytes.append(name, special: { $0 == .ascii(",") || $0 == Byte.lineFeed || $0 == Byte.carriageReturn }) {
            $1.append($0 == .ascii(",") ? .ascii(";") : Byte.space)
        }
    }

    // MARK: Text

    /// The event's own text where it came from this format and was not edited, override blocks and all.
    private func appendText(_ label: Label, _ cue: Cue, to bytes: inout [UInt8]) {
        if !label.attributes.isEmpty, let raw = label.attributes["ass.text"].map({ Array($0.utf8) }), !raw.contains(Byte.lineFeed),
            SubStation.runs(of: raw) == cue.text
        {
            bytes += raw
        } else {
            Self.append(cue.text, to: &bytes)
        }
    }

    static func append(_ text: CueText, to bytes: inout [UInt8]) {
        var style: TextStyle = []
        for run in text.runs {
            if run.style != style { appendOverrides(from: style, to: run.style, &bytes) }
            style = run.style
            appendEscaped(run.text, to: &bytes)
        }
    }

    private static func appendOverrides(from old: TextStyle, to new: TextStyle, _ bytes: inout [UInt8]) {
        let looks: [(TextStyle, String)] = [(.bold, "b"), (.italic, "i"), (.underlined, "u"), (.struckOut, "s")]
        let changes = looks.filter { old.contains($0.0) != new.contains($0.0) }
        guard !changes.isEmpty else { return }
        bytes += ("{" + changes.map { "\\\($0.1)\(new.contains($0.0) ? 1 : 0)" }.joined() + "}").utf8
    }

    /// A word joiner after a backslash keeps it from being read as an escape, as mpv does.
    private static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(text, special: isSpecial) { byte, bytes in
            switch byte {
            case Byte.lineFeed: bytes += "\\N".utf8
            case Byte.carriageReturn: return
            case .ascii("{"), .ascii("}"):
                bytes.append(.ascii("\\"))
                bytes.append(byte)
            case .ascii("\\"): bytes += "\\\u{2060}".utf8
            case Byte.nul: bytes += "\u{FFFD}".utf8
            case 0xA0 where bytes.last == 0xC2:
                bytes.removeLast()
                bytes += "\\h".utf8
            default: bytes.append(byte)
            }
        }
    }

    @inline(__always) private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < Byte.space || byte == .ascii("{") || byte == .ascii("}") || byte == .ascii("\\") || byte == 0xA0
    }
}

/// The lines before the first event, with an events section whose fields can be written.
struct SubStationHead {
    let text: String
    private(set) var fields: EventFields

    /// - Parameter stated: as a file had it.
    init(_ stated: String) {
        var order = SubStationOrder()
        order.take(stated)
        fields = order.fields
        text = order.isInEvents ? stated : stated + (stated.isEmpty ? "" : "\n\n") + "[Events]\n" + SubStation.eventFormat
        if !order.isInEvents { fields = .standard }
    }
}

/// The order of fields as lines that are no events change it.
struct SubStationOrder {
    private(set) var fields = EventFields.standard
    private(set) var isInEvents = false

    /// Takes lines of a script as the reader does.
    mutating func take(_ text: String) {
        let bytes = Array(text.utf8)
        for line in LineScanner(bytes) {
            let content = bytes.trimmed(line.range)
            guard let first = content.first else { continue }
            if bytes[first] == .ascii("["), bytes[content.upperBound - 1] == .ascii("]") {
                isInEvents = bytes.hasFolded("[events]", at: first, before: content.upperBound)
            } else if isInEvents, bytes.hasFolded("format:", at: first, before: content.upperBound) {
                let stated = EventFields(bytes, first + 7..<content.upperBound)
                if stated.isUsable { fields = stated }
            }
        }
    }
}
