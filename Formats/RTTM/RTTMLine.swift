import Timeline

/// One line of RTTM in its fields.
struct RTTMLine {
    enum Field: Int {
        case type, file, channel, start, duration, orthography, subtype, speaker, confidence, lookahead
    }

    let type: RTTMType
    let fields: LineFields
    /// Fields that the file name takes beyond its own, where it holds spaces.
    let shift: Int
    let text: [UInt8]

    /// Where a field stands; empty for one that the line does not have.
    func field(_ field: Field) -> Range<Int> {
        switch field {
        case .type: return fields[0]
        case .file: return fields[1].lowerBound..<fields[1 + shift].upperBound
        default:
            let index = field.rawValue + shift
            return index < fields.count ? fields[index] : 0..<0
        }
    }

    func isNA(_ field: Field) -> Bool {
        let range = self.field(field)
        return range.isEmpty || range.count == 4 && text.has("<NA>", at: range.lowerBound)
    }

    /// A time in seconds; a `*` after it, as in asterisked numbers, is passed over.
    func seconds(_ field: Field) -> DecimalSeconds? {
        var range = self.field(field)
        if let last = range.last, text[last] == .ascii("*") { range = range.lowerBound..<last }
        return DecimalSeconds(text, range)
    }

    private func string(_ field: Field) -> String? { isNA(field) ? nil : text.string(self.field(field)) }

    var isLowerCase: Bool { !text[field(.type)].elementsEqual(type.rawValue.utf8) }

    /// Digits after the point of the start, at most ten.
    var fractionDigits: Int { min(10, seconds(.start)?.fractionDigits ?? 3) }

    var content: Content {
        switch type {
        case .speaker: return .turn(SpeakerTurn(speaker: string(.speaker) ?? "", text: string(.orthography)))
        case .lexeme: return .word(Word(string(.orthography) ?? "", speaker: string(.speaker)))
        default: return .tag(Tag(string(.subtype) ?? "", vocabulary: type.vocabulary))
        }
    }

    /// What the model has no place for, in this type of object.
    var attributes: [Attribute] {
        var attributes: [Attribute] = []
        func keep(_ name: String, _ field: Field) { if let value = string(field) { attributes.append(Attribute("rttm.\(name)", value)) } }
        if isNA(.start), isNA(.duration) { attributes.append(Attribute("rttm.untimed", "1")) }
        if type != .speaker, type != .lexeme { keep("orthography", .orthography); keep("speaker", .speaker) } else { keep("subtype", .subtype) }
        if !isNA(.confidence), Double(text.string(field(.confidence))).flatMap(Confidence.init) == nil { keep("confidence", .confidence) }
        keep("lookahead", .lookahead)
        return attributes
    }
}
