/// The counts of ratings from which every measure follows that does not tell annotators apart: for each number of ratings
/// that an item has, how many items, how often each category, and how often each pair of categories on one item.
///
/// Whole numbers throughout, and additive: the summary of two recordings is the sum of theirs. A resample of recordings is a
/// sum again, so a bootstrap never returns to the ratings. Memory is O(categories²) per number of ratings, or one entry per
/// pair seen above 256 categories; time is O(ratings) and never O(items²).
public struct RatingSummary: Hashable, Sendable {
    /// The items with a given number of ratings.
    struct Level: Hashable, Sendable {
        var items = 0
        /// Ratings of each category.
        var counts: [Int]
        /// Unordered pairs of ratings of one item, in row ≤ column.
        var pairs: CountMatrix
        init(categories: Int) {
            counts = Array(repeating: 0, count: categories)
            pairs = CountMatrix(size: categories)
        }
    }

    /// The number of categories of the scale, whether used or not.
    public let categories: Int
    /// By number of ratings, from 1; nil where no item has that many.
    var levels: [Level?] = []

    /// No ratings yet.
    public init(categories: Int) { self.categories = categories }

    /// Adds the ratings of another recording, on the same scale, `times` over.
    public mutating func add(_ other: RatingSummary, times: Int = 1) {
        precondition(other.categories == categories, "summaries of different scales")
        for (index, level) in other.levels.enumerated() {
            guard let level else { continue }
            edit(ratings: index + 1) { sum in
                sum.items += level.items * times
                for category in level.counts.indices { sum.counts[category] += level.counts[category] * times }
                level.pairs.forEach { sum.pairs.add($2 * times, row: $0, column: $1) }
            }
        }
    }

    /// Adds items that all have the same number of ratings of each category, as published tables give them.
    public mutating func add(counts: [Int], times: Int = 1) {
        precondition(counts.count == categories, "one count per category")
        let ratings = counts.reduce(0, +)
        guard ratings > 0 else { return }
        let used = counts.indices.filter { counts[$0] > 0 }
        edit(ratings: ratings) { level in
            level.items += times
            for (place, a) in used.enumerated() {
                level.counts[a] += counts[a] * times
                if counts[a] > 1 { level.pairs.add(counts[a] * (counts[a] - 1) / 2 * times, row: a, column: a) }
                for b in used[(place + 1)...] { level.pairs.add(counts[a] * counts[b] * times, row: a, column: b) }
            }
        }
    }

    /// Adds an item with these ratings, `times` over (or for so long): one category each, in any order.
    public mutating func add(codes: [Int32], times: Int = 1) {
        guard !codes.isEmpty else { return }
        precondition(codes.allSatisfy { $0 >= 0 && $0 < categories }, "a code beyond the categories")
        edit(ratings: codes.count) { level in
            level.items += times
            for (place, a) in codes.enumerated() {
                level.counts[Int(a)] += times
                for b in codes[..<place] { level.pairs.add(times, row: Int(min(a, b)), column: Int(max(a, b))) }
            }
        }
    }

    /// Works on the level of a number of ratings in place.
    mutating func edit(ratings: Int, _ body: (inout Level) -> Void) {
        while levels.count < ratings { levels.append(nil) }
        var level = levels[ratings - 1] ?? Level(categories: categories)
        levels[ratings - 1] = nil
        body(&level)
        levels[ratings - 1] = level
    }

    /// The levels that have items, with their number of ratings.
    var filled: [(ratings: Int, level: Level)] {
        levels.enumerated().compactMap { index, level in level.map { (index + 1, $0) } }
    }

    /// Items with one rating or more.
    public var ratedItems: Int { filled.reduce(0) { $0 + $1.level.items } }
    /// Items with two ratings or more.
    public var pairedItems: Int { filled.reduce(0) { $0 + ($1.ratings > 1 ? $1.level.items : 0) } }
}
