import Timeline

/// The time slots of a file.
struct EAFSlots {
    /// Seconds that one unit of a time value lasts, as a fraction.
    var unit: (numerator: Int64, denominator: Int64) = (1, 1000)
    private var ids = ByteTable()
    /// Ticks; nil where the slot has no value.
    var times: [Int64?] = []

    func ticks(_ text: [UInt8], _ range: Range<Int>) -> Int64? {
        guard let value = Int64(bytes: text, range), let time = Timestamp(value: value, timeBase: unit.numerator, over: unit.denominator), time.isRepresentable
        else { return nil }
        return time.ticks
    }

    /// False when the id was there before.
    mutating func add(_ text: [UInt8], _ id: Range<Int>, _ time: Int64?) -> Bool {
        guard let entry = ids.number(of: text, id), entry.isNew else { return false }
        times.append(time)
        return true
    }

    func find(_ text: [UInt8], _ id: Range<Int>, guess: Int) -> Int? { ids.find(text, id, guess: guess) }
}

/// A tier as the file states it, and which annotations it holds.
struct EAFTier {
    let position: TextPosition
    var id = "", type = ""
    var parent, participant, language: String?
    var attributes: [Attribute] = []
    let first: Int
    var end: Int

    init(position: TextPosition, first: Int) { (self.position, self.first, end) = (position, first, first) }

    var range: Range<Int> { first..<end }
}

/// The annotations of all tiers, in the order of the file.
struct EAFAnnotations {
    struct Record {
        /// Of time slots, below zero for an annotation that refers to another.
        var slot1: Int32 = -1, slot2: Int32 = -1
        /// The number of the id that a reference names, in ``EAFAnnotations/names``.
        var parent: Int32 = -1
        var previous: Int32 = -1
        var line: Int32, column: Int32
        var attributes: Int32 = -1
        var value = ByteRange.empty

        var isReference: Bool { parent >= 0 }
        var position: TextPosition { TextPosition(line: Int(line), column: Int(column)) }
    }

    struct Problem {
        var severity = Diagnostic.Severity.error
        let code, found: String
        var expected: String?
        var effect = "the annotation is left out"
    }

    private(set) var records: [Record] = []
    /// The ids of annotations: the number of an id is that of its record.
    private(set) var ids = ByteTable()
    /// Names that references use, which may be of annotations that come later.
    private(set) var names = ByteTable()
    private(set) var attributes: [[Attribute]] = []
    private var values: [UInt8] = []
    private var isLeftOut = false
    private var latestSlot = -1

    var count: Int { records.count }

    func value(_ record: Record) -> String { values.string(record.value.range) }

    /// Adds an annotation, or says why it cannot be added or what was changed.
    mutating func add(_ tag: borrowing XMLTag, isReference: Bool, slots: EAFSlots) -> Problem? {
        isLeftOut = true
        var record = Record(line: Int32(clamping: tag.position.line), column: Int32(clamping: tag.position.column))
        var own: [Attribute] = []
        for index in 0..<tag.count {
            let (name, range) = (tag.attributeName(index), tag.range(index))
            if name.is("ANNOTATION_ID") { continue }
            if isReference, name.is("ANNOTATION_REF") {
                record.parent = number(&names, tag.bytes, range)
            } else if isReference, name.is("PREVIOUS_ANNOTATION") {
                record.previous = number(&names, tag.bytes, range)
            } else if !isReference, name.is("TIME_SLOT_REF1") || name.is("TIME_SLOT_REF2") {
                // Files that were not saved by ELAN often have the slots in the order of their use.
                guard let slot = slots.find(tag.bytes, range, guess: latestSlot + 1) else {
                    return Problem(code: "eaf-slot", found: "time slot \(tag.bytes.excerpt(range))", expected: "one of the time order")
                }
                latestSlot = slot
                if name.is("TIME_SLOT_REF1") { record.slot1 = Int32(slot) } else { record.slot2 = Int32(slot) }
            } else {
                own.append(Attribute("eaf.\(name)", tag.string(index)))
            }
        }
        guard isReference ? record.parent >= 0 : record.slot1 >= 0 && record.slot2 >= 0 else {
            return Problem(code: "eaf-reference", found: "an annotation without \(isReference ? "ANNOTATION_REF" : "two time slots")")
        }
        if !own.isEmpty {
            record.attributes = Int32(clamping: attributes.count)
            if let last = attributes.last, last == own { record.attributes -= 1 } else { attributes.append(own) }
        }
        return add(record, tag)
    }

    private func number(_ table: inout ByteTable, _ text: [UInt8], _ range: Range<Int>) -> Int32 {
        table.number(of: text, range).map { Int32($0.number) } ?? -1
    }

    private mutating func add(_ record: Record, _ tag: borrowing XMLTag) -> Problem? {
        var problem: Problem?
        if let id = tag.range(of: "ANNOTATION_ID") {
            if ids.number(of: tag.bytes, id)?.isNew != true {
                problem = Problem(severity: .warning, code: "eaf-id", found: "annotation \(tag.bytes.excerpt(id)) again", effect: "it gets an id of its own")
            }
        } else {
            problem = Problem(severity: .warning, code: "eaf-id", found: "an annotation without an id", effect: "it gets one")
        }
        if ids.count == records.count { addSpareID() }
        records.append(record)
        isLeftOut = false
        return problem
    }

    /// Adds an id that no annotation has so far.
    private mutating func addSpareID() {
        var number = records.count + 1
        while true {
            let id = Array("a\(number)-2".utf8)
            if ids.number(of: id, 0..<id.count)?.isNew != false { return }
            number += 1
        }
    }

    /// Sets the text of the annotation just added.
    mutating func setValue(_ text: [UInt8]) {
        guard !isLeftOut, !records.isEmpty, values.count + text.count <= Int(UInt32.max) else { return }
        records[records.count - 1].value = ByteRange(values.count..<values.count + text.count)
        values += text
    }

    /// The records that ``names`` stand for, by their numbers; below zero for names of nothing.
    func recordsOfNames() -> [Int] {
        (0..<names.count).map { number in
            let name = Array(names[number])
            return ids.find(name, 0..<name.count) ?? -1
        }
    }
}
