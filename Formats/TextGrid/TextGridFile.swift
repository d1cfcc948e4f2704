import Timeline

/// A TextGrid as its file has it, before it becomes layers or after they have become tiers.
struct TextGridFile {
    /// The four ways in which Praat writes the same content.
    enum Form: String {
        case long, short, chronological, binary
    }

    var form = Form.long
    /// UTF-16LE or UTF-16BE with a byte order mark; nil for UTF-8.
    var encoding: String?
    var start = TextGridTime(), end = TextGridTime()
    /// The bytes that the digits of ``start`` and ``end`` lie in.
    var digits: [UInt8] = []
    var tiers: [TextGridTier] = []
}

/// One tier. A point has an end that is its start.
struct TextGridTier {
    struct Item {
        var start, end: TextGridTime
        var text: String
    }

    var isPoints = false
    var name = ""
    var start = TextGridTime(), end = TextGridTime()
    var items: [Item] = []
    /// The bytes that the digits of all times of the tier lie in.
    var digits: [UInt8] = []

    var className: String { isPoints ? "TextTier" : "IntervalTier" }
}

/// A time with its digits as a file spells them.
struct TextGridTime {
    var ticks: Int64 = 0
    /// Empty where the ticks are to be printed.
    var digits = ByteRange.empty

    /// Digits after the point that ticks return without doubt: 10 ns are seven ticks.
    private static let safeDigits = 8

    /// Appends the digits of the time.
    func append(from spelled: [UInt8], to bytes: inout [UInt8]) {
        if digits.isEmpty { Self.append(ticks, to: &bytes) } else { bytes.append(contentsOf: spelled[digits.range]) }
    }

    /// Appends ticks as seconds: in at most eight digits after the point where these return the ticks, else as the nearest double
    /// with the digits that tell it from its neighbours, which is how Praat prints it.
    static func append(_ ticks: Int64, to bytes: inout [UInt8]) {
        let start = bytes.count
        DecimalSeconds.append(ticks, least: 0, to: &bytes)
        guard let point = bytes.position(of: .ascii("."), in: start..<bytes.count), bytes.count - point - 1 > safeDigits, ticks.magnitude < 1 << 53 else { return }
        bytes.removeSubrange(start...)
        bytes.append(contentsOf: TextGridText.digits(Double(ticks) / Double(ticksPerSecond)).utf8)
    }

    /// Whether ``append(_:to:)`` gives these digits for the ticks that they stand for.
    static func isPlain(_ text: [UInt8], _ digits: Range<Int>) -> Bool {
        var position = digits.lowerBound
        if position < digits.upperBound, text[position] == .ascii("-") { position += 1 }
        let whole = position
        while position < digits.upperBound, Byte.isDigit(text[position]) { position += 1 }
        guard position > whole, text[whole] != .ascii("0") || position == whole + 1 else { return false }
        guard position < digits.upperBound else { return whole == digits.lowerBound || text[whole] != .ascii("0") }
        guard text[position] == .ascii("."), text[digits.upperBound - 1] != .ascii("0") else { return false }
        let fraction = position + 1..<digits.upperBound
        return (1...safeDigits).contains(fraction.count) && text[fraction].allSatisfy(Byte.isDigit)
    }
}
