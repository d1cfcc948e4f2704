import Timeline

/// NIST Conversation Time Marked: one word a line: file, channel, begin, duration, word, and where stated confidence, type and
/// speaker; alternatives between lines of `<ALT_BEGIN>`, `<ALT>` and `<ALT_END>`.
///
/// NIST SCTK, `doc/infmts.htm`; fields seven and eight as in its ctmValidator.
enum CTM: LineSyntax {
    typealias Reader = CTMReader
    typealias Writer = CTMWriter

    static let name = "ctm"
    static let title = "CTM"
    static let suffixes = ["ctm"]
    static let layer = ChannelLayer(name: "words")
    static let capabilities = FormatCapabilities(
        kinds: [.words: .whole, .phones: .turned(.words)], features: [.overlaps, .instants, .text, .speaker, .confidence, .media, .layers], grid: .exact,
        attributePrefixes: ["ctm."], texts: .oneWord, names: .oneWord, keepsLayer: { layer.channel(of: $0) != nil })

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20)
        let fits = !lines.isEmpty && lines.allSatisfy { line in
            let fields = LineFields(sample.text, line)
            guard (5...8).contains(fields.count) else { return false }
            return isAlternation(sample.text, fields) || LineTimes(sample.text, fields[2], fields[3]) != nil
        }
        return fits ? .likely : .none
    }

    /// Whether a line opens, parts or closes alternatives.
    static func isAlternation(_ text: [UInt8], _ fields: LineFields) -> Bool {
        guard fields.count >= 5, fields[2].count == 1, text[fields[2].lowerBound] == .ascii("*") else { return false }
        return ["<ALT_BEGIN>", "<ALT>", "<ALT_END>"].contains(text.string(fields[4]).uppercased())
    }
}
