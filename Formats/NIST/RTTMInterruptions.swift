import Timeline

/// The edits, fillers and interruption points of one sentence unit, matched as NIST's validator matches them: an edit with the point at its end, a
/// filler with the point at its start, and a point of both kinds with an edit and a filler that meet there.
struct RTTMInterruptions {
    private var edits, fillers, points: Items

    private struct Items {
        var all: [Item]
        /// Where the search for one without a match goes on, by where it began.
        private var resumed: [Int: Int] = [:]

        init(_ all: [Item]) { self.all = all }

        /// The first item at a time that has no match yet.
        mutating func find(_ time: Int64) -> Int? {
            var (low, high) = (0, all.count)
            while low < high {
                let middle = (low + high) / 2
                if NISTTime.isLess(all[middle].time, time) { low = middle + 1 } else { high = middle }
            }
            var index = resumed[low] ?? low
            while index < all.count, NISTTime.isEqual(all[index].time, time), all[index].isMatched { index += 1 }
            resumed[low] = index
            return index < all.count && NISTTime.isEqual(all[index].time, time) ? index : nil
        }
    }

    private struct Item {
        let object: RTTMObject
        /// Where the point has to be.
        let time: Int64
        var isMatched = false
    }

    /// - Parameters: each in order of the starts.
    init(edits: [RTTMObject], fillers: [RTTMObject], points: [RTTMObject]) {
        self.edits = Items(edits.map { Item(object: $0, time: $0.end) })
        self.fillers = Items(fillers.map { Item(object: $0, time: $0.start) })
        self.points = Items(points.map { Item(object: $0, time: $0.start) })
    }

    mutating func run() {
        for index in edits.all.indices { matchEdit(index) }
        for index in fillers.all.indices {
            guard let point = points.find(fillers.all[index].time), points.all[point].object.subtype == "FILLER" else { continue }
            (fillers.all[index].isMatched, points.all[point].isMatched) = (true, true)
        }
    }

    private mutating func matchEdit(_ index: Int) {
        guard let point = points.find(edits.all[index].time) else { return }
        switch points.all[point].object.subtype {
        case "EDIT": (edits.all[index].isMatched, points.all[point].isMatched) = (true, true)
        case "EDIT&FILLER":
            // Every filler at that time belongs to the point.
            while let filler = fillers.find(edits.all[index].time) {
                (edits.all[index].isMatched, points.all[point].isMatched, fillers.all[filler].isMatched) = (true, true, true)
            }
        default: break
        }
    }

    /// What found no match.
    var unmatched: [(type: String, object: RTTMObject, expected: String)] {
        edits.all.filter { !$0.isMatched }.map { ("EDIT", $0.object, "an IP at its end") }
            + fillers.all.filter { !$0.isMatched }.map { ("FILLER", $0.object, "an IP at its start") }
            + points.all.filter { !$0.isMatched }.map { ("IP", $0.object, "an EDIT that ends or a FILLER that starts there") }
    }
}
