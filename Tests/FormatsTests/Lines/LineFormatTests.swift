import Testing
import Timeline

@testable import Formats

/// What the line formats share: whole files come back as they were.
@Suite struct LineFormatTests {
    private func copy(_ lines: String, _ name: String) throws -> String {
        let format = try format(name)
        return text(try format.write(try format.read(LabelInput(Array(lines.utf8), name: "talk.\(name)")).corpus)[0].bytes)
    }

    @Test(arguments: [
        ("uem", ";; parts\na 1 0.000 10.000\nb 2 1.000 2.000\n;; again\na 1 20.000 20.000\n;; end\n"),
        ("uem", "a NA 0.5 10.25\na NA 12.1234567891 13.5\n"),
        ("ctm", ";; talk\na A 0.05 0.24 THEY;tag1\na A 1.94 0.17 A\\;S\na B 2.00 0.01 x -12.38\na A 2.00 0.01 y 0.5 frag\na A 2.00 0.02 y NA fp Ann\n"),
        ("ctm", "a 1 1.000 0.500 x 0.988394 lex Ann\na 1 * * <ALT_BEGIN>\na 1 2.000 0.500 b 0.100000\na 1 * * <ALT>\na 1 * * <ALT_END>\n;; end\n"),
        ("stm", ";; LABEL \"o\" \"Overall\" \"x\"\na 1 s1 0.0 1.0 <o,f0,female> hello { a / b / @ } (%HESITATION)\n;; gap\na 1 excluded_region 1.0 2.0 <o> IGNORE_TIME_SEGMENT_IN_SCORING\na 2 s1 2.0 3.0 <>\na 2 <NA> 3.0 4.0 <> <x> y  z\na 2 s1 4.0 4.5 no label\na 2 s2 5.0 6.0\n"),
        ("audacity", "0.0\t0.35\tSIL\n0.35\t0.664\tcall of\ta bird \n\\\t1200.5\t3400.0\n2.8349814495\t2.969\t\n"),
        ("audacity", "1.000000\t2.500000\tx\n2.500000\t2.500000\ty\n"),
        ("sbv", "0:00:00.378,0:00:11.378\nCaption #1\nin two lines\n\n0:00:12.000,0:00:13.000\n\n0:00:15.489,1:00:16.234\nCaption #3\n"),
    ]) func `lines come back as they were`(_ name: String, _ lines: String) throws {
        #expect(try copy(lines, name) == lines)
    }

    @Test(arguments: files(under: (sharedData ?? "") + "/formats", suffix: "").filter { path in
        ["/uem/", "/ctm/", "/stm/", "/audacity/", "/md-eval/"].contains { path.contains($0) } && ["uem", "ctm", "stm", "audacity.txt"].contains { path.hasSuffix(".\($0)") }
            && !path.contains("/hostile/") && !path.contains("/validator/")
    }) func `a file of the shared data reads without an error, and its copy says the same`(_ path: String) throws {
        let input = try LabelInput(path: path)
        let found = try #require(LabelFormat(suffixOf: path))
        #expect(try LabelFormat.detect(input) == found)
        let reading = try found.read(input)
        #expect(reading.log.count(.error) == 0, "\(reading.diagnostics)")
        #expect(reading.corpus.labelCount > 0)
        let bytes = try found.write(reading.corpus)[0].bytes
        let again = try found.read(LabelInput(bytes, name: input.name))
        #expect(again.corpus == reading.corpus)
    }
}
