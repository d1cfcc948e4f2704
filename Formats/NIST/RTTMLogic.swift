import Timeline

/// What NIST's rttmValidator asks of objects of the same speaker in the same channel of a file. The checks follow each other; after one that
/// finds something the later ones are not made.
///
/// Times that differ by less than a millisecond count as the same.
struct RTTMLogic {
    let groups: [[String]: RTTMValidator.Group]

    private static let covering = ["SU", "EDIT", "FILLER"]
    private static let scored = ["SU", "EDIT", "FILLER", "SPEAKER", "LEXEME", "NON-LEX", "NON-SPEECH"]

    func check(_ log: inout DiagnosticLog) {
        let checks = [overlaps, empties, partlyCovered, partlyScored, outsideSentences, outsideTurns, interruptions]
        for check in checks {
            let findings = check()
            guard findings.isEmpty else { return findings.forEach { log.append(Diagnostic(.error, $0.code, file: log.file, at: $0.position, found: $0.found, expected: $0.expected)) } }
        }
    }

    private struct Finding {
        let code: String
        let position: TextPosition
        let found, expected: String

        init(_ code: String, _ object: RTTMObject, _ found: String, _ expected: String) {
            (self.code, position, self.found, self.expected) = ("nist-rttm-\(code)", object.position, found, expected)
        }
    }

    /// The types of a group, with the objects of each.
    private func each(_ types: [String], in group: RTTMValidator.Group) -> [(type: String, objects: [RTTMObject])] {
        group.filter { entry in types.contains(entry.key.uppercased()) }.map { ($0.key, $0.value) }
    }

    // MARK: One type

    private func overlaps() -> [Finding] {
        var findings: [Finding] = []
        for group in groups.values {
            for (type, objects) in group where type.uppercased() != "SPKR-INFO" {
                var end: Int64 = 0
                for object in objects {
                    if NISTTime.isLess(object.start, end) {
                        findings.append(Finding("overlap", object, "\(type) at \(object.startText) before the end of the one before", "no overlap of one speaker's objects"))
                    }
                    end = ["CB", "IP"].contains(type.uppercased()) ? object.start : object.end
                }
            }
        }
        return findings
    }

    private func empties() -> [Finding] {
        var findings: [Finding] = []
        for group in groups.values {
            let words = TimeIndex(group["LEXEME"] ?? [])
            for (type, objects) in each(Self.covering, in: group) {
                for object in objects where !words.containsOne(in: object) {
                    findings.append(Finding("empty", object, "\(type) at \(object.startText) without a word in it", "a LEXEME"))
                }
            }
        }
        return findings
    }

    // MARK: Covering

    private func partlyCovered() -> [Finding] {
        var findings: [Finding] = []
        for group in groups.values {
            let indices = each(Self.covering, in: group).map { (type: $0.type, index: TimeIndex($0.objects)) }
            for (_, words) in each(["LEXEME"], in: group) {
                for word in words {
                    for (type, index) in indices where index.coversInPart(word) {
                        findings.append(Finding("partial", word, "a word at \(word.startText) that \(type) covers in part", "the whole word or nothing of it"))
                    }
                }
            }
        }
        return findings
    }

    private func partlyScored() -> [Finding] {
        var findings: [Finding] = []
        for (key, group) in groups {
            guard let unscored = groups[[key[0], key[1], "<NA>"]]?["NOSCORE"] else { continue }
            let index = TimeIndex(unscored)
            for (type, objects) in each(Self.scored, in: group) {
                for object in objects where index.coversInPart(object) {
                    findings.append(Finding("noscore", object, "\(type) at \(object.startText) that NOSCORE covers in part", "the whole of it or nothing"))
                }
            }
        }
        return findings
    }

    private func outsideSentences() -> [Finding] { words(outside: "SU") }
    private func outsideTurns() -> [Finding] { words(outside: "SPEAKER") }

    private func words(outside type: String) -> [Finding] {
        var findings: [Finding] = []
        for group in groups.values {
            let index = TimeIndex(group[type] ?? [])
            for (_, words) in each(["LEXEME"], in: group) {
                for word in words where !index.covers(word) {
                    findings.append(Finding("uncovered", word, "a word at \(word.startText) outside every \(type)", "a \(type) around it"))
                }
            }
        }
        return findings
    }

    // MARK: Interruption points

    private func interruptions() -> [Finding] {
        groups.values.flatMap { group -> [Finding] in
            guard let sentences = group["SU"] else { return [] }
            let (edits, fillers, points) = (TimeIndex(group["EDIT"] ?? []), TimeIndex(group["FILLER"] ?? []), TimeIndex(group["IP"] ?? []))
            return sentences.indices.flatMap { index in
                let next = index + 1 < sentences.count ? sentences[index + 1] : nil
                var match = RTTMInterruptions(
                    edits: edits.inside(sentences[index]), fillers: fillers.inside(sentences[index]), points: points.points(of: sentences[index], next: next))
                match.run()
                return match.unmatched.map { Finding("interruption", $0.object, "\($0.type) at \($0.object.startText) without a match", $0.expected) }
            }
        }
    }
}

/// Comparisons of times as NIST's validator makes them: what lies within 0.999999 ms is equal.
enum NISTTime {
    static let grain = ticksPerSecond / 1000

    static func isLess(_ a: Int64, _ b: Int64) -> Bool { b - a >= grain }
    static func isAtMost(_ a: Int64, _ b: Int64) -> Bool { !isLess(b, a) }
    static func isEqual(_ a: Int64, _ b: Int64) -> Bool { !isLess(a, b) && !isLess(b, a) }
}

/// Objects of one type and speaker in order of their starts. They do not overlap by a millisecond or more, so that a search
/// needs to look at a few neighbours only.
private struct TimeIndex {
    let objects: [RTTMObject]

    init(_ objects: [RTTMObject]) { self.objects = objects }

    /// The number of objects whose start fulfils a condition that holds up to some time and not after it.
    private func count(where condition: (Int64) -> Bool) -> Int {
        var (low, high) = (0, objects.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(objects[middle].start) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether one of the objects lies inside another object.
    func containsOne(in outer: RTTMObject) -> Bool {
        let first = count { NISTTime.isLess($0, outer.start) }
        return objects[first...].lazy.prefix { NISTTime.isAtMost($0.start, outer.end) }.contains { NISTTime.isAtMost($0.end, outer.end) }
    }

    /// Whether one of the objects covers a stretch whole.
    func covers(_ stretch: RTTMObject) -> Bool {
        let last = count { NISTTime.isAtMost($0, stretch.start) }
        // Objects before another one end within a millisecond of its start.
        for object in objects[..<last].reversed() {
            if NISTTime.isAtMost(stretch.end, object.end) { return true }
            if object.start + 2 * NISTTime.grain < stretch.end { return false }
        }
        return false
    }

    /// Whether one of the objects covers a part of a stretch.
    func coversInPart(_ stretch: RTTMObject) -> Bool {
        let last = count { NISTTime.isLess($0, stretch.end) }
        for object in objects[..<last].reversed() {
            let isBefore = NISTTime.isAtMost(object.end, stretch.start)
            let isAround = NISTTime.isAtMost(object.start, stretch.start) && NISTTime.isAtMost(stretch.end, object.end)
            if !isBefore, !isAround { return true }
            if object.start + 2 * NISTTime.grain < stretch.start { return false }
        }
        return false
    }

    /// The objects that lie inside a sentence unit.
    func inside(_ sentence: RTTMObject) -> [RTTMObject] {
        let first = count { NISTTime.isLess($0, sentence.start) }
        return objects[first...].prefix { NISTTime.isAtMost($0.start, sentence.end) }.filter { NISTTime.isAtMost($0.end, sentence.end) }
    }

    /// The interruption points of a sentence unit: those in it or at its start, and those at its end where the next unit begins right there and
    /// the point is of no filler.
    func points(of sentence: RTTMObject, next: RTTMObject?) -> [RTTMObject] {
        let first = count { NISTTime.isLess($0, sentence.start) }
        return objects[first...].prefix { NISTTime.isAtMost($0.start, sentence.end) }.filter { point in
            if NISTTime.isLess(point.start, sentence.end) || NISTTime.isEqual(point.start, sentence.start) { return true }
            guard let next else { return false }
            return NISTTime.isEqual(sentence.end, next.start) && !point.subtype.contains("FILLER")
        }
    }
}
