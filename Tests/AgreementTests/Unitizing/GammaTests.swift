import Formats
import Testing
import Timeline

@testable import Agreement

@Suite struct GammaTests {
    /// Times of the data in seconds as ticks of a thousandth.
    private func continuum(_ value: JSONValue?, plus offset: Int64 = 0) throws -> Continuum {
        let rows = try #require(value?.object)
        let names = Set(rows.flatMap { $0.value.array!.map { $0[2]!.string! } }).sorted()
        let units = rows.enumerated().flatMap { annotator, row in
            row.value.array!.map {
                AnnotatedUnit(
                    annotator: annotator, start: Int64(($0[0]!.double! * 1000).rounded()) + offset,
                    end: Int64(($0[1]!.double! * 1000).rounded()) + offset, category: names.firstIndex(of: $0[2]!.string!)!)
            }
        }
        return Continuum(units, annotators: rows.count, categories: names.count)
    }

    private func dissimilarity(_ parameters: JSONValue?) throws -> GammaDissimilarity {
        GammaDissimilarity(
            alpha: try #require(parameters?["alpha"]?.double), beta: try #require(parameters?["beta"]?.double),
            empty: try #require((parameters?["delta_empty"] ?? parameters?["deltaEmpty"])?.double))
    }

    @Test func `exact disorders, gamma-cat and gamma of the shared data, wherever the recording starts`() throws {
        for item in try qualityCases("gamma.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            let cost = try dissimilarity(item["params"])
            for offset in [0, 36_000_000] as [Int64] {
                let units = try continuum(item["continuum"], plus: offset)
                let best = try units.bestAlignment(cost).get()
                check(best.disorder, expected["observed_disorder"]?.double, "\(id) disorder")
                if let number = expected["unitary_alignments"]?.integer { #expect(best.unitary.count == Int(number), "\(id)") }
            }
            guard let categorial = expected["gamma_cat_observed_disorder"]?.double else { continue }
            let gamma = try Gamma(try continuum(item["continuum"]), Gamma.Options(dissimilarity: cost, samples: 2))
            check(gamma.categorialDisorder.value ?? .nan, categorial, "\(id) categorial disorder")
        }
    }

    @Test func `gamma lies within four deviations of the means that pygamma returned`() throws {
        for item in try qualityCases("gamma.json") {
            let id = try #require(item["id"]?.string)
            for (sampling, name) in [(GammaSampling.statistical, "pygamma_gamma_stat"), (.shuffled, "pygamma_gamma_shuffle")] {
                guard let peer = item["expected"]?[name], let mean = peer["mean"]?.double else { continue }
                let gamma = try Gamma(
                    try continuum(item["continuum"]), Gamma.Options(dissimilarity: try dissimilarity(item["params"]), sampling: sampling))
                let value = try #require(gamma.value.value)
                let interval = try #require(gamma.interval)
                // Two runs say little about their deviation, so our own interval counts too.
                let deviation = max(peer["sd"]?.double ?? 0, (interval.upper - interval.lower) / 3.92)
                #expect(abs(value - mean) < 4 * deviation, "\(id) \(name): \(value) ± \(deviation), pygamma \(mean)")
            }
        }
    }

    @Test func `pairs, best alignments and drawn continua of the shared fixtures`() throws {
        for name in ["fixture_01_two_annotators_simple", "fixture_03_identical_perfect", "fixture_05_larger_two_annotators"] {
            guard let fixture = try qualityFile("gamma_fixtures/\(name).json") else { continue }
            let cost = try dissimilarity(fixture["params"])
            let units = try fixtureUnits(fixture["continuum"], scale: 1)
            for pair in fixture["tier1"]!["pairDissimilarities"]!.array! {
                let distance = cost.between(units.units[0][Int(pair["unitIndexA"]!.integer!)], units.units[1][Int(pair["unitIndexB"]!.integer!)])
                // The fixtures come from numbers of 32 bits.
                let expected = try #require(pair["combined"]?.double)
                check(distance, expected, tolerance: 1e-6 * max(1, expected), name)
            }
            check(try units.bestAlignment(cost).get().disorder, fixture["tier1"]?["bestAlignmentDisorder"]?.double, tolerance: 1e-6, "\(name) disorder")
            for drawn in fixture["tier2"]!["sampledContinua"]!.array! {
                let sample = try fixtureUnits(drawn["units"], scale: 1e9)
                check(try sample.bestAlignment(cost).get().disorder, drawn["bestAlignmentDisorder"]?.double, tolerance: 1e-5, "\(name) drawn")
            }
        }
    }

    private func fixtureUnits(_ list: JSONValue?, scale: Double) throws -> Continuum {
        let list = try #require(list?.array)
        let (annotators, categories) = (Set(list.map { $0["annotator"]!.string! }).sorted(), Set(list.map { $0["category"]!.string! }).sorted())
        return Continuum(
            list.map { unit in
                AnnotatedUnit(
                    annotator: annotators.firstIndex(of: unit["annotator"]!.string!)!, start: Int64((unit["start"]!.double! * scale).rounded()),
                    end: Int64((unit["end"]!.double! * scale).rounded()), category: categories.firstIndex(of: unit["category"]!.string!)!)
            }, annotators: annotators.count, categories: categories.count)
    }

    private func random(_ generator: inout SplitMix64, annotators: Int, units: Int, span: Int) -> Continuum {
        let list = (0..<units).map { _ -> AnnotatedUnit in
            let start = Int64(generator.below(span))
            // Some are instants, a few far longer than the others.
            let length = generator.below(9) == 0 ? 200 + generator.below(300) : generator.below(12)
            return AnnotatedUnit(
                annotator: generator.below(annotators), start: start, end: start + Int64(length), category: generator.below(3))
        }
        return Continuum(list, annotators: annotators, categories: 3)
    }

    /// The least cost of any partition, by trying all: each unit joins one of the open unitary alignments or opens one.
    private func least(_ continuum: Continuum, _ cost: GammaDissimilarity) -> Double {
        let all = continuum.units.flatMap { $0 }
        let pairs = Double(continuum.annotators * (continuum.annotators - 1) / 2)
        var best = Double.infinity
        func place(_ index: Int, _ groups: [[AnnotatedUnit]]) {
            if index == all.count {
                let sum = groups.reduce(0.0) { total, group in
                    var inside = 0.0
                    for (b, y) in group.enumerated() { for x in group[..<b] { inside += cost.between(x, y) - cost.empty } }
                    return total + cost.empty + inside / pairs
                }
                best = min(best, sum)
                return
            }
            for place2 in groups.indices where !groups[place2].contains(where: { $0.annotator == all[index].annotator }) {
                var next = groups
                next[place2].append(all[index])
                place(index + 1, next)
            }
            place(index + 1, groups + [[all[index]]])
        }
        place(0, [])
        return best * Double(continuum.annotators) / Double(all.count)
    }

    @Test func `the disorder is the least of all alignments, for two to five annotators`() throws {
        var generator = SplitMix64(seed: 77)
        for round in 0..<160 {
            let annotators = 2 + round % 4
            let units = random(&generator, annotators: annotators, units: 3 + generator.below(5), span: 30)
            let cost = GammaDissimilarity(alpha: [1, 3][round % 2], beta: 1, empty: round % 3 == 0 ? 0.7 : 1)
            let found = try units.bestAlignment(cost).get()
            #expect(abs(found.disorder - least(units, cost)) < 1e-9, "round \(round)")
            for (annotator, row) in units.units.enumerated() {
                #expect(found.unitary.compactMap { $0[annotator] }.sorted() == Array(row.indices))
            }
        }
    }

    @Test func `the same seed gives the same figure, agreement throughout gives 1`() throws {
        var generator = SplitMix64(seed: 3)
        let units = random(&generator, annotators: 3, units: 40, span: 300)
        let options = Gamma.Options(samples: 10, seed: 9)
        #expect(try Gamma(units, options) == Gamma(units, options))
        #expect(try Gamma(units, Gamma.Options(samples: 10, seed: 10)).value != Gamma(units, options).value)
        let row = units.units[0].filter { $0.end > $0.start }
        let twice = (0..<2).flatMap { annotator in
            row.map { AnnotatedUnit(annotator: annotator, start: $0.start, end: $0.end, category: $0.category) }
        }
        let same = try Gamma(Continuum(twice, annotators: 2, categories: 3))
        #expect(same.value == .value(1) && same.categorialValue == .value(1))
    }

    @Test func `a wanted precision draws more continua`() throws {
        var generator = SplitMix64(seed: 13)
        let units = random(&generator, annotators: 2, units: 30, span: 200)
        let gamma = try Gamma(units, Gamma.Options(samples: 10, precision: 0.01))
        #expect(gamma.samples > 10)
        #expect(1.96 * gamma.expectedDeviation / Double(gamma.samples).squareRoot() < 0.02 * gamma.expectedDisorder)
    }

    @Test func `one annotator and no units are undefined`() {
        let unit = AnnotatedUnit(annotator: 0, start: 0, end: 4, category: 0)
        #expect(throws: Undefined.tooFewAnnotators) { try Gamma(Continuum([unit], annotators: 1, categories: 1)) }
        #expect(throws: Undefined.noUnits) { try Gamma(Continuum([], annotators: 2, categories: 1)) }
        #expect((try? Gamma(Continuum([unit], annotators: 2, categories: 1)))?.categorialValue == .undefined(.noAlignedUnits))
    }
}
