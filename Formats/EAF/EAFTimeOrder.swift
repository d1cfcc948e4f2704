import Timeline

/// The time slots of the tiers that are written.
///
/// Every annotation has two of its own, but where ELAN shares them: neighbours in a tier that divides its parent, the ends of such a tier with the
/// parent's annotation, and neighbours whose common time is not stated.
struct EAFTimeOrder {
    /// Milliseconds by slot; the order of the file is that of ``numbers``.
    private var times: [Int64] = []
    private var hasValue: [Bool] = []
    /// The two slots of each annotation, by tier and entry.
    private(set) var slots: [[(start: Int, end: Int)]] = []
    /// The number of each slot in the file, from 1.
    private(set) var numbers: [Int] = []
    private var order: [Int] = []

    init(_ tiers: EAFTiers) {
        slots = Array(repeating: [], count: tiers.tiers.count)
        let numberOfTier = Dictionary(tiers.tiers.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var isDone = Array(repeating: false, count: tiers.tiers.count)
        for start in tiers.tiers.indices {
            // A tier above comes before those below it.
            var path: [Int] = []
            var current = Optional(start)
            while let index = current, !isDone[index], !path.contains(index) {
                path.append(index)
                current = tiers.tiers[index].parent.flatMap { numberOfTier[$0] }
            }
            for index in path.reversed() {
                add(tiers, index, parent: tiers.tiers[index].parent.flatMap { numberOfTier[$0] })
                isDone[index] = true
            }
        }
        order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
        numbers = Array(repeating: 0, count: order.count)
        for (number, slot) in order.enumerated() { numbers[slot] = number + 1 }
    }

    private mutating func slot(_ time: Int64, hasValue: Bool = true) -> Int {
        times.append(time)
        self.hasValue.append(hasValue)
        return times.count - 1
    }

    private mutating func add(_ tiers: EAFTiers, _ index: Int, parent: Int?) {
        let tier = tiers.tiers[index]
        guard !tier.isReference else { return }
        let labels = tiers.document.layers[tier.layer].labels
        var (starts, ends) = ([Int64: Int](), [Int64: Int]())
        let divides = tier.constraint == .timeSubdivision
        if divides, let parent {
            for pair in slots[parent] { (starts[times[pair.start]], ends[times[pair.end]]) = (pair.start, pair.end) }
        }
        var before: (time: Int64, slot: Int)?
        for (place, entry) in tier.entries.enumerated() {
            let next = place + 1 < tier.entries.count ? tier.entries[place + 1] : nil
            let touches = next?.start == entry.end
            let isOpen = touches && Self.unaligned(labels[entry.index]).end && next.map { Self.unaligned(labels[$0.index]).start } == true
            let shared = before.flatMap { $0.time == entry.start && (divides || !hasValue[$0.slot]) ? $0.slot : nil }
            let start = starts[entry.start] ?? shared ?? slot(entry.start)
            let end = ends[entry.end] ?? slot(entry.end, hasValue: !isOpen)
            slots[index].append((start, end))
            before = (entry.end, end)
        }
    }

    private static func unaligned(_ label: Label) -> (start: Bool, end: Bool) {
        guard !label.attributes.isEmpty, let value = label.attributes["eaf.unaligned"] else { return (false, false) }
        return (value != "end", value != "start")
    }

    func write(to xml: inout XMLWriter) {
        xml.open("TIME_ORDER")
        for slot in order {
            xml.open("TIME_SLOT")
            xml.attribute("TIME_SLOT_ID", plain: Self.id(numbers[slot]))
            if hasValue[slot] { xml.attribute("TIME_VALUE", times[slot]) }
            xml.close()
        }
        xml.close()
    }

    /// The id of a slot by its number.
    static func id(_ number: Int) -> [UInt8] {
        var bytes = Array("ts".utf8)
        bytes.appendDecimal(Int64(number))
        return bytes
    }
}
