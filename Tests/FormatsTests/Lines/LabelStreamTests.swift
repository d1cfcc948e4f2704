import Testing
import Timeline

@testable import Formats

/// A stream gives the bytes of the whole file's conversion, however the input is cut.
@Suite struct LabelStreamTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let source, target: LabelFormat
        var testDescription: String { "\(source.name) to \(target.name)" }
    }

    private static let lineFormats = LabelFormat.all.filter { LabelStream.canConvert(from: $0, to: $0) }
    private static let pairs = lineFormats.flatMap { a in lineFormats.map { Pair(source: a, target: $0) } }

    private static let samples = [
        "rttm": ";; head\r\nLEXEME a 1 1.00 0.50 hé lex s1 0.9500\r\nSPEAKER a 1 1.00 2.00 <NA> <NA> s1 <NA>\n;; x\rbad\rLEXEME a 2 1.5* 0.50 ho lex s2 7\nIP a 1 2.00 <NA> <NA> edit s1 <NA>\r\n;; end",
        "ctm": "a 1 1.0 0.1 x 0.5\na 1 * * <ALT_BEGIN>\r\na 1 1.5 0.1 é\na 1 * * <ALT>\na 1 * * <ALT_END>\n\na 1 2.0 0.1 z NA lex Ann",
        "stm": ";; LABEL\na 1 s 0.0 1.0 <o> hello\nb 1 excl 1.0 2.0 ignore_time_segment_in_scoring\na 1 s 3.0 2.0 x\n",
        "uem": "a 1 0.0 1.0\n;; c\nb NA 2.0 3.0\n", "audacity": "0.0\t1.0\té a\n\\\t1\t2\n1.0\t1.0\tb\n",
        "nemo": "{\"audio_filepath\": \"a.wav\", \"offset\": 1.0, \"duration\": 2.0, \"text\": \"hé\", \"label\": \"s1\"}\n\n{\"audio_filepath\": \"b.wav\", \"offset\": 1.0, \"duration\": 2.0, \"label\": \"s1\"}\r\n",
        "sbv": "0:00:01.000,0:00:02.000\none\ntwo\n\n0:00:03.000,0:00:04.000\r\nthree\r\n",
    ]

    private func streamed(_ pair: Pair, _ bytes: [UInt8], cutting: () -> Int) throws -> (bytes: [UInt8], stream: LabelStream) {
        var stream = try #require(LabelStream(from: pair.source, to: pair.target, name: "talk.\(pair.source.suffixes[0])"))
        var (output, position) = ([UInt8](), 0)
        while position < bytes.count {
            let end = min(bytes.count, position + cutting())
            output += try stream.convert(bytes[position..<end])
            position = end
        }
        output += try stream.finish()
        return (output, stream)
    }

    @Test(arguments: pairs) func `a stream says what the whole file says`(_ pair: Pair) throws {
        let bytes = Array(try #require(Self.samples[pair.source.name]).utf8)
        for input in [bytes, [0xEF, 0xBB, 0xBF] + bytes] {
            let whole = try? LabelConversion(from: pair.source, to: pair.target).run(LabelInput(input, name: "talk.\(pair.source.suffixes[0])"))
            for size in [1, 2, 3, 7, 4096] {
                guard let whole else {
                    #expect(throws: FormatError.self) { try streamed(pair, input) { size } }
                    continue
                }
                let (output, stream) = try streamed(pair, input) { size }
                #expect(text(output) == text(whole.files[0].bytes), "\(size) bytes at a time")
                #expect(stream.labelCount == whole.corpus.labelCount)
                #expect(stream.log.diagnostics == whole.log.diagnostics)
                #expect(stream.loss.entries.map { "\($0.feature) \($0.count)" } == whole.loss.entries.map { "\($0.feature) \($0.count)" })
            }
        }
    }

    @Test(arguments: [1, 2, 3]) func `a long stream cut anywhere is the whole file`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let ends = ["\n", "\r\n", "\r"]
        var lines = ""
        for number in 0..<2000 {
            let medium = "a\(Int.random(in: 0..<5, using: &generator))"
            let kinds = [
                "SPEAKER \(medium) 1 \(number).5 0.5 <NA> <NA> s1 0.5 <NA>", "LEXEME \(medium) 2 \(number).25 0.25 wörd lex s2 <NA> <NA>", ";; note \(number)",
                "broken \(number)", "",
            ]
            lines += (kinds.randomElement(using: &generator) ?? "") + (ends.randomElement(using: &generator) ?? "")
        }
        for pair in Self.pairs where pair.source.name == "rttm" && ["rttm", "ctm", "stm"].contains(pair.target.name) {
            let whole = try LabelConversion(from: pair.source, to: pair.target).run(LabelInput(Array(lines.utf8), name: "talk.rttm"))
            let (output, stream) = try streamed(pair, Array(lines.utf8)) { Int.random(in: 1...900, using: &generator) }
            #expect(output == whole.files[0].bytes, "seed \(seed)")
            #expect(stream.log.diagnostics == whole.log.diagnostics && stream.log.omitted == whole.log.omitted)
        }
    }

    @Test func `a stream in another encoding is refused`() throws {
        let rttm = try format("rttm")
        let line = "SPEAKER a 1 0 1 <NA> <NA> s\u{E9} <NA> <NA>\n"
        let wide: [UInt8] = [0xFF, 0xFE] + line.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let latin = line.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        for bytes in [wide, latin] {
            let error = #expect(throws: FormatError.self) { try streamed(Pair(source: rttm, target: rttm), bytes) { 5 } }
            #expect(error?.diagnostic.position?.line == 1)
        }
    }

    @Test func `only line formats stream`() throws {
        #expect(LabelStream(from: try format("rttm"), to: try format("vtt"), name: "x") == nil)
        #expect(LabelStreamReader(try format("vtt"), name: "x") == nil)
    }

    @Test func `a reader of chunks gives the labels of the whole file`() throws {
        for format in Self.lineFormats {
            let bytes = Array(try #require(Self.samples[format.name]).utf8)
            var reader = try #require(LabelStreamReader(format, name: "talk.\(format.suffixes[0])"))
            for byte in bytes { try reader.read([byte]) }
            let streamed = try reader.finish().corpus
            #expect(try streamed == format.read(LabelInput(bytes, name: "talk.\(format.suffixes[0])")).corpus)
        }
    }

    @Test func `a stream without a line that can be read is refused at its end`() throws {
        let rttm = try format("rttm")
        var stream = try #require(LabelStream(from: rttm, to: rttm, name: "x.rttm"))
        let output = try stream.convert(Array("hello\n".utf8))
        #expect(output.isEmpty)
        let error = #expect(throws: FormatError.self) { try stream.finish() }
        #expect(error?.reason == .noLabels && error?.diagnostic.position?.line == 1)
    }
}
