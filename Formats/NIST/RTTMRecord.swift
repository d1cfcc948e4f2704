import Timeline

/// One line of RTTM as NIST's validator sees it.
struct RTTMRecord {
    let fields: [NISTField]

    var type: NISTField { fields[0] }
    var file: NISTField { fields[1] }
    var channel: NISTField { fields[2] }
    var start: NISTField { fields[3] }
    var duration: NISTField { fields[4] }
    var orthography: NISTField { fields[5] }
    var subtype: NISTField { fields[6] }
    var speaker: NISTField { fields[7] }
    var confidence: NISTField { fields[8] }
}

/// A record whose fields are in order, as the checks between records need it.
struct RTTMObject {
    let position: TextPosition
    /// Ticks; the end is the start where there is no duration.
    let start, end: Int64
    /// As the line writes it, for the remark.
    let startText: String
    /// In capital letters.
    let subtype: String

    init(_ record: RTTMRecord) {
        position = TextPosition(line: record.type.line.number)
        (start, startText) = (Self.ticks(record.start) ?? 0, record.start.string)
        // Two times of at most 100 years each.
        end = start + (Self.ticks(record.duration) ?? 0)
        subtype = record.subtype.folded
    }

    /// The time of a field that is a number for the validator: digits with or without a point and a minus, and asterisks. Held at 100 years.
    static func ticks(_ field: NISTField) -> Int64? {
        let range = field.range.dropLast(field.bytes.reversed().prefix { $0 == .ascii("*") }.count)
        let digits = field.text[range].drop { $0 == .ascii("-") }
        guard digits.count >= range.count - 1, digits.contains(where: Byte.isDigit), digits.count(where: { $0 == .ascii(".") }) <= 1,
            digits.allSatisfy({ Byte.isDigit($0) || $0 == .ascii(".") })
        else { return nil }
        return DecimalSeconds(field.text, range)?.ticks ?? (digits.count < range.count ? -1 : 1) * 100 * 366 * 86_400 * ticksPerSecond
    }
}
