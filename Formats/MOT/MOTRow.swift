import Timeline

/// One line of a MOTChallenge file in its fields.
struct MOTRow {
    /// Fields that are kept; further ones are counted, and stand in ``rest``.
    static let limit = 10

    enum Separator { case comma, semicolon, blank }

    private let text: [UInt8]
    private var bounds: InlineArray<20, Int32> = .init(repeating: 0)
    private let origin: Int
    private(set) var count = 0
    let separator: Separator
    /// From the eleventh field on.
    private(set) var rest: Range<Int>

    /// - Parameter line: without blanks at its ends.
    init(_ text: [UInt8], _ line: Range<Int>) {
        (self.text, origin, rest) = (text, line.lowerBound, line.upperBound..<line.upperBound)
        separator = text.position(of: .ascii(","), in: line) != nil ? .comma : text.position(of: .ascii(";"), in: line) != nil ? .semicolon : .blank
        if separator == .blank { splitAtBlanks(line) } else { split(line, at: separator == .comma ? .ascii(",") : .ascii(";")) }
    }

    private mutating func split(_ line: Range<Int>, at mark: UInt8) {
        var start = line.lowerBound
        while start <= line.upperBound {
            var end = start
            while end < line.upperBound, text[end] != mark { end += 1 }
            // A comma at the end of a line opens no field.
            if end == line.upperBound, start == end, count > 0 { return }
            add(text.trimmed(start..<end), line)
            start = end + 1
        }
    }

    private mutating func splitAtBlanks(_ line: Range<Int>) {
        var position = line.lowerBound
        while position < line.upperBound {
            let start = position
            while position < line.upperBound, !Byte.isBlank(text[position]) { position += 1 }
            add(start..<position, line)
            while position < line.upperBound, Byte.isBlank(text[position]) { position += 1 }
        }
    }

    private mutating func add(_ field: Range<Int>, _ line: Range<Int>) {
        if count < Self.limit {
            bounds[2 * count] = Int32(clamping: field.lowerBound - origin)
            bounds[2 * count + 1] = Int32(clamping: field.upperBound - origin)
        } else if count == Self.limit {
            rest = field.lowerBound..<line.upperBound
        }
        count += 1
    }

    /// Where a field stands; empty for one that the line does not have.
    func field(_ index: Int) -> Range<Int> {
        index < min(count, Self.limit) ? origin + Int(bounds[2 * index])..<origin + Int(bounds[2 * index + 1]) : origin..<origin
    }

    var restText: String { text.string(rest) }
    func number(_ index: Int) -> Double? { text.double(field(index)) }
    func string(_ index: Int) -> String { text.string(field(index)) }

    /// A field that is a whole number, also when written as `3.0`; nil for others.
    func whole(_ index: Int) -> Int? {
        let range = field(index)
        if let value = text.integer(range) { return value }
        return text.double(range).flatMap { Int(exactly: $0) }
    }

    /// As written; frames are counted from 1.
    var frame: Int? { whole(0).flatMap { abs($0) <= 1 << 40 ? $0 : nil } }
    var identity: Int? { whole(1) }

    var box: Box? {
        guard count >= 6, let x = number(2), let y = number(3), let width = number(4), let height = number(5) else { return nil }
        return Box(x: x, y: y, width: width, height: height)
    }

    /// Whether a field is the text.
    func has(_ index: Int, _ pattern: StaticString) -> Bool {
        let range = field(index)
        return range.count == pattern.utf8CodeUnitCount && text.has(pattern, at: range.lowerBound)
    }
}
