import Formats
import Foundation
import Media
import Pronunciation
import Testing
import Timeline

@testable import Batch

@Suite struct WordsJobTests {
    static let isInstalled = (try? Espeak.shared.pronounce(["a"], language: "en")) != nil
    static let tokens = """
        The old man walked slowly down to the river. He had not seen it for many years, and he remembered every stone. A small boat was \
        tied under the bridge; nobody knew to whom it belonged.
        """.split(separator: " ").map(String.init)

    /// A recording of another voice, with the true start of each token in milliseconds.
    func recording(pauseBefore token: Int? = nil) throws -> (path: String, starts: [Int: Double]) {
        let said = try Espeak.shared.pronounce(Self.tokens, language: "en-us+f3")
        var (samples, starts, shift) = ([Float](repeating: 0, count: 11_025), [Int: Double](), 11_025)
        var cut = 0
        for word in said.words {
            guard let first = word.phones.first?.range.lowerBound else { continue }
            if word.token == token, starts[word.token] == nil {
                samples += said.samples[cut..<first] + [Float](repeating: 0, count: 22_050)
                (cut, shift) = (first, shift + 22_050)
            }
            if starts[word.token] == nil { starts[word.token] = Double(first + shift) / 22.05 }
        }
        samples += said.samples[cut...]
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("slate-words-\(UUID().uuidString).wav").path
        let noisy = samples.enumerated().map { $1 + Float($0 * 7919 % 1000 - 500) * 1e-6 }
        try WaveFile.write(noisy, rate: 22_050, to: path)
        return (path, starts)
    }

    private func words(_ document: Document) -> [Label] { document.layers.filter { $0.kind == .words }.flatMap(\.labels) }

    @Test(.enabled(if: isInstalled)) func `words of another voice are found where they are said`() throws {
        let (path, starts) = try recording()
        defer { unlink(path) }
        let transcript = Transcript(plain: Self.tokens.joined(separator: " "))
        let outcome = try WordsJob(language: "en").run(media: path, transcript)
        let found = words(outcome.document)
        #expect(outcome.unplaced == 0 && found.count == Self.tokens.count)
        let errors = found.enumerated().map { abs(Double($1.span.start.milliseconds) - (starts[$0] ?? 0)) }
        #expect(errors.count { $0 <= 50 } * 10 >= errors.count * 9, "\(errors)")
    }

    @Test(.enabled(if: isInstalled)) func `a pause belongs to no word`() throws {
        let (path, starts) = try recording(pauseBefore: 9)
        defer { unlink(path) }
        let found = words(try WordsJob(language: "en").run(media: path, Transcript(plain: Self.tokens.joined(separator: " "))).document)
        #expect(abs(Double(found[9].span.start.milliseconds) - (starts[9] ?? 0)) < 60)
        #expect(found[9].span.start - found[8].span.end > .milliseconds(800))
    }

    @Test(.enabled(if: isInstalled)) func `words are in order, apart, inside the media and in their lines`() throws {
        let (path, _) = try recording()
        defer { unlink(path) }
        // Text of another recording, too long for this one.
        let wrong = Transcript(plain: String(repeating: "Ann: Something else entirely was talked about.\n", count: 12))
        for transcript in [Transcript(plain: Self.tokens.joined(separator: " ")), wrong] {
            let document = try WordsJob(language: "en").run(media: path, transcript).document
            let found = words(document)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
            #expect(found.allSatisfy { $0.span.start >= .zero && $0.span.end <= .zero + (document.media.duration ?? .zero) })
            let lines = document.layers[0].labels
            #expect(found.allSatisfy { word in lines.contains { $0.span.start <= word.span.start && word.span.end <= $0.span.end } })
        }
    }

    @Test func `an empty transcript is refused`() {
        #expect(throws: WordsError.emptyTranscript) { try WordsJob(language: "en").run(media: "none.wav", Transcript(plain: " \n ")) }
    }

    @Test(.enabled(if: isInstalled)) func `silence holds no words`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("slate-silence-\(UUID().uuidString).wav").path
        defer { unlink(path) }
        try WaveFile.write([Float](repeating: 0, count: 48_000), rate: 16_000, to: path)
        #expect(throws: WordsError.noSpeech(path)) { try WordsJob(language: "en").run(media: path, Transcript(plain: "One two.")) }
    }

    @Test func `a line may name its speaker`() {
        let lines = Transcript(plain: "Ann: Good morning.\nAt 12:30 we left: all of us.\nDr Who 2: No").lines
        #expect(lines.map(\.speaker) == ["Ann", nil, "Dr Who 2"])
        #expect(lines[0].tokens == ["Good", "morning."])
        #expect(lines[1].tokens.count == 7)
    }
}

/// Plain WAV files of 16-bit samples.
enum WaveFile {
    static func write(_ samples: [Float], rate: Int, to path: String) throws {
        var data = Data()
        func append<Value: FixedWidthInteger>(_ value: Value) { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }
        data.append(contentsOf: Array("RIFF".utf8))
        append(UInt32(36 + samples.count * 2))
        data.append(contentsOf: Array("WAVEfmt ".utf8))
        append(UInt32(16)); append(UInt16(1)); append(UInt16(1)); append(UInt32(rate)); append(UInt32(rate * 2)); append(UInt16(2)); append(UInt16(16))
        data.append(contentsOf: Array("data".utf8))
        append(UInt32(samples.count * 2))
        for sample in samples { append(Int16(max(-32768, min(32767, sample * 32767)))) }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
