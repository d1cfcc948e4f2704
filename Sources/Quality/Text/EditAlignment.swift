/// The fewest edits that turn a reference into a hypothesis (Levenshtein 1966), each an element taken out, put in or put in another's place.
///
/// Of alignments with as few edits, read from the end after equal beginnings and ends are set aside, that one is taken which takes out where that can
/// be, else puts in where the distance before is lower for it, else goes on in both: as RapidFuzz does, on which jiwer builds. Lists whose table
/// would have more than 2²⁶ cells are divided first (Hirschberg 1975, doi:10.1145/360825.360861).
///
/// - Complexity: O(*n* · *m* / 64) time, O(*n* + *m*) memory and at most 16 MB.
public struct EditAlignment: Hashable, Sendable {
    public enum Step: Hashable, Sendable {
        /// Element of the reference, element of the hypothesis.
        case match(Int, Int)
        case substitution(Int, Int)
        case deletion(Int)
        case insertion(Int)
    }

    /// In order.
    public private(set) var steps: [Step] = []

    public var matches: Int { steps.count { if case .match = $0 { true } else { false } } }
    public var substitutions: Int { steps.count { if case .substitution = $0 { true } else { false } } }
    public var deletions: Int { steps.count { if case .deletion = $0 { true } else { false } } }
    public var insertions: Int { steps.count { if case .insertion = $0 { true } else { false } } }
    /// The fewest steps that turn one list into the other (Levenshtein 1966).
    public var edits: Int { steps.count - matches }

    private static let greatestTable = 1 << 26

    public init<Element: Hashable>(_ reference: [Element], _ hypothesis: [Element]) {
        var codes: [Element: Int] = [:]
        func code(_ element: Element) -> Int {
            let code = codes[element] ?? codes.count
            codes[element] = code
            return code
        }
        let (first, second) = (reference.map(code), hypothesis.map(code))
        steps.reserveCapacity(max(first.count, second.count))
        append(first[...], second[...], Self.greatestTable)
    }

    /// For tests: lists are divided above so many cells.
    init(_ reference: [Int], _ hypothesis: [Int], greatestTable: Int) { append(reference[...], hypothesis[...], greatestTable) }

    private mutating func append(_ first: ArraySlice<Int>, _ second: ArraySlice<Int>, _ limit: Int) {
        var (first, second) = (first, second)
        while let a = first.first, a == second.first {
            steps.append(.match(first.startIndex, second.startIndex))
            first.removeFirst()
            second.removeFirst()
        }
        var end = 0
        while let a = first.last, a == second.last {
            end += 1
            first.removeLast()
            second.removeLast()
        }
        appendMiddle(first, second, limit)
        for place in 0..<end { steps.append(.match(first.endIndex + place, second.endIndex + place)) }
    }

    private mutating func appendMiddle(_ first: ArraySlice<Int>, _ second: ArraySlice<Int>, _ limit: Int) {
        guard !first.isEmpty, !second.isEmpty else {
            steps += first.indices.map(Step.deletion) + second.indices.map(Step.insertion)
            return
        }
        guard second.count > 1, first.count > limit / second.count else { return trace(first, second) }
        let middle = second.startIndex + second.count / 2
        let place = first.startIndex + Self.division(first, second[..<middle], second[middle...])
        append(first[..<place], second[..<middle], limit)
        append(first[place...], second[middle...], limit)
    }

    /// How much of the first list belongs to the front part of the second.
    private static func division(_ first: ArraySlice<Int>, _ front: ArraySlice<Int>, _ back: ArraySlice<Int>) -> Int {
        var (forth, home) = (BitParallelTable(first), BitParallelTable(Array(first.reversed())[...]))
        for symbol in front { forth.advance(symbol) }
        for symbol in back.reversed() { home.advance(symbol) }
        let (before, behind) = (forth.distances(after: front.count), home.distances(after: back.count))
        return (0...first.count).min { before[$0] + behind[first.count - $0] < before[$1] + behind[first.count - $1] } ?? 0
    }

    private mutating func trace(_ first: ArraySlice<Int>, _ second: ArraySlice<Int>) {
        var table = BitParallelTable(first)
        var (grows, falls) = ([UInt64](), [UInt64]())
        grows.reserveCapacity(table.blocks * second.count)
        falls.reserveCapacity(table.blocks * second.count)
        for symbol in second {
            table.advance(symbol)
            grows += table.grows
            falls += table.falls
        }
        func isSet(_ bits: [UInt64], _ row: Int, _ column: Int) -> Bool { bits[row * table.blocks + column / 64] >> UInt64(column % 64) & 1 == 1 }
        var (i, j, found) = (first.count, second.count, [Step]())
        while i > 0, j > 0 {
            let (own, other) = (first.startIndex + i - 1, second.startIndex + j - 1)
            if isSet(grows, j - 1, i - 1) {
                found.append(.deletion(own))
                i -= 1
            } else if j > 1, isSet(falls, j - 2, i - 1) {
                found.append(.insertion(other))
                j -= 1
            } else {
                found.append(first[own] == second[other] ? .match(own, other) : .substitution(own, other))
                i -= 1
                j -= 1
            }
        }
        found += (0..<i).reversed().map { .deletion(first.startIndex + $0) } + (0..<j).reversed().map { .insertion(second.startIndex + $0) }
        steps += found.reversed()
    }
}
