/// The checks of NIST's stmValidator for English: every token of a transcript is a word, a contraction, an acronym, a fragment, a
/// hesitation, any of these in brackets, or a sign of an alternation.
struct STMValidator {
    static func check(_ source: TextSource, name: String, log: inout DiagnosticLog) {
        for line in LineScanner(source.text, from: source.start) {
            for token in tokens(source.text, line) where !isEnglish(token) {
                log.add(
                    .error, "nist-stm-token", at: token.position, found: "token \(token.excerpt)",
                    expected: "an English word, contraction, acronym, fragment or hesitation")
            }
        }
    }

    /// The words of a line behind the five fields and the labels; a comment may begin anywhere.
    private static func tokens(_ text: [UInt8], _ line: Line) -> [NISTField] {
        var end = line.range.lowerBound
        while end < line.range.upperBound, !text.has(";;", at: end, before: line.range.upperBound) { end += 1 }
        let fields = NISTField.fields(text, Line(range: line.range.lowerBound..<end, next: line.next, number: line.number))
        guard fields.count > 5 else { return [] }
        let isLabelled = fields[5].bytes.first == .ascii("<") && fields[5].bytes.last == .ascii(">") && fields[5].bytes.count > 1
        return Array(fields.dropFirst(isLabelled ? 6 : 5))
    }

    private static func isEnglish(_ token: NISTField) -> Bool {
        let word = token.folded
        if ["IGNORE_TIME_SEGMENT_IN_SCORING", "{", "}", "/", "D'ETRE"].contains(word) { return true }
        if word.hasPrefix("O'"), word.utf8.count > 2 { return true }
        if isPlain(word[...]) || isContraction(word[...]) { return true }
        guard word.hasPrefix("(") else { return false }
        let closing = word.reversed().prefix { $0 == ")" }.count
        let inner = word.dropFirst().dropLast(closing)
        if closing == 1, isPlain(inner) { return true }
        // A contraction of one ending may lack its bracket, or have several.
        return inner.count(where: { $0 == "'" }) == 1 && isContraction(inner)
    }

    private static func isPlain(_ word: Substring) -> Bool {
        isHyphenated(word) || isAcronym(word) || isFragment(word) || ["%HESITATION", "%BCACK", "%BCNACK"].contains(word)
    }

    private static func isLetters(_ word: Substring) -> Bool { !word.isEmpty && word.utf8.allSatisfy(Byte.isLetter) }

    private static func isHyphenated(_ word: Substring) -> Bool {
        guard let last = word.split(separator: "-", omittingEmptySubsequences: false).last, isLetters(last) else { return false }
        return word.utf8.allSatisfy { Byte.isLetter($0) || $0 == .ascii("-") }
    }

    private static func isFragment(_ word: Substring) -> Bool { word.hasSuffix("-") && isLetters(word.dropLast()) }

    /// Letters, a point, and any number of endings `S` and `'S`.
    private static func isAcronym(_ word: Substring) -> Bool {
        guard let point = word.firstIndex(of: "."), isLetters(word[..<point]) else { return false }
        var rest = word[word.index(after: point)...]
        while !rest.isEmpty {
            if rest.hasPrefix("'S") { rest = rest.dropFirst(2) } else if rest.hasPrefix("S") { rest = rest.dropFirst() } else { return false }
        }
        return true
    }

    /// A word and any number of endings such as `'LL`; an apostrophe alone is one.
    private static func isContraction(_ word: Substring) -> Bool {
        let parts = word.split(separator: "'", omittingEmptySubsequences: false)
        guard let first = parts.first, isHyphenated(first) else { return false }
        return parts.dropFirst().allSatisfy { ["D", "S", "T", "RE", "LL", "M", "VE", ""].contains($0) }
    }
}
