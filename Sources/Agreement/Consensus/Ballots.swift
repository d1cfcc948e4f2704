/// Labels that annotators gave items, any number per annotator and item: what consensus starts from.
///
///     Ballots(items: [[[0], [0], [1]]], categories: 2)        // one item, three annotators
public struct Ballots: Hashable, Sendable {
    public let items, annotators, categories: Int
    /// Items in order: the labels of item i are `starts[i] ..< starts[i + 1]`.
    let starts: [Int]
    let votes: [Vote]

    struct Vote: Hashable, Sendable {
        let annotator, category: Int32
    }

    /// - Parameter items: for each item and annotator, the labels given: 0 up to `categories`, possibly none.
    public init(items: [[[Int]]], categories: Int) {
        var (starts, votes) = ([0], [Vote]())
        for item in items {
            for (annotator, labels) in item.enumerated() {
                for label in labels {
                    precondition((0..<categories).contains(label), "a label beyond the categories")
                    votes.append(Vote(annotator: Int32(annotator), category: Int32(label)))
                }
            }
            starts.append(votes.count)
        }
        (self.items, annotators, self.categories) = (items.count, items.map(\.count).max() ?? 0, categories)
        (self.starts, self.votes) = (starts, votes)
    }

    /// The ratings of a table, at most one label per annotator and item.
    public init(_ table: RatingTable) {
        var (starts, votes) = ([0], [Vote]())
        for item in 0..<table.items {
            for annotator in 0..<table.annotators {
                let code = table.codes[item * table.annotators + annotator]
                if code >= 0 { votes.append(Vote(annotator: Int32(annotator), category: code)) }
            }
            starts.append(votes.count)
        }
        (items, annotators, categories) = (table.items, table.annotators, table.categories)
        (self.starts, self.votes) = (starts, votes)
    }

    func votes(of item: Int) -> ArraySlice<Vote> { votes[starts[item]..<starts[item + 1]] }

    /// The labels of each item by category, item after item.
    func shares() -> [Double] {
        var shares = Array(repeating: 0.0, count: items * categories)
        for item in 0..<items {
            let votes = votes(of: item)
            for vote in votes { shares[item * categories + Int(vote.category)] += 1 / Double(votes.count) }
        }
        return shares
    }
}
