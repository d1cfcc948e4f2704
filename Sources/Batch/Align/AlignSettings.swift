import Alignment
import Formats
import Media
import Timeline

/// How a run of `slate align` treats every one of its items.
public struct AlignSettings: Sendable {
    public var options = AlignmentOptions()
    /// The sound track to listen to; nil for the one in the subtitles' language, or else the main one.
    public var track: TrackChoice?
    /// What to write; nil for the format of the subtitles.
    public var format: OutputFormat?
    /// Encoding of the subtitle files, by any name that iconv knows; nil to find out.
    public var encodingName: String?

    public init() {}

    /// Names everything in here that changes results: what the ledger compares between runs.
    public var fingerprint: String {
        let rates = options.rates.map { String($0.billionths) }.joined(separator: ",")
        return [
            "max-offset \(options.maximumOffset.ticks)", "rates \(rates)", "cuts \(options.allowsCuts)",
            "thorough \(options.isThorough)", "snap \(options.snapping.rawValue)", "lead \(options.lead.ticks)",
            "track \(track.map { "\($0)" } ?? "-")", "format \(format?.rawValue ?? "-")", "encoding \(encodingName ?? "-")",
        ].joined(separator: "; ")
    }
}

/// A format that aligned subtitles can be written in.
public enum OutputFormat: String, Sendable, CaseIterable {
    case srt, vtt, ass, json

    /// By the suffix of a file name; nil when it says none of them.
    public init?(suffixOf path: String) {
        switch FilePath.suffix(path) {
        case "srt": self = .srt
        case "vtt", "webvtt": self = .vtt
        case "ass", "ssa": self = .ass
        case "json": self = .json
        default: return nil
        }
    }

    var subtitleFormat: SubtitleFormat? {
        switch self {
        case .srt: .subRip
        case .vtt: .webVTT
        case .ass: .subStation
        case .json: nil
        }
    }
}
