/// The subtitle formats that Slate reads, re-times in place and writes.
public enum SubtitleFormat: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// SubRip: no standard, many dialects. Times to the millisecond.
    case subRip = "srt"
    /// W3C WebVTT. Times to the millisecond.
    case webVTT = "vtt"
    /// SubStation Alpha v4 and Advanced SubStation Alpha v4+. Times to 10 ms.
    case subStation = "ass"

    public var description: String {
        switch self {
        case .subRip: "SubRip"
        case .webVTT: "WebVTT"
        case .subStation: "SubStation Alpha"
        }
    }

    /// The format that a file name's ending stands for; nil for any other ending.
    public init?(suffixOf path: String) {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        switch path[path.index(after: dot)...].lowercased() {
        case "srt": self = .subRip
        case "vtt", "webvtt": self = .webVTT
        case "ass", "ssa": self = .subStation
        default: return nil
        }
    }

    /// How its writer states a time.
    var stampStyle: ClockStyle {
        switch self {
        case .subRip: .subRip
        case .webVTT: .webVTT
        case .subStation: .subStation
        }
    }

    var syntax: any SubtitleSyntax.Type {
        switch self {
        case .subRip: SubRip.self
        case .webVTT: WebVTT.self
        case .subStation: SubStation.self
        }
    }
}
