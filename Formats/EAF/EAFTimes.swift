import Timeline

/// The times of all annotations: of slots without a value between those with one, of references from what they refer to.
///
/// "EAF Annotation Format 3.0 and ELAN", sections on `TIME_SLOT` and `REF_ANNOTATION`: slots without a value stand between those of their
/// tier, at equal distances; a reference has no time but that of the annotation it refers to.
struct EAFTimes {
    /// By record; nil where no time can be found.
    private(set) var spans: [Span?]
    /// By record: the record that a reference refers to; below zero for none.
    private(set) var parents: [Int]

    /// - Parameter order: the tiers, parents before children.
    init(_ reader: EAFReader, order: [Int]) throws(FormatError) {
        let annotations = reader.annotations
        spans = Array(repeating: nil, count: annotations.count)
        parents = Array(repeating: -1, count: annotations.count)
        var times = reader.slots.times
        if times.contains(nil) {
            for tier in order { Self.interpolate(annotations.records[reader.tiers[tier].range], &times) }
            Self.interpolateByOrder(&times)
        }
        for (index, record) in annotations.records.enumerated() where !record.isReference {
            guard let start = times[Int(record.slot1)], let end = times[Int(record.slot2)] else {
                try reader.repair(.error, "eaf-unaligned", at: record.position, found: "time slots without values, and none with one", effect: "the annotation is left out")
                continue
            }
            let begin = Timestamp(ticks: start)
            spans[index] = Segment(start: begin, end: Timestamp(ticks: end)).map(Span.segment) ?? .instant(begin)
            if end <= start {
                reader.log.addHabit(.warning, "eaf-length", at: record.position, found: "an annotation that does not end after it starts", effect: "its label stands at its start")
            }
        }
        try follow(reader)
    }

    /// Puts values on slots that a chain of annotations of one tier leads through from a slot with a value to another.
    private static func interpolate(_ records: ArraySlice<EAFAnnotations.Record>, _ times: inout [Int64?]) {
        var nextSlot: [Int32: Int32] = [:]
        for record in records where !record.isReference && times[Int(record.slot1)] == nil { nextSlot[record.slot1] = record.slot2 }
        for record in records where !record.isReference {
            guard let start = times[Int(record.slot1)], times[Int(record.slot2)] == nil else { continue }
            var chain = [record.slot2]
            while let slot = nextSlot[chain[chain.count - 1]], chain.count <= records.count {
                chain.append(slot)
                if times[Int(slot)] != nil { break }
            }
            guard let last = chain.popLast(), let end = times[Int(last)] else { continue }
            for (index, slot) in chain.enumerated() { times[Int(slot)] = Self.between(start, end, index + 1, of: chain.count + 1) }
        }
    }

    private static func between(_ start: Int64, _ end: Int64, _ index: Int, of count: Int) -> Int64 {
        start + ((end - start).scaled(by: Int64(index), over: Int64(count)) ?? 0)
    }

    /// Puts values on the slots left, between their neighbours in the time order; at its ends they have the nearest value.
    private static func interpolateByOrder(_ times: inout [Int64?]) {
        var (index, before) = (0, Int64?.none)
        while index < times.count {
            guard times[index] == nil else {
                (before, index) = (times[index], index + 1)
                continue
            }
            var end = index
            while end < times.count, times[end] == nil { end += 1 }
            let after = end < times.count ? times[end] : before
            guard let after else { return }
            for place in index..<end { times[place] = between(before ?? after, after, place - index + 1, of: end - index + 1) }
            index = end
        }
    }

    /// Gives references the times of what they refer to.
    private mutating func follow(_ reader: EAFReader) throws(FormatError) {
        let records = reader.annotations.records
        guard records.contains(where: \.isReference) else { return }
        let named = reader.annotations.recordsOfNames()
        var isDone = records.map { !$0.isReference }
        var isOpen = Array(repeating: false, count: records.count)
        var path: [Int] = []
        for start in records.indices where !isDone[start] {
            path.append(start)
            while let record = path.last {
                let parent = named[Int(records[record].parent)]
                isOpen[record] = true
                if parent >= 0, !isDone[parent] {
                    guard !isOpen[parent] else {
                        throw FormatError(
                            .malformed, file: reader.log.file, at: records[parent].position,
                            found: "annotation '\(reader.annotations.ids.string(parent))', which refers to itself by way of others", expected: "references that lead to a time")
                    }
                    path.append(parent)
                    continue
                }
                if parent >= 0 { (spans[record], parents[record]) = (spans[parent], parent) }
                if spans[record] == nil {
                    let name = reader.annotations.names.string(Int(records[record].parent))
                    try reader.repair(
                        .error, "eaf-reference", at: records[record].position, found: "a reference to '\(name)', which has no time",
                        expected: "an annotation of the file", effect: "the annotation is left out")
                }
                (isDone[record], isOpen[record]) = (true, false)
                path.removeLast()
            }
        }
    }
}
