import Testing
import Timeline

@testable import Formats

/// Seeded mutations of good files. Whatever comes in, a reader returns or throws; what it read re-times in place.
@Suite struct FuzzTests {
    private static let pieces = [
        "-->", "00:00:01,000", "99999999999999999999:00:00.000", "\r", "\n\n", "<", ">", "&#x110000;", "{\\p1}", "WEBVTT", "Dialogue: ", ",", "\u{0}", "<00:01.000>",
        "Format: Text, End, Start", "[Events]", "-", "1\n", "STYLE\n", "\u{FEFF}",
    ].map { Array($0.utf8) }

    private func mutate(_ bytes: [UInt8], with generator: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = .random(in: .min ... .max, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...20, using: &generator)))
            case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: place)
            case 3: bytes.removeLast(bytes.count - max(place, bytes.count / 2))
            default: bytes.insert(contentsOf: bytes.prefix(place).suffix(30), at: place)
            }
        }
        return bytes
    }

    @Test(arguments: RetimingTests.samples.map(\.text), [1, 2, 3]) func `a mutated subtitle file never traps`(_ sample: String, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for round in 0..<1500 {
            let bytes = mutate(Array(sample.utf8), with: &generator)
            guard let file = try? SubtitleFile(bytes, name: "fuzz") else { continue }
            #expect(file.retimed(file.cues.map(\.segment)) == bytes, "seed \(seed), round \(round)")
            _ = file.shifted(by: .milliseconds(1234))
            let document = file.document()
            #expect(document.problems().isEmpty, "seed \(seed), round \(round)")
            for format in SubtitleFormat.allCases { _ = try? SubtitleWriter.write(document, as: format, name: "fuzz") }
        }
    }

    @Test(arguments: [1, 2, 3]) func `mutated JSON never traps`(seed: UInt64) throws {
        let good = NativeJSON.write(try subtitles(RetimingTests.samples[1].text).document())
        var generator = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            var log = DiagnosticLog(file: "fuzz")
            _ = try? NativeJSON.read(mutate(good, with: &generator), log: &log)
        }
    }
}

/// Texts that would take minutes if any step were quadratic.
@Suite(.timeLimit(.minutes(1))) struct LongTextTests {
    @Test(arguments: ["<", "{\\", "&#", "<c.a>x", "{", "</b>", "<i>", "a,"]) func `a hundred thousand openings take linear time`(_ piece: String) throws {
        let text = String(repeating: piece, count: 100_000)
        let files = [
            "1\n00:00:01,000 --> 00:00:02,000\n\(text)\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\(text)\n",
            "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,\(text)\n",
        ]
        for file in files { #expect(try subtitles(file).cues.map(\.content).count == 1) }
    }
}
