import Timeline

/// The times of a cue as a file states them, where its format's writer would state them otherwise: the attribute `<format>.times`.
///
/// A pattern such as `mm:ss.fff` where both stamps are of one style, which a cue that moves keeps; else the stamps themselves,
/// which stand for as long as the cue keeps its times.
enum StatedTimes {
    /// Nil where the writer's own stamps say the same.
    static func value<Syntax: SubtitleSyntax>(_ found: FoundCue, _ text: [UInt8], _ syntax: Syntax.Type) -> String? {
        let (start, end) = (found.places.start.range, found.places.end.range)
        guard let first = ClockReading(text, at: start.lowerBound, before: start.upperBound),
            let second = ClockReading(text, at: end.lowerBound, before: end.upperBound)
        else { return nil }
        let usual = Syntax.subtitleFormat.stampStyle
        let isUsualArrow = Syntax.subtitleFormat == .subStation || text.has(" --> ", at: start.upperBound, before: end.lowerBound) && end.lowerBound == start.upperBound + 5
        if isUsualArrow, found.start < found.end, let style = ClockStyle(first, text), isWritten(second, text, in: style) {
            return style == usual || isWritten(first, text, in: usual) && isWritten(second, text, in: usual) ? nil : style.pattern
        }
        guard Syntax.subtitleFormat != .subStation else { return text.string(start) + "," + text.string(end) }
        return LineEnds.unified(text, start.lowerBound..<end.upperBound)
    }

    private static func isWritten(_ stamp: ClockReading, _ text: [UInt8], in style: ClockStyle) -> Bool {
        style.stamp(stamp.time).elementsEqual(text[stamp.range])
    }
}

/// Writes the two stamps of a cue.
struct TimesWriter {
    private let format: SubtitleFormat
    private let attribute: String
    private let usual: ClockStyle
    /// The latest pattern and its style.
    private var latest: (pattern: String, style: ClockStyle?) = ("", nil)

    /// The two stamps of one cue.
    enum Stamps: Hashable {
        /// In units of the style's last digit.
        case units(ClockStyle, start: Int64, end: Int64)
        /// As the file states them.
        case stated(String)
    }

    init(_ format: SubtitleFormat) {
        (self.format, usual) = (format, format.stampStyle)
        attribute = "\(format.syntax.prefix)times"
    }

    /// The times of a label. In SubRip and WebVTT, which want the end later than the start, it is so by one unit at least, unless
    /// the file that the label comes from said otherwise.
    mutating func stamps(_ label: Label) -> Stamps {
        var style = usual
        if !label.attributes.isEmpty, let stated = label.attributes[attribute] {
            if latest.pattern != stated { latest = (stated, ClockStyle(pattern: stated)) }
            if latest.style == nil, isSame(stated, label.span) { return .stated(stated) }
            style = latest.style ?? usual
        }
        let start = style.units(of: label.span.start)
        return .units(style, start: start, end: max(start + (format == .subStation ? 0 : 1), style.units(of: label.span.end)))
    }

    /// Appends both with an arrow between them.
    mutating func append(_ label: Label, to bytes: inout [UInt8]) {
        switch stamps(label) {
        case .stated(let text): bytes += text.utf8
        case .units(let style, let start, let end):
            style.append(units: start, to: &bytes)
            bytes += [Byte.space, .ascii("-"), .ascii("-"), .ascii(">"), Byte.space]
            style.append(units: end, to: &bytes)
        }
    }

    /// Whether stated stamps still say what a label says.
    private func isSame(_ stated: String, _ span: Span) -> Bool {
        let text = Array(stated.utf8)
        guard !text.contains(where: { $0 == Byte.lineFeed || $0 == Byte.carriageReturn }), let (start, end) = times(text) else { return false }
        return .segment(SubtitleCue.segment(from: start, to: end)) == span
    }

    private func times(_ text: [UInt8]) -> (Timestamp, Timestamp)? {
        guard format == .subStation else {
            guard let line = TimingLine(text, 0..<text.count), line.rest.isEmpty else { return nil }
            return (line.start.time, line.end.time)
        }
        guard let comma = text.firstIndex(of: .ascii(",")), let start = ClockReading(text, at: 0, before: comma),
            let end = ClockReading(text, at: comma + 1, before: text.count), start.range.upperBound == comma, end.range.upperBound == text.count
        else { return nil }
        return (start.time, end.time)
    }
}
