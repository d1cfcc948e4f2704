import Testing

@testable import Alignment

@Suite struct StepTableTests {
    private func mask(_ lanes: Int...) -> SIMDMask<SIMD8<Int32>> {
        var mask = SIMDMask<SIMD8<Int32>>(repeating: false)
        for lane in lanes { mask[lane] = true }
        return mask
    }

    @Test func `each state of each row keeps its own step, and the last that holds counts`() {
        var table = StepTable(states: 16, rows: 3)
        table.set(row: 1, 8, rises: mask(0, 1, 7), falls: mask(1, 2), jumps: mask(2, 7))
        let steps = (8..<16).map { table.step(row: 1, $0) }
        #expect(steps == [.up, .down, .jump, .keep, .keep, .keep, .keep, .jump])
        #expect((0..<8).allSatisfy { table.step(row: 1, $0) == .keep })
        #expect([0, 2].allSatisfy { row in (0..<16).allSatisfy { table.step(row: row, $0) == .keep } })
    }

    @Test(arguments: [(0, 0), (2, 0), (3, 3), (6, 3), (7, 7), (8, 7), (12, 7), (13, 13), (15, 13), (16, 13), (99, 13)])
    func `the best state at or below one is the last at which the running maximum rose`(state: Int, summit: Int) {
        var table = StepTable(states: 16, rows: 2)
        for state in [0, 3, 7, 13] { table.setSummit(row: 1, state) }
        for state in 0..<16 { table.setSummit(row: 0, state) }
        #expect(table.summit(row: 1, atOrBelow: state) == summit)
    }
}
