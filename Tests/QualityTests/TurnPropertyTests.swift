import Testing
import Timeline

@testable import Quality

@Suite struct TurnPropertyTests {
    /// Random turns of some speakers in a minute; times in milliseconds.
    private func random(_ generator: inout SplitMix64, speakers: Int, count: Int) -> [(Int64, Int64, String)] {
        (0..<count).map { _ in
            let start = Int64.random(in: 0..<58_000, using: &generator)
            return (start, start + Int64.random(in: 1..<6000, using: &generator), "s\(Int.random(in: 0..<speakers, using: &generator))")
        }
    }

    private func turns(_ list: [(Int64, Int64, String)]) -> SpeakerTurns {
        var turns = SpeakerTurns()
        for (start, end, speaker) in list { turns.append(from: .zero + .milliseconds(start), to: .zero + .milliseconds(end), speaker: speaker) }
        return turns
    }

    private let minute = [Segment(start: .zero, end: .zero + .milliseconds(70_000))!]

    @Test func `a small example by hand`() {
        // Ann 0 to 10; x 0 to 5, y 5 to 12: half is confused, two seconds are nobody's.
        let comparison = TurnComparison(turns([(0, 10_000, "ann")]), turns([(0, 5000, "x"), (5000, 12_000, "y")]))
        let times = comparison.score.times
        #expect([times.total, times.correct, times.confusion, times.falseAlarm, times.missed].map { $0 / ticksPerSecond } == [10, 5, 5, 2, 0])
        #expect(comparison.score.diarizationErrorRate == 0.7)
        #expect(comparison.score.jaccardErrorRate == 0.5)
    }

    @Test func `nothing against nothing`() {
        let (nobody, ann) = (SpeakerTurns(), turns([(0, 1000, "ann")]))
        #expect(TurnComparison(nobody, nobody).score.diarizationErrorRate == 0)
        #expect(TurnComparison(ann, nobody).score.diarizationErrorRate == 1)
        #expect(TurnComparison(nobody, ann).score.diarizationErrorRate == nil)
        #expect(TurnComparison(nobody, nobody).score.jaccardErrorRate == nil)
    }

    @Test(arguments: 1...40, TurnConvention.allCases) func `sums, swaps, names and collars`(seed: UInt64, convention: TurnConvention) {
        var generator = SplitMix64(seed: seed)
        let (said, found) = (random(&generator, speakers: 4, count: 30), random(&generator, speakers: 5, count: 25))
        let scoring = TurnScoring(convention: convention)
        let score = TurnComparison(turns(said), turns(found), uem: minute, scoring).score
        #expect(score.times.correct + score.times.missed + score.times.confusion == score.times.total)

        let swapped = TurnComparison(turns(found), turns(said), uem: minute, scoring).score.times
        #expect((swapped.missed, swapped.falseAlarm) == (score.times.falseAlarm, score.times.missed))
        #expect(swapped.confusion == score.times.confusion)

        let names = ["s0": "q", "s1": "b", "s2": "zz", "s3": "a", "s4": "m"]
        let renamed = TurnComparison(turns(said), turns(found.map { ($0.0, $0.1, names[$0.2]!) }.shuffled(using: &generator)), uem: minute, scoring).score
        #expect(renamed.times == score.times)

        var last = Int64.max
        for collar in [0, 50, 250, 600] as [Int64] {
            let total = TurnComparison(turns(said), turns(found), uem: minute, TurnScoring(convention: convention, collar: .milliseconds(collar))).score.times.total
            #expect(total <= last)
            last = total
        }

        // The reference itself makes no error, and a longer turn of it misses no more.
        #expect(TurnComparison(turns(said), turns(said), uem: minute, scoring).score.times.errors == 0)
        let longer = found.map { ($0.0, $0.1 + 500, $0.2) }
        #expect(TurnComparison(turns(said), turns(longer), uem: minute, scoring).score.detection.missed <= score.detection.missed)
    }

    @Test(arguments: 1...60) func `assignments are the best of all`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let (rows, columns) = (Int.random(in: 1...5, using: &generator), Int.random(in: 1...5, using: &generator))
        let weights = (0..<rows * columns).map { _ in max(0, Int64.random(in: -3...9, using: &generator)) }
        let found = Assignment.best(weights, rows: rows, columns: columns)
        var sum: Int64 = 0
        for (row, column) in found.enumerated() { if let column { sum += weights[row * columns + column] } }
        #expect(Set(found.compactMap { $0 }).count == found.compactMap { $0 }.count)
        #expect(sum == best(weights, rows, columns, row: 0, used: []))
    }

    /// By trying all.
    private func best(_ weights: [Int64], _ rows: Int, _ columns: Int, row: Int, used: Set<Int>) -> Int64 {
        guard row < rows else { return 0 }
        var most = best(weights, rows, columns, row: row + 1, used: used)
        for column in 0..<columns where !used.contains(column) {
            most = max(most, weights[row * columns + column] + best(weights, rows, columns, row: row + 1, used: used.union([column])))
        }
        return most
    }

    @Test func `two hundred who speak at once`() {
        let said = (0..<200).map { (Int64($0), Int64(60_000 - $0), "s\($0)") }
        let score = TurnComparison(turns(said), turns(said.map { ($0.0, $0.1, "x" + $0.2) })).score
        #expect(score.diarizationErrorRate == 0 && score.jaccardErrorRate == 0)
    }
}
