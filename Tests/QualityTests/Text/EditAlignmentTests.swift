import Testing

@testable import Quality

@Suite struct EditAlignmentTests {
    /// The distance by the table of Wagner and Fischer 1974.
    private static func distance(_ a: [Int], _ b: [Int]) -> Int {
        var row = Array(0...b.count)
        for x in a {
            var next = [row[0] + 1]
            for (j, y) in b.enumerated() { next.append(min(row[j] + (x == y ? 0 : 1), row[j + 1] + 1, next[j] + 1)) }
            row = next
        }
        return row[b.count]
    }

    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }

        mutating func list(_ length: Int, of sides: Int) -> [Int] { (0..<length).map { _ in roll(sides) } }
    }

    /// Whether the steps go through both lists once, in order, and say what is true.
    private static func isSound(_ alignment: EditAlignment, _ a: [Int], _ b: [Int]) -> Bool {
        var (i, j) = (0, 0)
        for step in alignment.steps {
            switch step {
            case .match(let own, let other): guard own == i, other == j, a[i] == b[j] else { return false }; i += 1; j += 1
            case .substitution(let own, let other): guard own == i, other == j, a[i] != b[j] else { return false }; i += 1; j += 1
            case .deletion(let own): guard own == i else { return false }; i += 1
            case .insertion(let other): guard other == j else { return false }; j += 1
            }
        }
        return i == a.count && j == b.count
    }

    @Test(arguments: [2, 5, 300]) func `edits are as few as the table of distances says, divided or not`(sides: Int) {
        for seed in 0..<60 {
            var dice = Dice(state: UInt64(seed * 7 + sides))
            let (a, b) = (dice.list(dice.roll(200), of: sides), dice.list(dice.roll(200), of: sides))
            let expected = Self.distance(a, b)
            for limit in [1, 500, 1 << 26] {
                let found = EditAlignment(a, b, greatestTable: limit)
                #expect(Self.isSound(found, a, b) && found.substitutions + found.deletions + found.insertions == expected, "seed \(seed), limit \(limit)")
            }
        }
    }

    @Test func `an empty list is taken out or put in`() {
        #expect(EditAlignment([Int](), [1, 2]).steps == [.insertion(0), .insertion(1)])
        #expect(EditAlignment(["a"], []).steps == [.deletion(0)])
        #expect(EditAlignment([Int](), []).steps.isEmpty)
    }

    @Test func `of alignments with as few edits the one of RapidFuzz is taken`() {
        // rapidfuzz.distance.Levenshtein.opcodes("abx", "bay") and ("ab", "ba"), version 3.14
        #expect(EditAlignment(Array("ab"), Array("ba")).steps == [.insertion(0), .match(0, 1), .deletion(1)])
    }
}
