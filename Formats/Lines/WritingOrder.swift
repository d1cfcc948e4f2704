import Timeline

/// The order in which a line format writes the labels of a corpus: that of their ids where every one of them only counts, as a
/// reader of lines gives them, so that lines of different layers and media return to their places; else layer by layer.
struct WritingOrder {
    private let lists: [(labels: LabelList, place: LabelPlace)]
    /// Empty where the labels are written list by list.
    private let entries: [Entry]

    private struct Entry {
        let number: Int
        let list, index: Int32
    }

    /// - Parameter isHeld: whether labels of a kind are written.
    init(_ corpus: Corpus, isHeld: (LayerKind) -> Bool) {
        var lists: [(LabelList, LabelPlace)] = []
        for document in corpus.documents {
            for layer in document.layers where isHeld(layer.kind) {
                lists.append((layer.labels, LabelPlace(media: document.media, layer: layer, number: lists.count)))
            }
        }
        self.lists = lists
        entries = Self.entries(lists.map(\.0)) ?? []
    }

    /// The labels by number; nil where they have no common numbers, or stand in that order anyway.
    private static func entries(_ lists: [LabelList]) -> [Entry]? {
        guard lists.count > 1, lists.count < Int32.max else { return nil }
        var entries: [Entry] = []
        var (letter, isAscending) = (UInt8?.none, true)
        for (list, labels) in lists.enumerated() {
            guard labels.count < Int32.max else { return nil }
            for index in labels.indices {
                guard let counter = labels.counter(at: index), letter ?? counter.letter == counter.letter else { return nil }
                letter = counter.letter
                if let last = entries.last, last.number >= counter.number { isAscending = false }
                entries.append(Entry(number: counter.number, list: Int32(list), index: Int32(index)))
            }
        }
        guard !isAscending else { return nil }
        entries.sort { ($0.number, $0.list) < ($1.number, $1.list) }
        let isUnique = zip(entries, entries.dropFirst()).allSatisfy { $0.number != $1.number }
        return isUnique ? entries : nil
    }

    func forEach(_ body: (Label, LabelPlace) -> Void) {
        for entry in entries { body(lists[Int(entry.list)].labels[Int(entry.index)], lists[Int(entry.list)].place) }
        guard entries.isEmpty else { return }
        for (labels, place) in lists { for label in labels { body(label, place) } }
    }
}
