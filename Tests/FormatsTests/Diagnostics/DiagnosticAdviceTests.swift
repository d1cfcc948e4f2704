import Glibc
import Testing

@testable import Formats

/// Holds the advice to the codes that stand in the sources.
@Suite struct DiagnosticAdviceTests {
    private static let sources: String = {
        let top = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(top)/Formats"
    }()

    /// Codes with a severity before them, such as `.error, "srt-time"`.
    private static let codes: Set<String> = {
        var codes: Set<String> = []
        for path in files(under: sources, suffix: ".swift") {
            guard let bytes = try? BoundedFile.read(path, limit: 1 << 24) else { continue }
            for match in text(bytes).matches(of: #/\.(?:warning|error),\s*"([a-z0-9]+(?:-[a-z0-9]+)+)"/#) { codes.insert(String(match.1)) }
        }
        return codes
    }()

    @Test func `the sources are read`() { #expect(Self.codes.count > 60) }

    @Test(arguments: codes.sorted()) func `every warning and error says what helps`(_ code: String) {
        #expect(DiagnosticAdvice.advice(for: code) != nil)
    }

    @Test func `help stands under the line`() {
        let bytes = Array("1\nx --> y\n".utf8)
        let diagnostic = Diagnostic(.error, "srt-time", file: "a.srt", at: TextPosition(line: 2), found: "'x --> y'")
        let lines = DiagnosticText([diagnostic], of: bytes).text(diagnostic).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1] == "    2 | x --> y")
        #expect(lines[3].hasPrefix("      = help: write both times"))
    }
}
