/// One statement about a stretch or an instant of the media.
public struct Label: Hashable, Sendable {
    /// Unique in the document, and kept by every edit and conversion.
    public let id: LabelID
    public var span: Span
    public var content: Content
    /// Nil when nobody stated one.
    public var confidence: Confidence?
    /// Who or what made the label; nil when unknown.
    public var source: SourceID?
    public var review: ReviewState
    public var attributes: [Attribute]

    public init(
        id: LabelID, span: Span, content: Content, confidence: Confidence? = nil, source: SourceID? = nil,
        review: ReviewState = .candidate, attributes: [Attribute] = []
    ) {
        (self.id, self.span, self.content, self.confidence) = (id, span, content, confidence)
        (self.source, self.review, self.attributes) = (source, review, attributes)
    }
}

/// The name of a label inside its document.
public struct LabelID: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    /// An id that only counts, as readers give to labels whose format has none: one letter and a number of zero or more.
    public init(_ letter: Unicode.Scalar, _ number: Int) {
        precondition(number >= 0, "an id counts from zero")
        var (length, power) = (2, number / 10)
        while power > 0 { (length, power) = (length + 1, power / 10) }
        name = String(unsafeUninitializedCapacity: length) { buffer in
            buffer[0] = UInt8(truncatingIfNeeded: letter.value)
            var rest = number
            for index in stride(from: length - 1, to: 0, by: -1) {
                buffer[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return length
        }
    }

    public static func < (a: LabelID, b: LabelID) -> Bool { a.name < b.name }
    public var description: String { name }

    /// Whether the id is one letter and a number, as readers give to labels whose format has no ids: nobody stated it, and
    /// nothing is lost when it changes.
    public var isCounter: Bool { Self.isCounter(name.utf8) }

    private static func isCounter(_ name: some Collection<UInt8>) -> Bool {
        guard let first = name.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A, name.count > 1 else { return false }
        return name.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The letter and the number of an id that only counts; nil for any other, and for more than 15 digits.
    var counter: (letter: UInt8, number: Int)? { Self.counter(name.utf8) }

    static func counter(_ name: some Collection<UInt8>) -> (letter: UInt8, number: Int)? {
        guard let letter = name.first, name.count <= 16, isCounter(name) else { return nil }
        return (letter, name.dropFirst().reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
}

/// Where a label lies: over a stretch of time, at one instant, or from an instant on.
public enum Span: Hashable, Sendable {
    case segment(Segment)
    case instant(Timestamp)
    /// From a time on, to an end that nobody stated.
    case open(Timestamp)

    public var start: Timestamp {
        switch self {
        case .segment(let segment): segment.start
        case .instant(let time), .open(let time): time
        }
    }

    /// The end of the stretch; the start where there is no stretch or no stated end.
    public var end: Timestamp {
        switch self {
        case .segment(let segment): segment.end
        case .instant(let time), .open(let time): time
        }
    }
}

/// How sure the maker of a label was, 0...1.
public struct Confidence: Hashable, Comparable, Sendable {
    public let value: Double

    /// Nil outside 0...1 and for NaN.
    public init?(_ value: Double) {
        guard (0...1).contains(value) else { return nil }
        self.value = value
    }

    /// To three digits behind the point, which is more than any model knows. Nil outside 0...1 and for NaN.
    public init?(rounding value: Float) { self.init(Double((value * 1000).rounded()) / 1000) }

    public static func < (a: Confidence, b: Confidence) -> Bool { a.value < b.value }
}

/// How far a person has come with a label.
public enum ReviewState: String, Hashable, Sendable, CaseIterable {
    /// Nobody has looked yet.
    case candidate
    /// Right as it was made.
    case accepted
    /// Changed by a person, and right now.
    case corrected
    /// Wrong; kept so that it is not made again.
    case rejected
}
