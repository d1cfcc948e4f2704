import Timeline

/// NIST Segment Time Mark: one stretch of one speaker a line: file, channel, speaker, begin, end, perhaps labels in angle brackets, and
/// the transcript, in which `{ a / b / @ }` are alternatives.
///
/// NIST SCTK, `doc/infmts.htm`.
enum STM: LineSyntax {
    typealias Reader = STMReader
    typealias Writer = STMWriter

    static let name = "stm"
    static let title = "STM"
    static let suffixes = ["stm"]
    static let turns = ChannelLayer(name: "turns")
    static let unscored = ChannelLayer(name: "unscored")
    /// The transcript of a stretch that is not scored.
    static let ignored: StaticString = "ignore_time_segment_in_scoring"
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .tags: .whole, .cues: .turned(.turns), .words: .turned(.turns)],
        features: [.overlaps, .instants, .text, .speaker, .media, .layers], grid: .exact, attributePrefixes: ["stm."], texts: .trimmedLine, names: .oneWord,
        keepsLayer: { turns.channel(of: $0) != nil || unscored.channel(of: $0) != nil }, holdsTag: { $0 == "unscored" })

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20)
        let fits = !lines.isEmpty && lines.allSatisfy { line in
            let fields = LineFields(sample.text, line, most: 6)
            guard fields.count >= 5, LineTimes(sample.text, fields[3], fields[4]) != nil else { return false }
            // Three numbers in a row are rather those of a CTM.
            return DecimalSeconds(sample.text, fields[2]) == nil || fields.count > 5 && isLabels(sample.text, fields[5])
        }
        return fits ? .likely : .none
    }

    /// Whether a field is a set of labels, such as `<o,f0,male>`.
    static func isLabels(_ text: [UInt8], _ field: Range<Int>) -> Bool {
        field.count > 1 && text[field.lowerBound] == .ascii("<") && text[field.upperBound - 1] == .ascii(">")
    }
}
