/// Ratings of items by annotators on a scale of categories: one code per item and annotator, or none.
///
///     let table = RatingTable(values: [[1, 1, nil], [2, 3, 2]])    // two items, three annotators
///     table.values                                                 // [1, 2, 3]
///     table.codes                                                  // [0, 0, -1, 1, 2, 1]
public struct RatingTable: Hashable, Sendable {
    /// Annotators, one column each.
    public let annotators: Int
    /// Item after item, one code per annotator: 0 up to ``categories``, or ``missing``.
    public let codes: [Int32]
    /// The number of categories of the scale, whether used or not.
    public let categories: Int
    /// The value of each category, ascending; the codes themselves for names.
    public let values: [Double]

    /// The code of an item that an annotator did not rate.
    public static let missing: Int32 = -1

    public var items: Int { annotators == 0 ? 0 : codes.count / annotators }

    /// - Parameters:
    ///   - codes: a whole number of rows of `annotators` codes, each below `categories` or negative for none.
    ///   - values: the value of each category, ascending; nil to use the codes.
    public init(codes: [Int32], annotators: Int, categories: Int, values: [Double]? = nil) {
        precondition(annotators > 0 && codes.count % annotators == 0, "ratings are rows of one code per annotator")
        precondition(values == nil || values!.count == categories, "one value per category")
        precondition(codes.allSatisfy { $0 < categories }, "a code beyond the categories")
        (self.codes, self.annotators, self.categories) = (codes, annotators, categories)
        self.values = values ?? (0..<categories).map(Double.init)
    }

    /// Numbers as categories: the distinct values in ascending order. Rows have one value per annotator; NaN counts as missing.
    public init(values rows: [[Double?]]) {
        let values = Set(rows.joined().compactMap { $0 }.filter { !$0.isNaN }).sorted()
        let codes = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
        self.init(
            codes: rows.flatMap { row in row.map { $0.flatMap { codes[$0] } ?? Self.missing } }, annotators: rows.first?.count ?? 1,
            categories: values.count, values: values)
    }

    /// Names as categories, in the order given; a name that is not among them is a programmer's mistake.
    public init(labels rows: [[String?]], names: [String]) {
        let codes = Dictionary(zip(names, Int32(0)...), uniquingKeysWith: { first, _ in first })
        self.init(
            codes: rows.flatMap { row in row.map { name in name.map { codes[$0]! } ?? Self.missing } },
            annotators: rows.first?.count ?? 1, categories: names.count)
    }

    /// The two-way table of two annotators, over the items that both rated.
    public func contingency(_ first: Int, _ second: Int) -> ContingencyTable {
        var table = ContingencyTable(categories: categories)
        for item in 0..<items {
            let (a, b) = (codes[item * annotators + first], codes[item * annotators + second])
            if a >= 0 && b >= 0 { table.add(1, Int(a), Int(b)) }
        }
        return table
    }

    /// The counts from which every measure that does not tell annotators apart follows.
    public var summary: RatingSummary { RatingSummary(codes: codes, annotators: annotators, categories: categories) }
}
