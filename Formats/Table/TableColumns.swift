/// What the columns of a table mean, by the names in its header.
struct TableColumns {
    enum Meaning: String, CaseIterable {
        case media, layer, kind, id, begin, end, duration, text, speaker, confidence, review, vocabulary
    }

    /// The names as they stand in the header.
    let names: [String]
    /// For each column what it means; nil for one that is only carried.
    let meanings: [Meaning?]
    /// Columns whose times count milliseconds.
    let inMilliseconds: Set<Int>
    /// The kind of labels where no column states it.
    let kind: String

    /// Nil when no column states where labels begin.
    init?(_ names: [String]) {
        self.names = names
        var (found, milliseconds): ([Meaning?], Set<Int>) = ([], [])
        var taken: Set<Meaning> = []
        for (index, name) in names.enumerated() {
            let meaning = Self.meaning(of: name)
            if Self.plain(name).hasSuffix("ms"), meaning == .begin || meaning == .end || meaning == .duration { milliseconds.insert(index) }
            // Of two columns with one meaning the first counts.
            found.append(meaning.flatMap { taken.insert($0).inserted ? $0 : nil })
        }
        guard taken.contains(.begin) else { return nil }
        (meanings, inMilliseconds) = (found, milliseconds)
        let isTag = names.contains { ["label", "eventlabel", "class", "event", "tag"].contains(Self.plain($0)) }
        kind = isTag ? "tags" : taken.contains(.speaker) ? "turns" : "cues"
    }

    subscript(meaning: Meaning) -> Int? { meanings.firstIndex(of: meaning) }

    /// In lower case, without blanks, `_`, `-` and brackets: `Start (s)` is `starts`.
    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// What a column of a name means where it is the first of that meaning; nil for names that mean nothing here.
    static func meaning(of name: String) -> Meaning? {
        let plain = plain(name)
        return meaning(plain) ?? (plain.hasSuffix("ms") ? meaning(String(plain.dropLast(2))) : nil)
    }

    private static func meaning(_ name: String) -> Meaning? {
        if let meaning = Meaning(rawValue: name) { return meaning }
        return aliases.first { $0.names.contains(name) }?.meaning
    }

    /// Names that tables of other programs use.
    private static let aliases: [(meaning: Meaning, names: Set<String>)] = [
        (.media, ["file", "filename", "path", "audio", "audiofilepath", "recording", "recordingid", "video", "clip"]), (.layer, ["tier", "tiername"]),
        (.begin, ["start", "starttime", "begintime", "onset", "starts", "begins", "startseconds", "tmin", "xmin", "offsetseconds"]),
        (.end, ["endtime", "offset", "stop", "stoptime", "ends", "endseconds", "tmax", "xmax"]), (.duration, ["dur", "length", "durations", "durationseconds"]),
        (.text, ["transcript", "transcription", "sentence", "label", "eventlabel", "class", "event", "tag", "word", "utterance"]),
        (.speaker, ["speakerid", "spk", "participant"]), (.confidence, ["score", "conf", "probability"]), (.id, ["labelid", "segmentid", "uttid"]),
        (.vocabulary, ["alphabet"]),
    ]
}
