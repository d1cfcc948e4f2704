import Testing
import Timeline

@testable import Formats

/// The findings of NIST's own validators in the files of their test suites.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct NISTProfileTests {
    static let folder = (sharedData ?? "") + "/formats"

    /// What a log of a validator says: severity and line of each finding, with the code that Slate gives it.
    private func findings(_ log: String) throws -> [String] {
        let bytes = try BoundedFile.read(log, limit: 1 << 20)
        return LineScanner(bytes).compactMap { line in
            let words = bytes.string(line.range)
            guard words.hasPrefix("ERROR") || words.hasPrefix("WARNING"), let code = Self.codes.first(where: { words.contains($0.words) })?.code else { return nil }
            let severity = words.hasPrefix("ERROR") ? "error" : "warning"
            // RTTM: "...; see field (6) in line 12"; CTM: "ERROR: [line 12] ...".
            let number = words.contains("[line ") ? words.split(separator: "[line ").last?.split(separator: "]").first : words.split(separator: " ").last
            return "\(severity) \(number ?? "") \(code)"
        }.sorted()
    }

    private static let codes: [(words: String, code: String)] = [
        ("fields instead of", "nist-rttm-fields"), ("Invalid RTTM type", "nist-rttm-type"), ("base filename", "nist-rttm-file"), ("channel ID", "nist-rttm-channel"),
        ("start time", "nist-rttm-start"), ("duration; see", "nist-rttm-duration"), ("duration to be", "nist-rttm-duration"), ("orthography field", "nist-rttm-orthography"),
        ("orthography for alpha", "nist-rttm-alpha"), ("Invalid orthography", "nist-rttm-spelling"), ("subtype", "nist-rttm-subtype"), ("confidence value", "nist-rttm-confidence"),
        ("SPKR-INFO objects", "nist-rttm-speaker"), ("overlap; see", "nist-rttm-overlap"), ("contains no words", "nist-rttm-empty"),
        ("partially covered", "nist-rttm-partial"), ("NOSCORE tag", "nist-rttm-noscore"), ("belong to any", "nist-rttm-uncovered"), ("matching IP", "nist-rttm-interruption"),
        ("matching EDIT", "nist-rttm-interruption"), ("ctm record", "nist-ctm-fields"), ("] source", "nist-ctm-source"), ("] begin", "nist-ctm-begin"),
        ("] duration", "nist-ctm-duration"), ("] token", "nist-ctm-token"), ("] confidence", "nist-ctm-confidence"), ("] type", "nist-ctm-type"), ("] speaker", "nist-ctm-speaker"),
    ]

    private func found(_ path: String, _ name: String) throws -> [String] {
        let log = try #require(try NISTProfile.check(LabelInput(path: path), as: format(name)))
        return log.diagnostics.map { "\($0.severity) \($0.position?.line ?? 0) \($0.code)" }.sorted()
    }

    /// Upstream skips 34 and 35, whose files are cut off.
    @Test(arguments: files(under: folder + "/rttm/nist-validator", suffix: ".rttm").filter { !$0.hasSuffix("test34.rttm") && !$0.hasSuffix("test35.rttm") })
    func `the findings in RTTM are those of NIST's log`(_ path: String) throws {
        #expect(try found(path, "rttm") == findings(path.dropLast(5) + ".log"))
    }

    @Test func `the findings in CTM are those of NIST's log`() throws {
        let folder = Self.folder + "/ctm/validator"
        #expect(try found(folder + "/test00.ctm", "ctm") == findings(folder + "/test00.log.saved"))
    }

    /// What the rules of NIST's stmValidator say of its own test file.
    @Test func `tokens of an STM file that are no English are found`() throws {
        let log = try #require(try NISTProfile.check(LabelInput(path: Self.folder + "/stm/validator/test02.stm"), as: format("stm")))
        #expect(log.diagnostics.map(\.found) == ["'JAV=A'", "'WI*LL'", "'*RULES'", "'T)HE'", "'(USER'", "'F-)'"].map { "token \($0)" })
        #expect(log.diagnostics.map { $0.position?.line } == [3, 3, 3, 3, 4, 4])
    }

    @Test(arguments: [
        ("mother-in-law", true), ("(uh-)", true), ("C.'s", true), ("they're", true), ("dogs'", true), ("o'7", true), ("(%hesitation)", true), ("(it's", true), ("{", true),
        ("(%partial)", false), ("-x", true), ("x-y-", false), ("7", false), ("(dog", false), ("c.x", false), ("it'x", false),
    ]) func `a token is English or not`(_ token: String, _ isEnglish: Bool) throws {
        let log = try #require(try NISTProfile.check(LabelInput(Array("a 1 s 0 1 <o> \(token)\n".utf8), name: "a.stm"), as: format("stm")))
        #expect(log.diagnostics.isEmpty == isEnglish)
    }

    @Test func `a field is pointed at`() throws {
        let log = try #require(try NISTProfile.check(LabelInput(Array("SPKR-INFO é 1 <NA> <NA> <NA> man s <NA>\n".utf8), name: "é.rttm"), as: format("rttm")))
        #expect(log.diagnostics.map(\.position) == [TextPosition(line: 1, column: 30)])
        #expect(log.diagnostics.map(\.code) == ["nist-rttm-subtype"])
    }

    @Test(arguments: [
        ("{_A_/_B_}", true), ("a_{_b_/_c_}_d", true), ("{_a_/_@_}", false), ("%um-", true), ("o'clock", true), ("a__b", false), ("{_a_/_b_", false), ("7", false),
    ]) func `a spelling is a word or not`(_ spelling: String, _ isWord: Bool) {
        #expect(RTTMSpelling.isWord(Array(spelling.utf8)[...]) == isWord)
    }

    @Test func `a long spelling takes linear time`() {
        #expect(!RTTMSpelling.isWord(Array(String(repeating: "_{_a", count: 100_000).utf8)[...]))
    }
}
