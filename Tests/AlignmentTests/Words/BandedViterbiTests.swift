import Testing

@testable import Alignment

@Suite struct BandedViterbiTests {
    private struct Case {
        let chain: StateChain
        /// By frame and class.
        let scores: [[Float]]
    }

    private func made(_ seed: UInt64, states: Int, frames: Int) -> Case {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func number() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return -Float(state >> 40) * 0x1p-22
        }
        let list: [StateChain.State] = (0..<states).map { index in
            let maySkip = index >= 2 && index % 2 == 0
            let skip: Float = maySkip ? number() : -.infinity
            return StateChain.State(emission: Int32(index % 3), stay: number(), enter: number(), skip: skip)
        }
        return Case(chain: StateChain(list, classCount: 3), scores: (0..<frames).map { _ in (0..<3).map { _ in number() } })
    }

    private func value(_ path: [Int], _ test: Case) -> Float {
        var sum = test.scores[0][Int(test.chain.states[path[0]].emission)]
        for (frame, state) in path.enumerated().dropFirst() {
            let from = path[frame - 1]
            switch state - from {
            case 0: sum += test.chain.states[state].stay
            case 1: sum += test.chain.states[state].enter
            default: sum += test.chain.states[state].skip
            }
            sum += test.scores[frame][Int(test.chain.states[state].emission)]
        }
        return sum
    }

    /// Every way from one of the first two states to one of the last two.
    private func bestValue(_ test: Case) -> Float {
        var ways: [[Int]] = [[0], [1]]
        for _ in 1..<test.scores.count {
            ways = ways.flatMap { way in
                (0...2).compactMap { step in
                    let next = way[way.count - 1] + step
                    guard next < test.chain.count, step < 2 || test.chain.states[next].skip > -.infinity else { return nil }
                    return way + [next]
                }
            }
        }
        return ways.filter { $0[$0.count - 1] >= test.chain.count - 2 }.map { value($0, test) }.max() ?? -.infinity
    }

    @Test(arguments: 1...30) func `no way is better`(seed: UInt64) {
        let test = made(seed, states: 6, frames: 8)
        let path = BandedViterbi(chain: test.chain, width: 100).path(frames: 8, .following) { frame, scores in
            for index in 0..<3 { scores[index] = test.scores[frame][index] }
        }
        #expect(abs(value(path.map(Int.init), test) - bestValue(test)) < 1e-4)
    }

    /// Long enough that the older frames are settled several times.
    @Test func `a narrow band around the best way finds it again, however long`() {
        let (states, frames) = (2000, 20_000)
        let list = (0..<states).map { StateChain.State(emission: Int32($0 % 7), stay: -0.1, enter: -2, skip: -.infinity) }
        let chain = StateChain(list, classCount: 7)
        // Ten frames a state: the class of the state that is due fits best.
        func score(_ frame: Int, _ scores: UnsafeMutablePointer<Float>) { for index in 0..<7 { scores[index] = frame / 10 % 7 == index ? 0 : -5 } }
        let path = BandedViterbi(chain: chain, width: 300).path(frames: frames, .following, score: score)
        #expect(path.enumerated().allSatisfy { Int($1) == $0 / 10 })
        #expect(BandedViterbi(chain: chain, width: 50).path(frames: frames, .around(path), score: score) == path)
    }

    @Test func `nothing comes of nothing`() {
        let chain = StateChain([], classCount: 1)
        #expect(BandedViterbi(chain: chain, width: 10).path(frames: 5, .following) { _, _ in }.isEmpty)
    }
}
