import Agreement
import Formats
import Testing

@Suite struct ProportionTests {
    @Test func `intervals of the shared data`() throws {
        for item in try qualityCases("proportion_ci.json") {
            let id = try #require(item["id"]?.string)
            let counts = try ["errors", "n"].map { Int(try #require(item[$0]?.integer)) }
            let share = try #require(Proportion(counts[0], of: counts[1]))
            for member in try #require(item["expected"]?.object) {
                if member.name == "one_sided_upper95_clopper_pearson" {
                    check(share.upperLimit(confidence: 0.95), member.value.double, "\(id) \(member.name)")
                    continue
                }
                let parts = member.name.split(separator: "_")
                let confidence = try #require(Double(String(parts.last ?? ""))) / 100
                let found = try #require(interval(parts.dropLast().joined(separator: "_"), share, confidence))
                check(found.lower, member.value[0]?.double, "\(id) \(member.name) lower")
                check(found.upper, member.value[1]?.double, "\(id) \(member.name) upper")
            }
        }
    }

    private func interval(_ method: String, _ share: Proportion, _ confidence: Double) -> ConfidenceInterval? {
        switch method {
        case "wilson": share.wilson(confidence: confidence)
        case "clopper_pearson": share.clopperPearson(confidence: confidence)
        case "jeffreys": share.jeffreys(confidence: confidence)
        case "agresti_coull": share.agrestiCoull(confidence: confidence)
        default: nil
        }
    }

    @Test func `Newcombe's Table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29`() throws {
        let table: [(Int, Int, [Double], [Double])] = [
            (81, 263, [0.2553, 0.3662], [0.2527, 0.3676]), (15, 148, [0.0624, 0.1605], [0.0578, 0.1617]),
            (0, 20, [0, 0.1611], [0, 0.1684]), (1, 29, [0.0061, 0.1718], [0.0009, 0.1776]),
        ]
        for (count, total, wilson, exact) in table {
            let share = try #require(Proportion(count, of: total))
            let (a, b) = (share.wilson(confidence: 0.95), share.clopperPearson(confidence: 0.95))
            for (value, expected) in zip([a.lower, a.upper, b.lower, b.upper], wilson + exact) { #expect(abs(value - expected) < 5.1e-5) }
        }
    }

    @Test func `Clopper and Pearson's upper limit leaves exactly its tail`() throws {
        for (count, total) in [(0, 7), (3, 50), (40, 2000), (999, 1000)] {
            let upper = try #require(Proportion(count, of: total)).upperLimit(confidence: 0.95)
            let tail = SamplingPlan(sampleSize: total, acceptance: count).acceptanceProbability(nonconforming: upper)
            #expect(abs(tail - 0.05) < 1e-9, "\(count) of \(total)")
        }
    }

    @Test func `counts that make no share are refused`() {
        #expect(Proportion(1, of: 0) == nil && Proportion(-1, of: 3) == nil && Proportion(4, of: 3) == nil)
    }
}
