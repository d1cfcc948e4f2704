import Agreement
import Testing
import Timeline

@Suite struct RecordingBootstrapTests {
    /// Recordings of 20 items each, two annotators who agree on a share of them that differs from recording to recording.
    private func recordings(_ count: Int, seed: UInt64) -> [RatingSummary] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let share = 0.6 + 0.4 * random.unit()
            let codes = (0..<20).flatMap { _ -> [Int32] in
                let label = Int32(random.below(3))
                return [label, random.unit() < share ? label : Int32(random.below(3))]
            }
            return RatingSummary(codes: codes, annotators: 2, categories: 3)
        }
    }

    private func alpha(_ parts: [RatingSummary], _ times: [Int]) -> Figure {
        var sum = RatingSummary(categories: 3)
        for (part, n) in zip(parts, times) where n > 0 { sum.add(part, times: n) }
        return sum.alpha(.nominal)
    }

    @Test func `the interval holds the figure, repeats with its seed and narrows with more recordings`() throws {
        var widths: [Double] = []
        for count in [10, 160] {
            let parts = recordings(count, seed: 3)
            let bootstrap = RecordingBootstrap(recordings: count, replicates: 400, seed: 7)
            let interval = try bootstrap.interval { alpha(parts, $0) }.get()
            let again = try bootstrap.interval { alpha(parts, $0) }.get()
            let whole = try #require(alpha(parts, Array(repeating: 1, count: count)).value)
            #expect(interval == again && interval.lower < whole && whole < interval.upper)
            widths.append(interval.upper - interval.lower)
        }
        #expect(widths[1] < widths[0] / 2)
    }

    @Test func `nine of ten intervals at 90 % hold the true mean`() {
        var (random, held) = (SplitMix64(seed: 5), 0)
        for round in 0..<200 {
            let values = (0..<25).map { _ in random.unit() + random.unit() }
            let bootstrap = RecordingBootstrap(recordings: 25, replicates: 300, seed: UInt64(round), confidence: 0.9)
            let interval = bootstrap.interval { times in
                .value(zip(values, times).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(times.reduce(0, +)))
            }
            if case .success(let found) = interval, (found.lower...found.upper).contains(1) { held += 1 }
        }
        #expect((164...195).contains(held), "\(held) of 200")
    }

    @Test func `no interval without two recordings, for an undefined figure, or when most draws are undefined`() {
        #expect(RecordingBootstrap(recordings: 1).interval { _ in .value(1) } == .failure(.tooFewItems))
        #expect(RecordingBootstrap(recordings: 3).interval { _ in .undefined(.noUnits) } == .failure(.noUnits))
        let picky = RecordingBootstrap(recordings: 9, replicates: 50).interval { $0.allSatisfy { $0 == 1 } ? .value(1) : .undefined(.noUnits) }
        #expect(picky == .failure(.tooFewDefinedSamples))
    }
}
