import Alignment
import Formats
import Glibc
import Testing
import Timeline

@testable import Batch

@Suite struct EmissionJobTests {
    private static let vocabulary = #"{"<pad>": 0, "|": 1, "A": 2, "B": 3, "C": 4}"#

    /// A folder with a second of noise, emissions in which the columns are likeliest one after another, and a vocabulary.
    private func files(_ columns: [Int], shape: String? = nil) throws -> (folder: TemporaryFolder, job: EmissionJob) {
        let folder = try TemporaryFolder()
        let samples = (0..<16_000).map { Float($0 * 7919 % 1000 - 500) * 1e-5 }
        try WaveFile.write(samples, rate: 16_000, to: "\(folder.path)/a.wav")
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape ?? "(\(columns.count), 5)"), }\n"
        let numbers = columns.flatMap { column in (0..<5).flatMap { withUnsafeBytes(of: (Float($0 == column ? 6 : 0)).bitPattern.littleEndian, Array.init) } }
        let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
        try AtomicFile.write(head + Array(header.utf8) + numbers, to: "\(folder.path)/a.npy", replaces: true)
        try AtomicFile.write(Array(Self.vocabulary.utf8), to: "\(folder.path)/vocab.json", replaces: true)
        return (folder, EmissionJob(tokens: try TokenFile.read("\(folder.path)/vocab.json"), language: "en"))
    }

    // 50 frames of 20 ms: "ab" in frames 10..<14, "c!" in frame 20, a number in frames 30..<33.
    private static let said = Array(repeating: 0, count: 10) + [2, 2, 0, 3] + Array(repeating: 0, count: 3) + [1] + [0, 0, 4] + [0, 1] + Array(repeating: 0, count: 27)

    @Test func `words of a transcript lie on their frames to the tick, in their lines`() throws {
        let (folder, job) = try files(Self.said)
        let outcome = try job.run(media: "\(folder.path)/a.wav", Transcript(plain: "ab \u{2013} c!"), emissions: "\(folder.path)/a.npy")
        #expect(outcome.document.layers.map(\.kind) == [.cues, .words] && outcome.unplaced == 1 && outcome.remarks.isEmpty)
        let spans = outcome.document.layers[1].labels.map { [$0.span.start.milliseconds, $0.span.end.milliseconds] }
        #expect(spans == [[200, 280], [400, 420]])
        #expect(outcome.document.layers[1].labels.allSatisfy { ($0.confidence?.value ?? 0) > 0.9 })
        #expect(outcome.document.layers[0].labels.map(\.span.end.milliseconds) == [420])
    }

    @Test func `frames that do not last as long as the media are remarked, and words stay inside it`() throws {
        var (folder, job) = try files(Self.said, shape: "(1, 50, 5)")
        job.clock = try #require(FrameClock(seconds: 1, over: 10))
        let outcome = try job.run(media: "\(folder.path)/a.wav", Transcript(plain: "ab c"), emissions: "\(folder.path)/a.npy")
        #expect(outcome.remarks.count == 1)
        #expect(outcome.document.layers[1].labels.isEmpty)
    }

    @Test func `a number is a star`() throws {
        let (folder, job) = try files(Self.said)
        let outcome = try job.run(media: "\(folder.path)/a.wav", Transcript(plain: "ab 7"), emissions: "\(folder.path)/a.npy")
        #expect(outcome.document.layers[1].labels.count == 2 && outcome.document.layers[1].labels.last?.confidence == nil)
    }

    @Test func `token files are read as JSON, lines and numbered lines, and refused with the reason`() throws {
        let folder = try TemporaryFolder()
        func set(_ text: String, language: String? = nil) throws -> TokenSet {
            try AtomicFile.write(Array(text.utf8), to: "\(folder.path)/tokens", replaces: true)
            return try TokenFile.read("\(folder.path)/tokens", language: language)
        }
        #expect(try set("-\r\na\r\n|\r\n").separator == 2 && set("<blk> 0\na 5\n").columnCount == 6)
        #expect(try set("-\na 1 2\n").columnCount == 2)
        let nested = #"{"deu": {"<pad>": 0, "x": 1}, "eng": {"<pad>": 3, "x": 4, "y": 5}}"#
        #expect(try set(nested, language: "eng").columnCount == 6)
        #expect(throws: FormatError.self) { try set(nested) }
        #expect(throws: FormatError.self) { try set(#"{"a": "b"}"#) }
        #expect(throws: CTCError.self) { try set("{}") }
        #expect(throws: CTCError.self) { try set(#"{"a": 1, "b": 1}"#) }
    }

    @Test func `a matrix of other dimensions, and one without a blank, are refused`() throws {
        let (folder, _) = try files([0, 1, 2, 3], shape: "(2, 2, 5)")
        let job = EmissionJob(tokens: try TokenSet([("a", 0), ("b", 1)]), language: "en")
        #expect(throws: FormatError.self) { try job.run(media: "\(folder.path)/a.wav", Transcript(plain: "a"), emissions: "\(folder.path)/a.npy") }
        let (other, _) = try files([0, 1, 2, 3])
        #expect(throws: CTCError.noBlank(asked: nil)) { try job.run(media: "\(other.path)/a.wav", Transcript(plain: "a"), emissions: "\(other.path)/a.npy") }
    }

    @Test(.enabled(if: WordsJobTests.isInstalled)) func `refitted words lie nearer to where they are said than the peaks of their tokens`() throws {
        let (path, starts) = try WordsJobTests().recording()
        defer { unlink(path) }
        // Each word is a token, likeliest for one frame, 80 ms behind its start.
        let said = WordsJobTests.tokens.map { String($0.filter(\.isLetter)).lowercased() }
        let names = Array(Set(said)).sorted()
        var columns = [Int](repeating: 0, count: 1000)
        for (token, start) in starts { columns[Int(start + 80) / 20] = (names.firstIndex(of: said[token]) ?? 0) + 1 }
        let folder = try TemporaryFolder()
        let width = names.count + 1
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000, \(width)), }\n"
        let numbers = columns.flatMap { column in (0..<width).flatMap { withUnsafeBytes(of: (Float($0 == column ? 9 : 0)).bitPattern.littleEndian, Array.init) } }
        let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
        try AtomicFile.write(head + Array(header.utf8) + numbers, to: "\(folder.path)/a.npy", replaces: true)
        var job = EmissionJob(tokens: try TokenSet([("<pad>", 0)] + names.enumerated().map { ($1, $0 + 1) }), language: "en")
        let transcript = Transcript(plain: WordsJobTests.tokens.joined(separator: " "))
        func errors() throws -> [Double] {
            let words = try job.run(media: path, transcript, emissions: "\(folder.path)/a.npy").document.layers[1].labels
            #expect(words.count == said.count && words.allSatisfy { ($0.confidence?.value ?? 0) > 0.9 })
            return words.enumerated().map { abs(Double($1.span.start.milliseconds) - (starts[$0] ?? 0)) }.sorted()
        }
        let before = try errors()
        job.refits = true
        let after = try errors()
        #expect(before[before.count / 2] > 60 && after[after.count / 2] < 30, "\(before) \(after)")
    }
}
