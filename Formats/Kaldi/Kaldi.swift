import Timeline

/// A Kaldi data directory: tables that give each utterance a recording, times, a speaker and a text.
///
/// Kaldi, "Data preparation"; the rules are those of `utils/validate_data_dir.sh`. Each utterance is a turn.
enum Kaldi: LabelSyntax {
    static let name = "kaldi"
    static let title = "Kaldi data directory"
    static let suffixes = ["kaldi"]
    static let isFolder = true
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .cues: .turned(.turns)], features: [.overlaps, .openEnds, .ids, .text, .speaker, .media, .duration], grid: .exact,
        attributePrefixes: ["kaldi."], texts: .trimmedLine, names: .oneWord, ids: .oneWord)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let files = Set(sample.paths)
        guard files.contains("utt2spk") || files.contains("segments") else { return .none }
        return files.isDisjoint(with: ["wav.scp", "text", "spk2utt"]) ? .likely : .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var reader = KaldiReader(folder: try input.folder(expected: title), name: input.name, options: options)
        let corpus = try reader.corpus()
        for diagnostic in reader.diagnostics { log.append(diagnostic) }
        return corpus
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] { KaldiWriter(corpus).files() }

    /// Files whose first field is an utterance and that say something of it, beside those that the reader knows by name.
    static func isUtteranceTable(_ file: String) -> Bool { file.hasPrefix("utt2") && !file.contains("/") }
    /// Files whose first field is a speaker.
    static func isSpeakerTable(_ file: String) -> Bool { file.hasPrefix("spk2") && !file.contains("/") }
    /// Files whose first field is a recording.
    static func isRecordingTable(_ file: String) -> Bool { file == "wav.scp" || file.hasPrefix("reco2") && !file.contains("/") }
}
