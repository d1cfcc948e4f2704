import Timeline

/// One line of RTTM in its fields.
struct RTTMLine {
    enum Field: Int {
        case type, file, channel, start, duration, orthography, subtype, speaker, confidence, lookahead
    }

    let type: RTTMType
    let text: [UInt8]
    /// Fields of the line, ten at most.
    private let count: Int
    private let origin: Int
    private let starts, ends: SIMD16<Int32>
    /// A bit for each field that is `<NA>` or not there.
    private let absent: UInt16

    /// - Parameter origin: where the line begins in the text.
    init(type: RTTMType, fields: LineFields, origin: Int, text: [UInt8]) {
        (self.type, self.text, self.origin, count) = (type, text, origin, fields.count)
        (starts, ends) = fields.packed
        var absent = ~UInt16(0)
        for index in 0..<min(count, 10) {
            let isNA = ends[index] - starts[index] == 4 && text.has("<NA>", at: origin + Int(starts[index]))
            if !isNA { absent &= ~(1 << UInt16(index)) }
        }
        self.absent = absent
    }

    /// Where a field stands; empty for one that the line does not have.
    func field(_ field: Field) -> Range<Int> { origin + Int(starts[field.rawValue])..<origin + Int(ends[field.rawValue]) }

    func isNA(_ field: Field) -> Bool { absent & 1 << UInt16(field.rawValue) != 0 }

    /// A time in seconds; a `*` after it, as in asterisked numbers, is passed over.
    func seconds(_ field: Field) -> DecimalSeconds? { DecimalSeconds(text, unmarked(field)) }

    private func unmarked(_ field: Field) -> Range<Int> { self.field(field).dropLast(markLength(field)) }

    /// Asterisks after a time.
    private func markLength(_ field: Field) -> Int {
        let range = self.field(field)
        guard let last = range.last, text[last] == .ascii("*") else { return 0 }
        return text[range].reversed().prefix { $0 == .ascii("*") }.count
    }

    func string(_ field: Field) -> String? { isNA(field) ? nil : text.string(self.field(field)) }

    var isLowerCase: Bool {
        for index in field(.type) where text[index] &- 0x61 < 26 { return true }
        return false
    }

    /// Whether the objects of the line's type that have these times state them otherwise.
    var isUntimed: Bool { isNA(.start) && isNA(.duration) }

    var content: Content {
        switch type {
        case .speaker: return .turn(SpeakerTurn(speaker: string(.speaker) ?? "", text: string(.orthography)))
        case .lexeme: return .word(Word(string(.orthography) ?? "", speaker: string(.speaker)))
        default: return .tag(Tag(string(.subtype) ?? ""))
        }
    }

    /// What the model has no place for, in this type of object.
    ///
    /// - Parameters:
    ///   - start, duration: as read; nil where the line states none.
    ///   - digits: after the point of times that the layer is written with.
    func attributes(start: DecimalSeconds?, duration: DecimalSeconds?, digits: Int) -> [Attribute] {
        var attributes: [Attribute] = []
        func keep(_ name: String, _ field: Field) { if let value = string(field) { attributes.append(Attribute("rttm.\(name)", value)) } }
        if type != .speaker, type != .lexeme { keep("orthography", .orthography); keep("speaker", .speaker) } else { keep("subtype", .subtype) }
        keepTimes(start, duration, digits, in: &attributes)
        if !isNA(.confidence), confidence == nil { keep("confidence", .confidence) }
        keep("lookahead", .lookahead)
        return attributes
    }

    /// Keeps times as they are written where the label's span and the layer's digits do not say it.
    private func keepTimes(_ start: DecimalSeconds?, _ duration: DecimalSeconds?, _ digits: Int, in attributes: inout [Attribute]) {
        guard !isUntimed else {
            attributes.append(Attribute("rttm.untimed", "1"))
            return
        }
        let isFine = start?.isFinerThanTicks(text, unmarked(.start), least: digits) ?? false
        if isFine || markLength(.start) > 0 { attributes.append(Attribute("rttm.start", text.string(field(.start)))) }
        let isUsual = type.isInstant ? duration == nil : duration != nil
        let isDurationFine = duration?.isFinerThanTicks(text, unmarked(.duration), least: digits) ?? false
        if !isUsual || isDurationFine || markLength(.duration) > 0 {
            attributes.append(Attribute("rttm.duration", isNA(.duration) ? "<NA>" : text.string(field(.duration))))
        }
    }

    /// Nil where none is stated, or one that is no number of 0 to 1.
    var confidence: Confidence? { isNA(.confidence) ? nil : DecimalScore.read(text, field(.confidence)).flatMap(Confidence.init) }

    /// Digits after the point of the start, at most ten.
    var timeDigits: Int { min(10, seconds(.start)?.fractionDigits ?? 3) }

    /// What the first object of a layer says of the way its file writes objects.
    var layerAttributes: [Attribute] {
        var attributes = [Attribute("rttm.type", type.rawValue)]
        let channel = text.string(field(.channel))
        if channel != "1" { attributes.append(Attribute("rttm.channel", channel)) }
        let digits = timeDigits
        if digits != 3 { attributes.append(Attribute("rttm.digits", String(digits))) }
        let scoreDigits = isNA(.confidence) ? 0 : min(20, DecimalScore.fractionDigits(text, field(.confidence)))
        if scoreDigits > 0 { attributes.append(Attribute("rttm.confidence-digits", String(scoreDigits))) }
        if count < 10 { attributes.append(Attribute("rttm.fields", "9")) }
        return attributes
    }
}
