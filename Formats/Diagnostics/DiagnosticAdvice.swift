extension Diagnostic {
    /// What a person can do about the remark; nil where there is nothing to do.
    public var suggestion: String? { DiagnosticAdvice.advice(for: code) }
}

/// What helps, by the code of a remark: by the code itself, or else by the topic that stands behind the format's name.
enum DiagnosticAdvice {
    static func advice(for code: String) -> String? {
        if let own = byCode[code] { return own }
        guard let hyphen = code.firstIndex(of: "-") else { return nil }
        return byTopic[String(code[code.index(after: hyphen)...])]
    }

    private static let convert = "`slate convert` writes the file in the form that is expected"

    private static let byTopic: [String: String] = [
        "time": "write both times as the expected form shows, or delete the label",
        "stamp": convert,
        "clock": convert,
        "length": "give the label an end after its start",
        "duration": "give the label a duration of zero or more",
        "order": "sort the labels by their start; `slate convert` does",
        "overlap": "move the later start or the earlier end, or put one of the labels in another layer",
        "gap": "nothing, if the gap is meant; \(convert)",
        "negative": "shift the labels with `slate convert --shift`, or delete those before zero",
        "repeated": "delete one of the two",
        "id-repeated": "give each its own id",
        "index-repeated": "\(convert), numbered anew",
        "repeated-id": "give each label its own id",
        "repeated-name": "rename or delete one of the two",
        "repeated-layer": "give each layer its own id",
        "repeated-media": "join the labels of the medium, or rename one",
        "repeated-source": "give each source its own id",
        "comma": "write a decimal point; \(convert)",
        "separator": convert,
        "arrow": convert,
        "layout": convert,
        "fraction": convert,
        "case": convert,
        "fields": "compare the line with the ones above it; a field is missing, or a name holds a blank",
        "columns": "compare the line with the first one",
        "line": "correct the line as the expected form shows, or delete it",
        "number": "write a number, or leave the field empty",
        "space": "replace the blanks inside names by _",
        "blank": "delete the blank line",
        "blank-line": "delete the blank line",
        "no-blank": "put a blank line before it",
        "no-index": "\(convert), numbered",
        "empty": "delete it, or give it its text",
        "nul": "the file may be damaged or UTF-16; look at its source",
        "cr": "save the file with LF line ends",
        "rest": "delete what stands there, or look whether the file is two in one",
        "rate": "state how long a frame lasts with --rate",
        "size": "state the size with --size where it is that of the picture; else correct the numbers",
        "confidence": "write a number from 0 to 1",
        "checksum": "the file was changed or damaged; fetch it again",
        "cut": "the file ends too early; fetch it again",
        "end": "the file may have been cut; fetch it again",
        "damaged": "fetch the file again",
        "header": "look whether the file is of this format; --from states another",
        "unknown-key": "look whether the name is misspelled; what is not known is kept",
        "unknown-source": "state the source among the sources of the document, or take the reference away",
        "unknown-label": "correct the id, or take the reference away",
        "missing": "add the line that is missing",
        "file": "correct the file, or take it out of the folder",
        "kind": "use one of the kinds that are named",
        "parent": "name a layer of the same document that is not below this one",
        "surrogate": "write both halves of the character, or the character itself",
        "dtd": "take the document type out of the file",
        "namespace": "declare the prefix with xmlns",
        "label": "correct the value that is pointed at",
    ]

    private static let byCode: [String: String] = [
        "file-suffix": "rename the file, or state its format with --from",
        "file-unknownFormat": "state the format with --from if the file is of one",
        "file-exists": "name another output, or say --replace",
        "file-tooLarge": "split the file",
        "text-bytes": "state the encoding with --encoding",
        "text-encoding": "state the encoding with --encoding if the guess is wrong; UTF-8 needs no guess",
        "vtt-angle": "write &lt; for a < that opens no tag",
        "vtt-late-block": "move the block before the first cue",
        "vtt-lost-text": "correct the times above the text",
        "vtt-stray": "give the text its times, or begin it with NOTE if it is a comment",
        "vtt-setting": "correct the setting; browsers ignore it as it stands",
        "vtt-region": "correct the setting; browsers ignore it as it stands",
        "vtt-region-unknown": "define the region before the first cue, or take the setting away",
        "vtt-region-unused": "browsers leave regions away from vertical cues and cues with a line; take one of the two away",
        "srt-untimed": "add the line of times under the index",
        "srt-untimed-text": "give the text its index and times",
        "srt-hours": "write hours with two digits",
        "srt-over-59": "carry minutes and seconds over 59 to the next unit",
        "ass-style": "define the style under [V4+ Styles]",
        "ass-format": "add the names of the fields that are missing to the Format line",
        "ttml-draft": "change the namespace to http://www.w3.org/ns/ttml",
        "ttml-frame": "state ttp:frameRate as it is, or correct the frame number",
        "kaldi-order": "sort the file with LC_ALL=C sort",
        "kaldi-prefix": "begin ids of utterances with the id of their speaker",
        "kaldi-spk2utt": "make spk2utt anew from utt2spk",
        "mot-base": "count frames from 1",
        "tar-path": "pack the archive anew with paths inside one folder",
        "tar-link": "pack the archive anew with the file itself in place of the link",
    ]
}
