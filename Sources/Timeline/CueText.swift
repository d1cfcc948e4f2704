/// The text of a cue as a viewer sees it: runs of characters, each with one look and one voice.
///
///     CueText("Hello").plain == "Hello"
public struct CueText: Hashable, Sendable {
    /// In reading order; line breaks are `\n` inside the runs.
    public var runs: [TextRun]

    public init(runs: [TextRun]) { self.runs = runs }

    public init(_ plain: String) { self.init(runs: plain.isEmpty ? [] : [TextRun(plain)]) }

    /// The characters alone.
    public var plain: String { runs.count == 1 ? runs[0].text : runs.map(\.text).joined() }
}

/// Characters that share one look and one voice.
public struct TextRun: Hashable, Sendable {
    public var text: String
    public var style: TextStyle
    /// Who speaks these characters, where the text says so.
    public var voice: String?
    /// BCP 47 tag, where the text says so.
    public var language: String?
    /// Names of classes, outermost first, for a style sheet to match.
    public var classes: [String]
    /// When these characters appear, where that is later than the cue.
    public var appears: Timestamp?

    public init(
        _ text: String, style: TextStyle = [], voice: String? = nil, language: String? = nil, classes: [String] = [],
        appears: Timestamp? = nil
    ) {
        (self.text, self.style, self.voice) = (text, style, voice)
        (self.language, self.classes, self.appears) = (language, classes, appears)
    }
}

/// The looks that every subtitle format can show.
public struct TextStyle: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = TextStyle(rawValue: 1)
    public static let italic = TextStyle(rawValue: 2)
    public static let underlined = TextStyle(rawValue: 4)
    public static let struckOut = TextStyle(rawValue: 8)
}
