import Testing
import Timeline

@testable import Formats

@Suite struct KaldiTests {
    private func read(_ files: [String: String]) throws -> LabelReading {
        let format = try #require(LabelFormat(named: "kaldi"))
        return try format.read(LabelInput(MemoryFolder(files.map { OutputFile(path: $0.key, Array($0.value.utf8)) }), name: "data"))
    }

    private func write(_ corpus: Corpus) throws -> [String: String] {
        let files = try #require(LabelFormat(named: "kaldi")).write(corpus)
        return Dictionary(files.map { ($0.path, text($0.bytes)) }, uniquingKeysWith: { $1 })
    }

    private let good = [
        "segments": "ann-t-1 talk 0.5 1.75\nann-t-2 talk 2 -1\nbob-t-1 talk 1.25 2.0000625\n", "text": "ann-t-1 Hello  there\nbob-t-1\n", "reco2dur": "talk 10.5\n",
        "utt2spk": "ann-t-1 ann\nann-t-2 ann\nbob-t-1 bob-t-1\n", "spk2utt": "ann ann-t-1 ann-t-2\nbob-t-1 bob-t-1\n", "wav.scp": "talk sph2pipe talk.sph |\n",
        "spk2gender": "ann f\n", "utt2lang": "ann-t-1 en\n", "reco2file_and_channel": "talk talk A\n",
    ]

    @Test func `utterances become turns`() throws {
        let reading = try read(good)
        let document = try #require(reading.corpus.documents.first)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(document.media == Media(name: "talk", duration: .milliseconds(10_500)))
        let labels = Array(document.layers[0].labels)
        #expect(labels.map(\.id.name) == ["ann-t-1", "ann-t-2", "bob-t-1"])
        #expect(labels[0].span == .segment(try #require(Segment(start: .milliseconds(500), end: .milliseconds(1750)))))
        #expect(labels[1].span == .open(.seconds(2)))
        #expect(labels[2].span.end.ticks == 2 * ticksPerSecond + 44_100)
        #expect(labels.map(\.content) == [.turn(SpeakerTurn(speaker: "ann", text: "Hello  there")), .turn(SpeakerTurn(speaker: "ann")), .turn(SpeakerTurn(speaker: "", text: ""))])
    }

    @Test func `every table comes back`() throws {
        var expected = good
        expected["segments"] = "ann-t-1 talk 0.50 1.75\nann-t-2 talk 2.00 -1\nbob-t-1 talk 1.25 2.0000625\n"
        expected["reco2dur"] = "talk 10.50\n"
        #expect(try write(try read(good).corpus) == expected)
    }

    @Test func `without segments a recording is an utterance`() throws {
        let files = ["utt2spk": "a s\nb s\n", "wav.scp": "a a.wav\nb b.wav\n", "text": "a one\nb two\n", "reco2dur": "a 1.50\n", "utt2dur": "b 2.50\n"]
        let reading = try read(files)
        #expect(reading.corpus.documents.map(\.media.name) == ["a", "b"])
        #expect(reading.corpus.documents.map { $0.layers[0].labels[0].span.end } == [.milliseconds(1500), .milliseconds(2500)])
        let written = try write(reading.corpus)
        #expect(written["segments"] == nil && written["text"] == files["text"] && written["spk2utt"] == "s a b\n")
    }

    @Test func `counting ids get speaker and recording before them, and lose them again`() throws {
        let turn = Label(id: "r10", span: .instant(.zero), content: .turn(SpeakerTurn(speaker: "Dr Who", text: "a\nb")))
        let corpus = Corpus(["x", "y"].map { Document(media: Media(name: $0), layers: [Layer(id: "l", kind: .turns, labels: [turn])]) })
        let written = try write(corpus)
        #expect(written["segments"] == "Dr_Who-x-r10 x 0.00 0.01\nDr_Who-y-r10 y 0.00 0.01\n")
        #expect(written["text"] == "Dr_Who-x-r10 a b\nDr_Who-y-r10 a b\n")
        #expect(try read(written).corpus.documents.map { $0.layers[0].labels[0].id } == ["r10", "r10"])
    }

    @Test(arguments: [
        ("segments", "b talk 0 1\na talk 0 1\n", "data/segments:2:1: warning: found 'a' after 'b'; expected ascending bytes (LC_ALL=C sort); it is kept [kaldi-order]"),
        ("segments", "a talk 0 1\na talk 1 2\n", "data/segments:2:1: error: found 'a' again; expected each key once; the line is left out [kaldi-repeated]"),
        ("segments", "a talk 0\n", "data/segments:1:1: error: found 3 fields; expected utterance, recording, start and end; the line is left out [kaldi-line]"),
        ("segments", "a talk 2 1\n", "data/segments:1:1: warning: found the end 1 that is not after the start; expected a later end; the utterance stands at its start [kaldi-segment]"),
        ("segments", "a film 1 2\n", "data/segments:1:1: warning: found recording 'film'; expected one of wav.scp; the utterance is kept [kaldi-recording]"),
        ("text", "z hm\n", "data/text:1:1: error: found utterance 'z'; expected one of segments; the line is left out [kaldi-utterance]"),
        ("spk2utt", "eve a\n", "data/spk2utt:1:1: warning: found utterance 'a' of 'eve'; expected what utt2spk says; utt2spk counts [kaldi-spk2utt]"),
        ("utt2spk", "", "data/utt2spk: warning: found no speaker of 'a'; expected one; the speaker is unknown [kaldi-missing]"),
        ("utt2spk", "a b\n", "data/utt2spk:1:1: note: found utterance 'a' of speaker 'b'; expected ids of utterances that begin with their speaker, so that both sort alike; it is kept [kaldi-prefix]"),
        ("reco2dur", "talk long\n", "data/reco2dur:1:1: error: found duration 'long'; expected seconds such as 12.34; the line is left out [kaldi-line]"),
        ("feats.scp", "a b\n", "data/feats.scp: note: found a file that holds no labels; it is passed over [kaldi-file]"),
    ]) func `what breaks a rule is named`(file: String, content: String, remark: String) throws {
        var files = ["segments": "a talk 0 1\n", "utt2spk": "a a\n", "wav.scp": "talk talk.wav\n"]
        files[file] = content
        let found = try read(files).diagnostics.map(\.description)
        #expect(found.contains(remark), "\(found)")
    }

    /// The manifests that lhotse makes of a directory hold the same utterances.
    @Test(.enabled(if: sharedData != nil, "the shared test data is not here"), arguments: ["mini_librispeech"]) func `a directory reads as its manifests say`(_ name: String) throws {
        let folder = (sharedData ?? "") + "/formats/kaldi/\(name)"
        let reading = try #require(LabelFormat(named: "kaldi")).read(try LabelInput(path: folder))
        #expect(reading.diagnostics.allSatisfy { $0.severity == .note }, "\(reading.diagnostics)")
        var log = DiagnosticLog(file: "t")
        let manifest = try Gzip.inflated(try BoundedFile.read(folder + "/lhotse/supervisions.jsonl.gz", limit: 1 << 20), limit: 1 << 20, log: &log)
        var supervisions: [String: JSONValue] = [:]
        JSONLines(manifest, file: "t").forEach(log: &log) { (json) throws(FormatError) in
            try json.next()
            return try json.value()
        } use: { value, _, _ in
            supervisions[value["id"]?.string ?? ""] = value
        }
        let labels = reading.corpus.documents.flatMap { document in document.layers.flatMap { $0.labels.map { (document.media.name, $0) } } }
        #expect(labels.count == supervisions.count && !labels.isEmpty)
        for (recording, label) in labels {
            let wanted = try #require(supervisions[label.id.name])
            #expect(recording == wanted["recording_id"]?.string && label.content.speaker == wanted["speaker"]?.string)
            #expect(label.content.plainText == wanted["text"]?.string)
            #expect(label.span.start.approximateSeconds == wanted["start"]?.double && (label.span.end - label.span.start).approximateSeconds == wanted["duration"]?.double)
        }
    }
}
