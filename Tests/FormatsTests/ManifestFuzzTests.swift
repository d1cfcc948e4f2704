import Testing
import Timeline

@testable import Formats

/// Seeded mutations of good manifests, tables and archives. Whatever comes in, a reader returns or throws, its documents keep their rules, and
/// what it read can be written and read again.
@Suite struct ManifestFuzzTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let format: String
        let bytes: [UInt8]
        var testDescription: String { format }
    }

    private static let supervision = """
        {"id": "s1", "recording_id": "rec", "start": 0.5, "duration": 1.5, "channel": [0, 1], "text": "hi", "speaker": "Ann", "custom": {"x": [1, 2.50], "confidence": 0.75}, "alignment": {"word": [["hi", 0.5, 0.25, 0.5]]}}
        {"id": "c1", "start": 10.0, "duration": 5.0, "channel": 0, "supervisions": [{"id": "s", "recording_id": "rec", "start": 1.0, "duration": 2.0}], "recording": {"id": "rec"}, "type": "MonoCut"}
        {"id": "m", "tracks": [{"cut": {"id": "c2", "start": 1.0, "duration": 2.0, "supervisions": [{"id": "t", "recording_id": "r", "start": 0, "duration": 1}]}, "type": "MonoCut", "offset": 0.5}], "type": "MixedCut"}
        {"id": "rec", "sources": [{"type": "file", "channels": [0], "source": "a.wav"}], "sampling_rate": 16000, "num_samples": 16000, "duration": 1.0}

        """

    static let samples: [Sample] = {
        var tar = TarWriter()
        for (path, content) in [("a/1.json", "{\"text\": \"hi\", \"start\": 0.5, \"end\": 1.5}"), ("a/1.txt", "hi"), ("a/1.cls", "7"), ("b.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n")] {
            tar.add(path, Array(content.utf8))
        }
        tar.finish()
        let table = "media,layer,kind,begin,end,text,id,speaker,confidence\na.wav,turns,turns,0.5,1.75,\"one, \"\"two\"\"\",x-1,Ann,0.25\na.wav,tags,tags,2,,dog,,,\n"
        let lines = "{\"audio_filepath\": \"a.wav\", \"offset\": 0.1, \"duration\": 2.5, \"text\": \"hi\", \"speaker\": \"Ann\", \"lang\": \"en\"}\n{\"audio_filepath\": \"b\", \"duration\": null, \"label\": \"dog\"}\n"
        return [
            Sample(format: "lhotse", bytes: Array(supervision.utf8)), Sample(format: "lhotse", bytes: Gzip.deflated(Array(supervision.utf8))),
            Sample(format: "lhotse", bytes: Array("[\(supervision.split(separator: "\n").joined(separator: ","))]".utf8)), Sample(format: "nemo", bytes: Array(lines.utf8)),
            Sample(format: "csv", bytes: Array(table.utf8)), Sample(format: "tsv", bytes: Array(table.replacing(",", with: "\t").utf8)), Sample(format: "webdataset", bytes: tar.bytes),
        ]
    }()

    private static let pieces = [
        "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "99999999999999999999", "-9e17", "\\ud800", "\n", "\r", "\t", "\u{0}", ";", "\"id\": \"s1\"", "..", "/",
    ].map { Array($0.utf8) }

    static func mutate(_ bytes: [UInt8], with generator: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = .random(in: .min ... .max, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...20, using: &generator)))
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
            case 3: bytes.removeLast(bytes.count - max(place, bytes.count / 2))
            default: bytes.insert(contentsOf: bytes.prefix(place).suffix(30), at: place)
            }
        }
        return bytes
    }

    private func check(_ format: LabelFormat, _ input: LabelInput, _ comment: Comment) throws {
        _ = try? LabelFormat.detect(input)
        guard let corpus = try? format.read(input).corpus else { return }
        #expect(corpus.documents.allSatisfy { $0.problems().isEmpty }, comment)
        #expect(Set(corpus.documents.map(\.media.name)).count == corpus.documents.count, comment)
        let files = try format.write(corpus)
        let copy = format.isFolder ? LabelInput(MemoryFolder(files), name: "fuzz") : LabelInput(files[0].bytes, name: "fuzz")
        guard corpus.labelCount > 0 else { return }
        #expect(throws: Never.self, comment) { try format.read(copy) }
    }

    @Test(arguments: samples, [1, 2] as [UInt64]) func `a mutated file never traps`(_ sample: Sample, seed: UInt64) throws {
        let format = try #require(LabelFormat(named: sample.format))
        var generator = SplitMix64(seed: seed)
        for round in 0..<120 { try check(format, LabelInput(Self.mutate(sample.bytes, with: &generator), name: "fuzz"), "seed \(seed), round \(round)") }
    }

    @Test(arguments: [1, 2] as [UInt64]) func `a mutated directory never traps`(seed: UInt64) throws {
        let files = [
            "segments": "ann-t-1 talk 0.5 1.75\nann-t-2 talk 2 -1\n", "text": "ann-t-1 Hello there\n", "reco2dur": "talk 10.5\n", "utt2spk": "ann-t-1 ann\nann-t-2 ann\n",
            "spk2utt": "ann ann-t-1 ann-t-2\n", "wav.scp": "talk a.wav\n", "utt2dur": "ann-t-1 1.25\n", "spk2gender": "ann f\n",
        ].mapValues { Array($0.utf8) }
        let format = try #require(LabelFormat(named: "kaldi"))
        var generator = SplitMix64(seed: seed)
        for round in 0..<120 {
            var mutated = files
            let name = try #require(files.keys.sorted().randomElement(using: &generator))
            mutated[name] = Self.mutate(files[name] ?? [], with: &generator)
            try check(format, LabelInput(MemoryFolder(mutated.map { OutputFile(path: $0.key, $0.value) }), name: "fuzz"), "seed \(seed), round \(round)")
        }
    }
}
