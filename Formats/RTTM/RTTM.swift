import Timeline

/// NIST Rich Transcription Time Marked: one object a line, of fourteen types, in nine or ten fields.
///
/// Rich Transcription evaluation plans, appendix A (RT-03F to RT-09).
enum RTTM: LineSyntax {
    typealias Reader = RTTMReader
    typealias Writer = RTTMWriter

    static let name = "rttm"
    static let title = "RTTM"
    static let suffixes = ["rttm"]
    static let capabilities = FormatCapabilities(
        kinds: [.turns: .whole, .words: .whole, .tags: .whole, .cues: .turned(.turns)],
        features: [.overlaps, .instants, .text, .speaker, .confidence, .media, .layers], grid: .exact,
        attributePrefixes: ["rttm."], texts: .oneWord, names: .oneWord, keepsLayer: RTTMType.isLayer)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        let lines = sample.lines(20)
        let fitting = lines.count { line in
            let fields = LineFields(sample.text, line)
            return fields.count >= 8 && RTTMType(sample.text, fields[0]) != nil
        }
        guard fitting > 0 else { return .none }
        return fitting == lines.count ? .certain : .likely
    }
}
