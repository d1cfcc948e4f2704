/// A stretch of a recording to which an annotator gave a category. Times are whole ticks of any unit, half-open; a unit may be
/// empty (an instant).
public struct AnnotatedUnit: Hashable, Sendable {
    public let annotator: Int
    public let start, end: Int64
    public let category: Int

    /// - Parameter end: not before the start.
    public init(annotator: Int, start: Int64, end: Int64, category: Int) {
        precondition(start <= end && annotator >= 0 && category >= 0, "a unit ends before it starts")
        (self.annotator, self.start, self.end, self.category) = (annotator, start, end, category)
    }

    /// In ticks, as a number that does not overflow.
    var length: Double { Double(end) - Double(start) }
}

/// What several annotators marked in one recording (Mathet's continuum): units that each placed and named on their own.
public struct Continuum: Hashable, Sendable {
    public let annotators, categories: Int
    /// The units of each annotator, by start, end and category.
    public let units: [[AnnotatedUnit]]

    /// - Parameters:
    ///   - annotators: how many took part, also those who marked nothing.
    ///   - categories: the categories are 0 up to this.
    public init(_ units: [AnnotatedUnit], annotators: Int, categories: Int) {
        precondition(units.allSatisfy { $0.annotator < annotators && $0.category < categories }, "a unit of no annotator or category")
        var rows = Array(repeating: [AnnotatedUnit](), count: annotators)
        for unit in units { rows[unit.annotator].append(unit) }
        self.units = rows.map { $0.sorted { ($0.start, $0.end, $0.category) < ($1.start, $1.end, $1.category) } }
        (self.annotators, self.categories) = (annotators, categories)
    }

    /// All units together.
    public var count: Int { units.reduce(0) { $0 + $1.count } }
}
