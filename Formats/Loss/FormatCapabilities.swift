import Timeline

/// What a format can hold. Whatever is not stated here is lost and reported.
public struct FormatCapabilities: Sendable {
    /// What becomes of labels of a kind.
    public enum Holding: Hashable, Sendable {
        /// They come back as labels of the same kind.
        case whole
        /// They come back as labels of another kind.
        case turned(LayerKind)
    }

    /// Kinds that are left out are lost.
    public let kinds: [LayerKind: Holding]
    /// Features that come back as they were, beside the labels themselves and their spans.
    public let features: Set<LabelFeature>
    /// The grid that times are rounded to.
    public let grid: TimeGrid
    /// Attributes that come back are those whose names begin with one of these, such as `webvtt.`.
    public let attributePrefixes: [String]
    /// What texts may be made of; others are changed and count as a loss of ``LabelFeature/text``.
    public let texts: TextRule
    /// What speakers, tags and media may be called; others are changed and count as a loss of ``LabelFeature/names``.
    public let names: TextRule
    /// What ids may be; others are left out and count as a loss of ``LabelFeature/ids``.
    public let ids: TextRule
    /// Whether cues that are not shown, such as the comments of SubStation Alpha, are lost.
    public let leavesOutHiddenCues: Bool
    /// Looks of text that come back.
    public let styles: TextStyle
    /// Whether the size, the constant rate and the number of frames of the video come back, beside ``LabelFeature/mediaFacts``.
    public let keepsVideo: Bool
    /// The kind that labels of a layer come back as, where the format states kinds by the layer's name alone; nil where it does not.
    public let kindByName: (@Sendable (String) -> LayerKind)?
    /// Whether a layer of an id comes back as one, where the format has names of its own for layers; nil where every one does.
    public let keepsLayer: (@Sendable (String) -> Bool)?
    /// Whether a tag of a name has a place in the format; nil where every one does. Others are lost.
    public let holdsTag: (@Sendable (String) -> Bool)?

    public init(
        kinds: [LayerKind: Holding], features: Set<LabelFeature> = [], grid: TimeGrid, attributePrefixes: [String] = [],
        texts: TextRule = .any, names: TextRule = .any, ids: TextRule = .any, leavesOutHiddenCues: Bool = false,
        styles: TextStyle = [], keepsVideo: Bool = false,
        kindByName: (@Sendable (String) -> LayerKind)? = nil, keepsLayer: (@Sendable (String) -> Bool)? = nil,
        holdsTag: (@Sendable (String) -> Bool)? = nil
    ) {
        (self.kinds, self.features) = (kinds, features)
        (self.grid, self.attributePrefixes) = (grid, attributePrefixes)
        (self.texts, self.names, self.ids, self.styles, self.keepsVideo) = (texts, names, ids, styles, keepsVideo)
        self.leavesOutHiddenCues = leavesOutHiddenCues
        (self.kindByName, self.keepsLayer, self.holdsTag) = (kindByName, keepsLayer, holdsTag)
    }

    /// Whether a label's content has a place in the format, as far as its name goes.
    func holds(_ content: Content) -> Bool {
        guard let holdsTag, case .tag(let tag) = content else { return true }
        return holdsTag(tag.name)
    }

    /// What becomes of the labels of a layer; nil when they are lost.
    func holding(_ kind: LayerKind, layer: String) -> Holding? {
        guard kinds[kind] != nil, let named = kindByName?(layer) else { return kinds[kind] }
        return named == kind ? .whole : .turned(named)
    }
}

/// What a field of a format may hold.
public enum TextRule: Hashable, Sendable {
    case any
    /// No NUL.
    case noNul
    /// No control characters but tab and line ends: the characters of XML 1.0, section 2.2.
    case xmlText
    /// No line end.
    case oneLine
    /// No line end, and no blanks at the ends.
    case trimmedLine
    /// Lines, but none of them empty and no blanks at the ends.
    case noBlankLines
    /// No blank, no line end, not empty, and no byte order mark where it begins.
    case oneWord
    /// A name of XML without a colon (Namespaces in XML 1.0, section 3), of letters, digits, `_`, `-` and `.`.
    case xmlName

    func allows(_ text: String) -> Bool {
        switch self {
        case .any: true
        case .xmlText:
            text.utf8.allSatisfy { $0 >= Byte.space || $0 == Byte.tab || $0 == Byte.lineFeed || $0 == Byte.carriageReturn }
                && !text.unicodeScalars.contains { $0 == "\u{FFFE}" || $0 == "\u{FFFF}" }
        case .noNul: !text.utf8.contains(Byte.nul)
        case .oneLine: !text.utf8.contains { $0 == Byte.lineFeed || $0 == Byte.carriageReturn }
        case .trimmedLine: TextRule.oneLine.allows(text) && !(text.utf8.first.map(Byte.isBlank) ?? false) && !(text.utf8.last.map(Byte.isBlank) ?? false)
        case .noBlankLines:
            !text.utf8.contains(Byte.carriageReturn)
                && (text.isEmpty || text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { !$0.allSatisfy { $0 == " " || $0 == "\t" } })
        case .xmlName where text.utf8.allSatisfy { $0 < 0x80 }:
            text.utf8.first.map { Byte.isLetter($0) || $0 == .ascii("_") } == true
                && text.utf8.allSatisfy { Byte.isLetter($0) || Byte.isDigit($0) || $0 == .ascii("_") || $0 == .ascii("-") || $0 == .ascii(".") }
        case .xmlName:
            text.first.map { $0.isLetter || $0 == "_" } == true && text.allSatisfy { $0.isLetter || $0.isNumber && $0.isASCII || "_-.".contains($0) }
        case .oneWord: !text.isEmpty && text != "<NA>" && text.unicodeScalars.first != "\u{FEFF}" && text.utf8.allSatisfy { $0 > Byte.space && $0 != 0x7F }
        }
    }
}

/// The times that a format can state.
public enum TimeGrid: Hashable, Sendable {
    /// Every tick.
    case exact
    /// Whole units of a second: 1000 for milliseconds.
    case perSecond(Int64)
    /// The frames of the video.
    case frames

    /// The time that is written for one; the same where the grid holds it.
    func rounded(_ time: Timestamp, _ timing: FrameTiming?) -> Timestamp {
        switch self {
        case .exact: return time
        case .perSecond(let rate): return Timestamp(units: time.units(perSecond: rate), perSecond: rate)
        case .frames: return timing.flatMap { timing in timing.frame(at: time).flatMap(timing.time(ofFrame:)) } ?? time
        }
    }
}
