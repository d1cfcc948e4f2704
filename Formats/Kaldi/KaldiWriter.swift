import Timeline

/// Writes the tables of a Kaldi data directory, each sorted by the bytes of its keys.
struct KaldiWriter {
    private let corpus: Corpus
    private var utterances: [Utterance] = []

    private struct Utterance {
        let id, recording, speaker: String
        let label: Label
        let text: String?
    }

    init(_ corpus: Corpus) {
        self.corpus = corpus
        var counts: [LabelID: Int] = [:]
        for (_, label) in Self.labels(corpus) { counts[label.id, default: 0] += 1 }
        var taken: Set<String> = []
        for (recording, label) in Self.labels(corpus) {
            let speaker = Self.word(label.content.speaker ?? "")
            var id = Self.word(KaldiUtteranceID.utterance(label.id, speaker: speaker, recording: recording, isRepeated: counts[label.id] ?? 0 > 1))
            let (stem, number) = (id, taken.count)
            if !taken.insert(id).inserted {
                id = "\(stem)-\(number)"
                taken.insert(id)
            }
            utterances.append(Utterance(id: id, recording: recording, speaker: speaker.isEmpty ? id : speaker, label: label, text: Self.text(label.content)))
        }
        utterances.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    private static func labels(_ corpus: Corpus) -> some Sequence<(String, Label)> {
        corpus.documents.lazy.flatMap { document in
            document.layers.lazy.filter { Kaldi.capabilities.kinds[$0.kind] != nil }.flatMap { layer in layer.labels.lazy.map { (word(document.media.name), $0) } }
        }
    }

    func files() -> [OutputFile] {
        var files = [table("utt2spk", utterances.map { ($0.id, $0.speaker) }), speakers(), recordings()]
        if corpus.attributes["kaldi.whole"] == nil || utterances.contains(where: { $0.id != $0.recording }) {
            files.append(table("segments", utterances.map { ($0.id, "\($0.recording) \(Self.times($0.label.span))") }))
        }
        let texts = utterances.compactMap { utterance in utterance.text.map { (utterance.id, $0) } }
        if !texts.isEmpty { files.append(table("text", texts)) }
        let durations = corpus.documents.compactMap { document in document.media.duration.map { (Self.word(document.media.name), Self.seconds($0.ticks)) } }
        if !durations.isEmpty { files.append(table("reco2dur", durations)) }
        files += utteranceTables() + kept(corpus.documents.flatMap { document in
            document.attributes.compactMap { $0.name.hasPrefix("kaldi.reco2") ? ($0.name, Self.word(document.media.name), $0.value) : nil }
        }) + kept(corpus.attributes.compactMap { attribute in
            guard attribute.name.hasPrefix("kaldi.spk2"), let blank = attribute.value.firstIndex(of: " ") else { return nil }
            return (attribute.name, String(attribute.value[..<blank]), String(attribute.value[blank...].dropFirst()))
        })
        return files.sorted { $0.path < $1.path }
    }

    private func speakers() -> OutputFile {
        let bySpeaker = Dictionary(grouping: utterances, by: \.speaker)
        return table("spk2utt", bySpeaker.map { ($0.key, $0.value.map(\.id).joined(separator: " ")) })
    }

    /// The path of each recording; its name where no path was stated.
    private func recordings() -> OutputFile {
        table("wav.scp", corpus.documents.map { document in
            let name = Self.word(document.media.name)
            return (name, document.attributes["kaldi.wav.scp"] ?? name)
        })
    }

    private func utteranceTables() -> [OutputFile] {
        var rows = utterances.flatMap { utterance in
            utterance.label.attributes.compactMap { $0.name.hasPrefix("kaldi.utt2") ? ($0.name, utterance.id, $0.value) : nil }
        }
        if corpus.attributes.values(of: "kaldi.file").contains("utt2dur") {
            for utterance in utterances where utterance.label.attributes["kaldi.utt2dur"] == nil {
                guard case .segment(let segment) = utterance.label.span else { continue }
                rows.append(("kaldi.utt2dur", utterance.id, Self.seconds(segment.duration.ticks)))
            }
        }
        return kept(rows)
    }

    /// Tables that are carried under the names of attributes.
    private func kept(_ rows: [(name: String, key: String, value: String)]) -> [OutputFile] {
        Dictionary(grouping: rows, by: \.name).map { name, rows in table(String(name.dropFirst(6)), rows.map { ($0.key, $0.value) }) }
    }

    private func table(_ path: String, _ rows: [(key: String, value: String)]) -> OutputFile {
        var bytes: [UInt8] = []
        for row in rows.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            bytes += row.key.utf8
            if !row.value.isEmpty {
                bytes.append(Byte.space)
                bytes += row.value.utf8
            }
            bytes.append(Byte.lineFeed)
        }
        return OutputFile(path: path, bytes)
    }

    // MARK: Fields

    /// A text without blanks and control characters.
    private static func word(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= Byte.space || $0 == 0x7F }) else { return text }
        return String(decoding: text.utf8.map { $0 <= Byte.space || $0 == 0x7F ? .ascii("_") : $0 }, as: UTF8.self)
    }

    private static func text(_ content: Content) -> String? {
        guard let text = if case .turn(let turn) = content { turn.text } else { content.plainText } else { return nil }
        let line = Array(text.utf8.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.space : $0 })
        return line.string(line.trimmed(0..<line.count))
    }

    private static func times(_ span: Span) -> String {
        let start = seconds(span.start.ticks)
        switch span {
        case .segment(let segment): return "\(start) \(seconds(segment.end.ticks))"
        case .open: return "\(start) -1"
        // Kaldi takes no empty segment, so an instant gets one frame of 10 ms.
        case .instant(let time): return "\(start) \(seconds((time + .milliseconds(10)).ticks))"
        }
    }

    private static func seconds(_ ticks: Int64) -> String {
        var bytes: [UInt8] = []
        DecimalSeconds.append(ticks, least: 2, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
