import Agreement
import Formats
import Testing

@Suite struct DriftTests {
    @Test func `charts, tests and distances of the shared data`() throws {
        for item in try qualityCases("drift.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            switch item["kind"]?.string {
            case "cusum": try checkCumulativeSum(item, expected, id)
            case "ewma": try checkMovingAverage(item, expected, id)
            case "binary_error_stream": try checkStream(item, expected, id)
            case "label_distribution": checkMix(MixShift(item["a"]!.integers, item["b"]!.integers), expected, id)
            case "duration_distribution": checkValues(ValueShift(item["a"]!.doubles, item["b"]!.doubles), expected, id)
            default: Issue.record("no kind of \(id)")
            }
        }
    }

    private func chart(_ parameters: JSONValue?) throws -> CumulativeSum {
        CumulativeSum(
            target: try #require(parameters?["mu"]?.double), allowance: try #require(parameters?["k"]?.double),
            limit: try #require(parameters?["h"]?.double))
    }

    private func checkCumulativeSum(_ item: JSONValue, _ expected: JSONValue, _ id: String) throws {
        var (sums, alarms) = (try chart(item["params"]), [Int]())
        for (index, value) in item["x"]!.doubles.enumerated() {
            if sums.update(value) { alarms.append(index) }
            check(sums.upper, expected["cplus"]?[index]?.double, "\(id) upper \(index)")
            check(sums.lower, expected["cminus"]?[index]?.double, "\(id) lower \(index)")
        }
        #expect(alarms == expected["alarms"]?.integers, "\(id)")
    }

    private func checkMovingAverage(_ item: JSONValue, _ expected: JSONValue, _ id: String) throws {
        let parameters = try ["mu", "sigma", "lam", "L"].map { try #require(item["params"]?[$0]?.double) }
        var average = MovingAverage(target: parameters[0], deviation: parameters[1], weight: parameters[2], width: parameters[3])
        var alarms: [Int] = []
        for (index, value) in item["x"]!.doubles.enumerated() {
            if average.update(value) { alarms.append(index) }
            check(average.average, expected["z"]?[index]?.double, "\(id) average \(index)")
            check(average.halfWidth, expected["halfwidth"]?[index]?.double, "\(id) half-width \(index)")
        }
        #expect(alarms == expected["alarms"]?.integers, "\(id)")
    }

    private func checkStream(_ item: JSONValue, _ expected: JSONValue, _ id: String) throws {
        let settings = try #require(item["params"]?["page_hinkley"])
        var (sums, sumAlarms, meanAlarms) = (try chart(item["params"]?["cusum"]), [Int](), [Int]())
        var test = PageHinkley(
            warmUp: Int(try #require(settings["min_instances"]?.integer)), tolerance: try #require(settings["delta"]?.double),
            limit: try #require(settings["threshold"]?.double), fading: try #require(settings["alpha"]?.double))
        for (index, value) in item["x"]!.doubles.enumerated() {
            if sums.update(value) { sumAlarms.append(index) }
            if test.update(value) { meanAlarms.append(index) }
        }
        #expect(sumAlarms == expected["cusum_alarms"]?.integers, "\(id)")
        check(sums.upper, expected["cusum_final"]?[0]?.double, id)
        check(sums.lower, expected["cusum_final"]?[1]?.double, id)
        #expect(meanAlarms == expected["river_page_hinkley_alarms"]?.integers, "\(id)")
    }

    private func checkMix(_ shift: MixShift, _ expected: JSONValue, _ id: String) {
        #expect(shift.degreesOfFreedom == expected["dof"]?.integer.map(Int.init), "\(id)")
        check(shift.chiSquared, expected["chi2"], "\(id) chi2")
        check(shift.probability(of: shift.chiSquared), expected["chi2_p"], "\(id) chi2_p")
        check(shift.gStatistic, expected["g"], "\(id) g")
        check(shift.probability(of: shift.gStatistic), expected["g_p"], "\(id) g_p")
        check(shift.stabilityIndex, expected["psi"], "\(id) psi")
        check(shift.jensenShannon, expected["js_divergence_bits"], "\(id) js")
        check(shift.totalVariation, expected["total_variation"], "\(id) tv")
    }

    private func checkValues(_ shift: ValueShift, _ expected: JSONValue, _ id: String) {
        check(shift.kolmogorovSmirnov, expected["ks"], "\(id) ks")
        check(shift.exactKolmogorovSmirnovProbability, expected["ks_p_exact"], "\(id) ks exact")
        check(shift.approximateKolmogorovSmirnovProbability, expected["ks_p_asymptotic"], "\(id) ks approximate")
        check(shift.mannWhitneyU, expected["mannwhitney_u"], "\(id) U")
        check(shift.mannWhitneyProbability, expected["mannwhitney_p"], "\(id) U p")
        check(shift.wasserstein, expected["wasserstein"], "\(id) wasserstein")
    }

    @Test func `Montgomery's example signals at sample 29 with a sum of 5.28`() {
        let values = [
            9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84,
            10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
        ]
        var chart = CumulativeSum(target: 10, allowance: 0.5, limit: 5)
        let first = values.firstIndex { chart.update($0) }
        #expect(first == 28)
        #expect(abs(chart.upper - 5.28) < 1e-9)
    }

    @Test func `equal periods have distance 0 and probability 1, empty ones are undefined`() {
        let same = ValueShift([3, 1, 2, 2], [2, 2, 1, 3])
        #expect(same.kolmogorovSmirnov == .value(0) && same.wasserstein == .value(0))
        #expect(same.exactKolmogorovSmirnovProbability == .value(1) && same.mannWhitneyU == .value(8))
        let empty = ValueShift([], [1])
        #expect([empty.kolmogorovSmirnov, empty.mannWhitneyProbability, empty.wasserstein, empty.exactKolmogorovSmirnovProbability]
            .allSatisfy { $0 == .undefined(.noRatings) })
        #expect(ValueShift([1, 1], [1]).mannWhitneyProbability == .undefined(.noVariance))
        #expect(MixShift([0, 0], [1, 2]).chiSquared == .undefined(.noRatings))
        #expect(MixShift([3, 0], [1, 2]).stabilityIndex == .undefined(.categoryInOnePeriod))
        #expect(MixShift([3, 0], [0, 2]).jensenShannon == .value(1))
        #expect(MixShift([2, 0], [1, 0]).probability(of: .value(0)) == .undefined(.oneCategory))
    }

    @Test func `the mean's test restarts after its alarm and finds the next step`() {
        var test = PageHinkley(warmUp: 10, tolerance: 0, limit: 3, fading: 1)
        let alarms = (Array(repeating: 0.0, count: 20) + Array(repeating: 1.0, count: 40) + Array(repeating: 0.0, count: 40)).enumerated()
            .filter { test.update($0.element) }.map(\.offset)
        #expect(alarms.count == 2 && (20..<30).contains(alarms[0]) && (60..<70).contains(alarms[1]))
    }
}
