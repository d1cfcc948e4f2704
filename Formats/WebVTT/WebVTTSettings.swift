/// Where and how a player shows a cue: the cue settings of section 3.1 of the W3C text, with its defaults.
public struct WebVTTSettings: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable {
        case horizontal = ""
        /// Vertical lines, the next to the left.
        case growingLeft = "rl"
        /// Vertical lines, the next to the right.
        case growingRight = "lr"
    }

    public enum LineAlignment: String, Hashable, Sendable { case start, center, end }

    public enum PositionAlignment: String, Hashable, Sendable {
        case auto
        case lineLeft = "line-left"
        case center
        case lineRight = "line-right"
    }

    public enum TextAlignment: String, Hashable, Sendable { case start, center, end, left, right }

    public var direction = Direction.horizontal
    /// A line number, from the end where it is negative, or a percentage of the video without ``snapsToLines``; nil for auto.
    public var line: Double?
    public var snapsToLines = true
    public var lineAlignment = LineAlignment.start
    /// Percent of the video's width, or height for vertical text; nil for auto.
    public var position: Double?
    public var positionAlignment = PositionAlignment.auto
    /// Percent of the video, 0 to 100.
    public var size = 100.0
    public var alignment = TextAlignment.center
    /// The id of the region that the cue names; see ``mayUseRegion``.
    public var region: String?

    public init() {}

    /// Whether a player puts the cue into the region it names: a cue with a direction, a line or a size of its own is not.
    public var mayUseRegion: Bool { direction == .horizontal && line == nil && size == 100 }

    /// Reads what follows the times of a cue (section 6.3); settings that the rules drop keep their defaults.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, 0..<bytes.count) { _ in }
    }

    /// - Parameter dropped: called with each setting that the rules drop.
    init(_ text: [UInt8], _ range: Range<Int>, dropped: (Range<Int>) -> Void) {
        for setting in WebVTTSetting.list(text, range) where !read(setting, text) { dropped(setting.whole) }
    }

    /// False when the setting is dropped.
    private mutating func read(_ setting: WebVTTSetting, _ text: [UInt8]) -> Bool {
        guard setting.isNamed else { return false }
        switch text.string(setting.name) {
        case "region": region = text.string(setting.value)
        case "vertical": return set(\.direction, Direction(rawValue: text.string(setting.value)))
        case "line": return readLine(setting, text)
        case "position": return readPosition(setting, text)
        case "size": return set(\.size, WebVTTNumber.percentage(text, setting.value))
        case "align": return set(\.alignment, TextAlignment(rawValue: text.string(setting.value)))
        default: return false
        }
        return true
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Self, Value>, _ value: Value?) -> Bool {
        guard let value else { return false }
        self[keyPath: path] = value
        return true
    }

    private mutating func readLine(_ setting: WebVTTSetting, _ text: [UInt8]) -> Bool {
        let (place, stated) = setting.parts(text)
        let isPercentage = place.last.map { text[$0] == .ascii("%") } ?? false
        let alignment = stated.map { LineAlignment(rawValue: text.string($0)) } ?? lineAlignment
        guard let number = isPercentage ? WebVTTNumber.percentage(text, place) : WebVTTNumber.line(text, place), let alignment else { return false }
        (line, snapsToLines, lineAlignment) = (number, !isPercentage, alignment)
        return true
    }

    private mutating func readPosition(_ setting: WebVTTSetting, _ text: [UInt8]) -> Bool {
        let (place, stated) = setting.parts(text)
        let names: [PositionAlignment] = [.lineLeft, .center, .lineRight]
        let alignment = stated.map { range in names.first { $0.rawValue == text.string(range) } } ?? positionAlignment
        guard let number = WebVTTNumber.percentage(text, place), let alignment else { return false }
        (position, positionAlignment) = (number, alignment)
        return true
    }
}

/// One `name:value` of cue settings or of a region.
struct WebVTTSetting: Hashable {
    let whole, name, value: Range<Int>

    /// False where there is no colon, or nothing on one side of it.
    var isNamed: Bool { !name.isEmpty && !value.isEmpty }

    /// The settings of a text, parted by white space.
    static func list(_ text: [UInt8], _ range: Range<Int>) -> [WebVTTSetting] {
        var found: [WebVTTSetting] = []
        var position = range.lowerBound
        while position < range.upperBound {
            while position < range.upperBound, Byte.isSpace(text[position]) { position += 1 }
            let start = position
            while position < range.upperBound, !Byte.isSpace(text[position]) { position += 1 }
            guard start < position else { break }
            let colon = text.position(of: .ascii(":"), in: start..<position)
            found.append(WebVTTSetting(whole: start..<position, name: start..<(colon ?? start), value: (colon.map { $0 + 1 } ?? position)..<position))
        }
        return found
    }

    /// What stands before and after the first comma of the value.
    func parts(_ text: [UInt8]) -> (first: Range<Int>, second: Range<Int>?) {
        guard let comma = text.position(of: .ascii(","), in: value) else { return (value, nil) }
        return (value.lowerBound..<comma, (comma + 1)..<value.upperBound)
    }
}

/// The numbers of WebVTT settings.
enum WebVTTNumber {
    /// Digits, perhaps a point and digits, then `%`; 0 to 100. Nil for anything else (section 6.2, parse a percentage string).
    static func percentage(_ text: [UInt8], _ range: Range<Int>) -> Double? {
        guard let last = range.last, text[last] == .ascii("%"), isDecimal(text, range.lowerBound..<last) else { return nil }
        return Double(text.string(range.lowerBound..<last)).flatMap { (0...100).contains($0) ? $0 : nil }
    }

    /// As a percentage without its sign, but of any size, and `-` may stand before it.
    static func line(_ text: [UInt8], _ range: Range<Int>) -> Double? {
        let isNegative = range.first.map { text[$0] == .ascii("-") } ?? false
        guard isDecimal(text, range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound) else { return nil }
        return Double(text.string(range)).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A whole number of any size.
    static func count(_ text: [UInt8], _ range: Range<Int>) -> Double? {
        guard !range.isEmpty, range.allSatisfy({ Byte.isDigit(text[$0]) }) else { return nil }
        return Double(text.string(range)).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func isDecimal(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let point = text.position(of: .ascii("."), in: range)
        let whole = range.lowerBound..<(point ?? range.upperBound)
        let fraction = point.map { ($0 + 1)..<range.upperBound }
        return [whole, fraction ?? whole].allSatisfy { digits in !digits.isEmpty && digits.allSatisfy { Byte.isDigit(text[$0]) } }
    }
}

extension Byte {
    /// ASCII white space as WebVTT takes it from the Infra Standard: tab, line feed, form feed, carriage return, space.
    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
        byte == space || byte == tab || byte == lineFeed || byte == formFeed || byte == carriageReturn
    }
}
