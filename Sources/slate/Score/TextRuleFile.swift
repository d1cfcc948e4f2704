import ArgumentParser
import Formats
import Quality

/// Rules of texts as typed: a built-in name, or a JSON file that may extend one.
enum TextRuleFile {
    /// - Throws: ``FormatError`` when the file cannot be read or holds something else than rules.
    static func rules(_ name: String) throws -> TextRules {
        if let known = TextRules.named(name) { return known }
        guard name.contains(".") || name.contains("/") else {
            throw ValidationError("'\(name)' is no rules; name a file, or one of \(TextRules.names.joined(separator: ", ")).")
        }
        var log = DiagnosticLog(file: name)
        let json = try JSONReader.read(try BoundedFile.read(name, limit: 1 << 24), log: &log)
        guard let members = json.object else { throw failure(name, json.kind, "an object in braces") }
        let base = json["extends"]?.string ?? "none"
        guard var rules = TextRules.named(base) else { throw failure(name, "extends \"\(base)\"", TextRules.names.joined(separator: ", ")) }
        rules.name = name
        for member in members where member.name != "extends" { try set(member, in: &rules, name) }
        return rules
    }

    private static func set(_ member: JSONMember, in rules: inout TextRules, _ file: String) throws {
        switch (member.name, member.value) {
        case ("name", .string(let name)): rules.name = name
        case ("fold-case", .bool(let folds)): rules.foldsCase = folds
        case ("fold-forms", .bool(let folds)): rules.foldsForms = folds
        case ("inner-marks", .string(let marks)): rules.innerMarks = Set(marks)
        case ("punctuation", .string(let text)):
            let names = ["keep": TextRules.Punctuation.kept, "remove": .removed, "split": .split]
            guard let punctuation = names[text] else { throw failure(file, "punctuation: \"\(text.prefix(40))\"", "keep, remove or split") }
            rules.punctuation = punctuation
        case ("replace", .object(let entries)):
            for entry in entries {
                guard case .string(let text) = entry.value else { throw failure(file, "\(entry.value.kind) for \"\(entry.name.prefix(40))\"", "words, or nothing") }
                rules.replacements[entry.name] = text.split(whereSeparator: \.isWhitespace).map(String.init)
            }
        default: throw failure(file, "\"\(member.name.prefix(60))\": \(member.value.kind)", "one of the rules that docs/score.md lists")
        }
    }

    private static func failure(_ file: String, _ found: String, _ expected: String) -> FormatError {
        FormatError(.malformed, file: file, found: found, expected: expected)
    }
}
