/// The checks of NIST's ctmValidator: five to eight fields, each of them by itself.
struct CTMValidator {
    private static let types: Set<String> = ["lex", "frag", "fp", "un-lex", "for-lex", "non-lex", "misc", "noscore"]

    static func check(_ source: TextSource, name: String, log: inout DiagnosticLog) {
        for line in LineScanner(source.text, from: source.start) where !source.text.has(";;", at: line.range.lowerBound, before: line.range.upperBound) {
            check(NISTField.fields(source.text, line), line, source.text, &log)
        }
    }

    private static func fail(_ code: String, _ field: NISTField, _ expected: String, _ log: inout DiagnosticLog) {
        log.add(.error, "nist-ctm-\(code)", at: field.position, found: "\(code) \(field.excerpt)", expected: expected)
    }

    private static func check(_ stated: [NISTField], _ line: Line, _ text: [UInt8], _ log: inout DiagnosticLog) {
        // A blank at the start counts as an empty field before it.
        let isIndented = !stated.isEmpty && stated[0].range.lowerBound > line.range.lowerBound
        let empty = NISTField(text: text, line: line, range: line.range.lowerBound..<line.range.lowerBound)
        let fields = (isIndented ? [empty] : []) + stated
        guard (5...8).contains(fields.count) else {
            return log.add(
                .error, "nist-ctm-fields", at: empty.position, found: "\(stated.count) fields\(isIndented ? " after a blank" : "")",
                expected: "5 to 8, without a blank before them")
        }
        if !fields[0].consists(of: "-_") { fail("source", fields[0], "letters, digits, hyphens and underscores", &log) }
        let channel = fields[1].string
        if channel != "A", channel != "B", !fields[1].bytes.allSatisfy(Byte.isDigit) { fail("channel", fields[1], "digits, A or B", &log) }
        checkTimes(fields, &log)
        if fields.count > 5, !fields[5].isPlainNumber { fail("confidence", fields[5], "a number", &log) }
        if fields.count > 6, !types.contains(fields[6].string) { fail("type", fields[6], types.sorted().joined(separator: ", "), &log) }
        if fields.count > 7, !fields[7].consists(of: "-_") { fail("speaker", fields[7], "letters, digits, hyphens and underscores", &log) }
    }

    private static func checkTimes(_ fields: [NISTField], _ log: inout DiagnosticLog) {
        let token = fields[4].string
        let isAlternation = ["<ALT>", "<ALT_BEGIN>", "<ALT_END>"].contains { token.contains($0) }
        for (code, field) in [("begin", fields[2]), ("duration", fields[3])] {
            if isAlternation, field.string != "*" { fail(code, field, "an asterisk in a line of alternatives", &log) }
            if !isAlternation, !field.isPlainNumber { fail(code, field, "a number of seconds", &log) }
        }
        let isLexical = fields.count < 7 || fields[6].string == "lex"
        if !isAlternation, isLexical, !isEnglish(fields[4]) { fail("token", fields[4], "letters, hyphens and apostrophes", &log) }
    }

    private static func isEnglish(_ token: NISTField) -> Bool {
        let bytes = Array(token.bytes)
        if !bytes.isEmpty, bytes.allSatisfy({ Byte.isLetter($0) || $0 == .ascii("-") || $0 == .ascii("'") }) { return true }
        if bytes.count >= 2, Byte.isLetter(bytes[0]), bytes[1] == .ascii(".") { return true }
        let folded = token.folded
        return bytes.contains(.ascii("@")) || ["%BCNACK", "%BCACK", "%HESITATION"].contains { folded.contains($0) }
    }
}
