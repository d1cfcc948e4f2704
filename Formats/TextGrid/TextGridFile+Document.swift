import Timeline

extension TextGridFile {
    /// The tiers as layers. What writing would not return by itself is kept in attributes:
    ///
    /// - `textgrid.form`, `textgrid.encoding`: where they are not long and UTF-8.
    /// - `textgrid.domain`: start and end of the grid, where they do not follow from the media and the labels.
    /// - `textgrid.tier` of a layer, once for each of its tiers: class, start, end and all bounds, see ``TextGridTier/description``.
    /// - `textgrid.name` of a layer: its tier's name, where that is not the layer's id.
    func document(media name: String) -> Document {
        var document = Document(media: Media(name: name))
        var (ids, labelCount, lastEnd) = (Set<String>(), 0, Int64(0))
        for group in groups() {
            var layer = layer(of: group, ids: &ids)
            for index in group { Self.addLabels(of: tiers[index], to: &layer, count: &labelCount, lastEnd: &lastEnd) }
            document.layers.append(layer)
        }
        if start.ticks == 0, end.ticks > lastEnd { document.media.duration = TimeDelta(ticks: end.ticks) }
        if form != .long { document.attributes.append(Attribute("textgrid.form", form.rawValue)) }
        if let encoding { document.attributes.append(Attribute("textgrid.encoding", encoding)) }
        if start.ticks != 0 || end.ticks < lastEnd || !isPlain(start) || !isPlain(end) {
            document.attributes.append(Attribute("textgrid.domain", "\(string(start)) \(string(end))"))
        }
        return document
    }

    private func isPlain(_ time: TextGridTime) -> Bool { time.digits.isEmpty || TextGridTime.isPlain(digits, time.digits.range) }

    private func string(_ time: TextGridTime) -> String {
        var bytes: [UInt8] = []
        time.append(from: digits, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Layers

    /// The tiers of each layer: one, or several where a layer of ours needed them.
    private func groups() -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for (index, tier) in tiers.enumerated() {
            if let group = groups.last, let part = TextGridPart(tier.name), part.number == group.count + 1, part.name == tiers[group.lowerBound].name {
                groups[groups.count - 1] = group.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }

    private func layer(of group: Range<Int>, ids: inout Set<String>) -> Layer {
        let name = tiers[group.lowerBound].name
        var (id, number) = (name.isEmpty ? "tier \(group.lowerBound + 1)" : name, 2)
        while !ids.insert(id).inserted {
            id = "\(name)-\(number)"
            number += 1
        }
        var layer = Layer(id: id, kind: TextGrid.kind(ofTier: name))
        if id != name { layer.attributes.append(Attribute("textgrid.name", name)) }
        if group.count > 1 || !isRegular(tiers[group.lowerBound]) {
            for index in group { layer.attributes.append(Attribute("textgrid.tier", tiers[index].description)) }
        }
        return layer
    }

    private static func addLabels(of tier: TextGridTier, to layer: inout Layer, count: inout Int, lastEnd: inout Int64) {
        for item in tier.items where tier.isPoints || !item.text.isEmpty {
            count += 1
            let content: Content = switch layer.kind {
            case .words: .word(Word(item.text))
            case .phones: .phone(Phone(item.text))
            default: .cue(Cue(CueText(item.text)))
            }
            let span = item.span
            lastEnd = max(lastEnd, span.end.ticks)
            layer.labels.append(Label(id: LabelID("t\(count)"), span: span, content: content))
        }
    }

    /// Whether the tier is what ``init(_:)`` would make of its labels.
    private func isRegular(_ tier: TextGridTier) -> Bool {
        guard tier.start.ticks == start.ticks, tier.end.ticks == end.ticks, !tier.items.isEmpty else { return false }
        func isPlain(_ time: TextGridTime) -> Bool { time.digits.isEmpty || TextGridTime.isPlain(tier.digits, time.digits.range) }
        guard isPlain(tier.start), isPlain(tier.end), isPlain(start), isPlain(end) else { return false }
        var (before, wasEmpty) = (tier.start.ticks, false)
        for (index, item) in tier.items.enumerated() {
            guard isPlain(item.start), isPlain(item.end) else { return false }
            if tier.isPoints {
                guard item.start.ticks > before || index == 0 && item.start.ticks == before, !item.text.isEmpty else { return false }
            } else {
                guard item.start.ticks == before, item.end.ticks > before, !(wasEmpty && item.text.isEmpty) else { return false }
            }
            (before, wasEmpty) = (item.end.ticks, item.text.isEmpty)
        }
        return tier.isPoints || before == tier.end.ticks
    }
}

extension TextGridTier.Item {
    /// An instant for a point, and for an interval that does not end after it starts.
    var span: Span {
        let begin = Timestamp(ticks: start.ticks)
        return Segment(start: begin, end: Timestamp(ticks: end.ticks)).map(Span.segment) ?? .instant(begin)
    }
}

/// The name of a tier that goes on with the layer of the tier before it: `words (part 2)`.
struct TextGridPart {
    let name: String
    let number: Int

    init(name: String, number: Int) { (self.name, self.number) = (name, number) }

    init?(_ tier: String) {
        guard tier.hasSuffix(")"), let start = tier.range(ofPart: " (part ") , let number = Int(tier[start.upperBound...].dropLast()), number > 1 else { return nil }
        self.init(name: String(tier[..<start.lowerBound]), number: number)
    }

    var description: String { number == 1 ? name : "\(name) (part \(number))" }
}

extension String {
    /// The last place of a piece.
    fileprivate func range(ofPart piece: String) -> Range<Index>? {
        guard let open = lastIndex(of: "("), let start = index(open, offsetBy: -1, limitedBy: startIndex), self[start...].hasPrefix(piece) else { return nil }
        return start..<index(start, offsetBy: piece.count)
    }
}

extension TextGridTier {
    /// Class, start and end, then the bounds of all items as the file spells them: of intervals the ends, with `|` and a start
    /// of its own before one that does not start where the one above it ends.
    ///
    ///     IntervalTier 0 2.5 0 1.25 2 | 2.25 2.5
    var description: String {
        var bytes = Array(className.utf8)
        func append(_ time: TextGridTime) {
            bytes.append(Byte.space)
            time.append(from: digits, to: &bytes)
        }
        append(start)
        append(end)
        var before: TextGridTime?
        for item in items {
            if !isPoints {
                if let before, !isSame(before, item.start) { bytes += " |".utf8 }
                if before.map({ !isSame($0, item.start) }) ?? true { append(item.start) }
                before = item.end
            }
            append(item.end)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func isSame(_ a: TextGridTime, _ b: TextGridTime) -> Bool {
        a.ticks == b.ticks && (a.digits == b.digits || digits[a.digits.range].elementsEqual(digits[b.digits.range]))
    }

    /// The tier of a ``description``, without name and texts; nil when it is none.
    init?(description: String) {
        digits = Array(description.utf8)
        var fields = TextGridFields(digits)
        guard let first = fields.next(), let start = fields.time(), let end = fields.time() else { return nil }
        switch digits.string(first) {
        case "IntervalTier": isPoints = false
        case "TextTier": isPoints = true
        default: return nil
        }
        (self.start, self.end) = (start, end)
        guard fields.readItems(into: &self) else { return nil }
    }
}

/// The numbers of a tier's description.
private struct TextGridFields {
    let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func next() -> Range<Int>? {
        while position < text.count, text[position] == Byte.space { position += 1 }
        let start = position
        while position < text.count, text[position] != Byte.space { position += 1 }
        return start < position ? start..<position : nil
    }

    mutating func time() -> TextGridTime? {
        guard let field = next() else { return nil }
        return time(field)
    }

    private func time(_ field: Range<Int>) -> TextGridTime? {
        guard let seconds = DecimalSeconds(text, field), !seconds.hasComma else { return nil }
        return TextGridTime(ticks: seconds.ticks, digits: ByteRange(field))
    }

    /// False when a field is no number.
    mutating func readItems(into tier: inout TextGridTier) -> Bool {
        var before: TextGridTime?
        while var field = next() {
            if field.count == 1, text[field.lowerBound] == .ascii("|") {
                before = nil
                guard let next = next() else { return false }
                field = next
            }
            guard let time = time(field) else { return false }
            if tier.isPoints {
                tier.items.append(.init(start: time, end: time, text: ""))
                continue
            }
            if let before { tier.items.append(.init(start: before, end: time, text: "")) }
            before = time
        }
        return true
    }
}
