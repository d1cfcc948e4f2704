import Agreement
import Formats
import Glibc
import Testing
import Timeline

@Suite struct LabelConsensusTests {
    private func ballots(_ item: JSONValue) throws -> Ballots {
        let items = try #require(item["items"]?.array).map { ($0.array ?? []).map { $0.integers.map { $0 - 1 } } }
        return Ballots(items: items, categories: Int(try #require(item["classes"]?.integer)))
    }

    @Test func `Dawid-Skene, majority and worker agreement of the shared data`() throws {
        for item in try qualityCases("consensus_labels.json") {
            let id = try #require(item["id"]?.string)
            let (ballots, expected) = (try ballots(item), try #require(item["expected"]))
            let found = DawidSkene(ballots)
            #expect(found.consensus.converged, "\(id)")
            for (k, share) in found.prior.enumerated() { check(share, expected["prior"]?[k]?.double, tolerance: 1e-6, "\(id) prior \(k)") }
            for (r, matrix) in found.confusion.enumerated() {
                for (cell, value) in matrix.enumerated() {
                    let number = expected["confusion"]?[r]?[cell / ballots.categories]?[cell % ballots.categories]?.double
                    check(value, number, tolerance: 1e-6, "\(id) confusion \(r) \(cell)")
                }
            }
            for (cell, value) in found.consensus.posterior.enumerated() {
                let number = expected["posterior"]?[cell / ballots.categories]?[cell % ballots.categories]?.double
                check(value, number, tolerance: 1e-6, "\(id) posterior \(cell)")
            }
            #expect((0..<ballots.items).map { found.consensus.label(of: $0) + 1 } == expected["labels"]?.integers, "\(id)")
            let best = try #require(expected["log_likelihood"]?.double)
            #expect(found.consensus.logLikelihood >= best - 1e-6, "\(id)")
            #expect(ballots.majority().map { $0.map { $0 + 1 } } == expected["majority_winners"]?.array?.map(\.integers), "\(id)")
            try checkAgreement(item, expected["wawa_skill"]!.doubles, id)
        }
    }

    /// The tool behind the figures drops an annotator's repeats and breaks ties by the order of its columns: its figure lies between
    /// those that count a tied label as right never and always, and so does ours.
    private func checkAgreement(_ item: JSONValue, _ expected: [Double], _ id: String) throws {
        let items = try #require(item["items"]?.array).map { ($0.array ?? []).map { Array(Set($0.integers.map { $0 - 1 })) } }
        let ballots = Ballots(items: items, categories: Int(try #require(item["classes"]?.integer)))
        let (winners, ours) = (ballots.majority(), ballots.agreementWithMajority())
        for (r, number) in expected.enumerated() {
            let labels = items.enumerated().flatMap { place, raters in raters[r].map { (place, $0) } }
            let never = labels.count { winners[$0.0] == [$0.1] }, always = labels.count { winners[$0.0].contains($0.1) }
            let range = Double(never) / Double(labels.count) - 1e-9...Double(always) / Double(labels.count) + 1e-9
            #expect(range.contains(number), "\(id) annotator \(r)")
            #expect(range.contains(ours[r].value ?? -1), "\(id) annotator \(r)")
        }
    }

    /// 400 items, three categories, five careful annotators and one who always says the same.
    private func crowd(seed: UInt64) -> (truth: [Int], ballots: Ballots) {
        var random = SplitMix64(seed: seed)
        let truth = (0..<400).map { _ in random.below(3) }
        let items = truth.map { label -> [[Int]] in
            (0..<5).map { _ in [random.unit() < 0.75 ? label : random.below(3)] } + [[1]]
        }
        return (truth, Ballots(items: items, categories: 3))
    }

    @Test func `both models name the annotator who always says the same and beat the majority`() {
        let (truth, ballots) = crowd(seed: 11)
        let (skene, mace) = (DawidSkene(ballots), MACE(ballots))
        #expect(mace.competence[5] < 0.1 && mace.competence[..<5].allSatisfy { (0.65..<0.85).contains($0) }, "\(mace.competence)")
        #expect(mace.habits[5][1] > 0.95)
        let diagonal = skene.confusion[5]
        #expect(diagonal[0] < 0.01 && diagonal[4] > 0.99 && diagonal[8] < 0.01)
        func right(_ label: (Int) -> Int) -> Int { truth.indices.count { label($0) == truth[$0] } }
        let winners = ballots.majority()
        let majority = right { winners[$0][0] }
        #expect(right(skene.consensus.label(of:)) >= majority && right(mace.consensus.label(of:)) >= majority)
    }

    @Test func `the likelihood is that of the model, and a longer run never lowers it`() {
        let (_, ballots) = crowd(seed: 4)
        var last = -Double.infinity
        for rounds in 1...12 {
            let fit = DawidSkene(ballots, roundLimit: rounds)
            #expect(fit.consensus.logLikelihood >= last - 1e-9)
            last = fit.consensus.logLikelihood
        }
        let one = Ballots(items: [[[0], [1]], [[0], [0]]], categories: 2)
        let fit = DawidSkene(one)
        var sum = 0.0
        for votes in [[(0, 0), (1, 1)], [(0, 0), (1, 0)]] {
            var total = 0.0
            for k in 0..<2 {
                var product = fit.prior[k]
                for (annotator, label) in votes { product *= fit.confusion[annotator][k * 2 + label] }
                total += product
            }
            sum += log(total)
        }
        #expect(abs(fit.consensus.logLikelihood - sum) < 1e-9)
    }

    @Test func `the same seed gives the same competences, and items in doubt come first`() {
        let (_, ballots) = crowd(seed: 8)
        #expect(MACE(ballots, seed: 5) == MACE(ballots, seed: 5))
        let consensus = DawidSkene(ballots).consensus
        let margins = consensus.adjudicationOrder.map(consensus.margin(of:))
        #expect(margins == margins.sorted() && margins.count == 400)
    }

    @Test func `an item without labels has no majority and keeps the prior`() {
        let ballots = Ballots(items: [[[], []], [[0], [0]], [[0], [0]], [[1], [1]]], categories: 2)
        #expect(ballots.majority()[0].isEmpty)
        let fit = DawidSkene(ballots)
        #expect(abs(fit.consensus.posterior[0] - fit.prior[0]) < 1e-6)
        #expect(Ballots(items: [[[0], []]], categories: 1).agreementWithMajority()[1] == .undefined(.noRatings))
    }
}
