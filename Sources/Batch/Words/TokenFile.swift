import Alignment
import Formats

/// Reads the tokens of a CTC model: a `vocab.json` with the number of each (wav2vec2), one token a line in their order, or `token number` a line.
public enum TokenFile {
    private static let sizeLimit = 1 << 26

    /// - Parameters:
    ///   - language: which of several vocabularies by language to take (MMS); nil where there is one.
    ///   - blank: name of the blank token; nil for the usual ones.
    ///   - separator: name of the token between words; nil for `|` where there is one.
    /// - Throws: ``FormatError``; ``CTCError``.
    public static func read(_ path: String, language: String? = nil, blank: String? = nil, separator: String? = nil) throws -> TokenSet {
        let bytes = try BoundedFile.read(path, limit: sizeLimit)
        let isJSON = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
        let tokens = isJSON ? try members(bytes, path, language) : try lines(bytes, path)
        return try TokenSet(tokens, blank: blank, separator: separator)
    }

    private static func members(_ bytes: [UInt8], _ path: String, _ language: String?) throws(FormatError) -> [(name: String, column: Int)] {
        var log = DiagnosticLog(file: path)
        let value = try JSONReader.read(bytes, log: &log)
        return try numbered(try vocabulary(value, path, language), path)
    }

    /// Some files hold one vocabulary for each language.
    private static func vocabulary(_ value: JSONValue, _ path: String, _ language: String?) throws(FormatError) -> [JSONMember] {
        let members = value.object ?? []
        guard members.contains(where: { $0.value.object != nil }) else { return members }
        if let language, let own = value[language]?.object { return own }
        if members.count == 1, let only = members[0].value.object { return only }
        throw FormatError(
            .malformed, file: path, found: "vocabularies of \(members.count) languages, such as \(members[0].name)", expected: "one, or its name by --language")
    }

    private static func numbered(_ members: [JSONMember], _ path: String) throws(FormatError) -> [(name: String, column: Int)] {
        var tokens: [(name: String, column: Int)] = []
        for member in members {
            guard let column = member.value.integer, let column = Int(exactly: column) else {
                throw FormatError(.malformed, file: path, found: "\(member.value.kind) for the token '\(member.name.prefix(40))'", expected: "its number")
            }
            tokens.append((member.name, column))
        }
        return tokens
    }

    /// A line is a token; where each line has two fields and the second is a number, it is the column.
    private static func lines(_ bytes: [UInt8], _ path: String) throws(FormatError) -> [(name: String, column: Int)] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(.malformed, file: path, found: "bytes that are not UTF-8", expected: "a vocab.json, or a token a line in UTF-8")
        }
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let fields = lines.map { $0.split(whereSeparator: { $0 == " " || $0 == "\t" }) }
        guard !lines.isEmpty, fields.allSatisfy({ $0.count == 2 && Int($0[1]) != nil }) else {
            return lines.enumerated().map { (String($1), $0) }
        }
        return fields.map { (String($0[0]), Int($0[1])!) }
    }
}
