import Agreement
import Formats
import Testing

@Suite struct AcceptanceTests {
    @Test func `plans and probabilities of the shared data`() throws {
        for item in try qualityCases("sampling_plans.json") {
            let kind = try #require(item["kind"]?.string)
            let numbers = Dictionary(uniqueKeysWithValues: try #require(item.object).compactMap { m in m.value.double.map { (m.name, $0) } })
            switch kind {
            case "single": try item["plans"]?.array?.forEach(checkSingle)
            case "double": try item["plans"]?.array?.forEach(checkDouble)
            case "oc_binomial":
                let plan = SamplingPlan(sampleSize: Int(numbers["n"]!), acceptance: Int(numbers["c"]!))
                for (share, expected) in zip(item["p"]!.doubles, item["expected"]!.doubles) {
                    check(plan.acceptanceProbability(nonconforming: share), expected, "\(plan) at \(share)")
                }
            case "oc_hypergeometric":
                let plan = SamplingPlan(sampleSize: Int(numbers["n"]!), acceptance: Int(numbers["c"]!))
                for (bad, expected) in zip(item["defectives"]!.integers, item["expected"]!.doubles) {
                    check(plan.acceptanceProbability(nonconforming: bad, lot: Int(numbers["lot"]!)), expected, "\(plan) with \(bad)")
                }
            case "sprt":
                let plan = try #require(SequentialPlan(
                    acceptable: numbers["p1"]!, rejectable: numbers["p2"]!, producerRisk: numbers["alpha"]!, consumerRisk: numbers["beta"]!))
                check(plan.acceptanceIntercept, item["expected"]?["h1"]?.double, "h1")
                check(plan.rejectionIntercept, item["expected"]?["h2"]?.double, "h2")
                check(plan.slope, item["expected"]?["s"]?.double, "s")
            case "zero_acceptance_n":
                let plan = SamplingPlan.zeroAcceptance(rejectable: numbers["ltpd"]!, confidence: numbers["confidence"]!)
                #expect(plan?.sampleSize == Int(numbers["expected"]!))
            default: Issue.record("no kind named \(kind)")
            }
        }
    }

    private struct Cell {
        let lot: Int, level: AcceptanceTables.Level, limit: String, inspection: AcceptanceTables.Inspection

        init(_ plan: JSONValue) throws {
            lot = Int(try #require(plan["lot_range"]?[0]?.integer))
            level = try #require(AcceptanceTables.Level(rawValue: plan["level"]?.string ?? ""))
            limit = try #require(plan["aql"]?.string)
            inspection = try #require(AcceptanceTables.Inspection(rawValue: plan["inspection"]?.string ?? ""))
        }
    }

    private func checkSingle(_ plan: JSONValue) throws {
        let cell = try Cell(plan)
        let found = AcceptanceTables.single(lot: cell.lot, level: cell.level, limit: cell.limit, inspection: cell.inspection)
        let expected = try ["n", "ac", "re"].map { Int(try #require(plan[$0]?.integer)) }
        #expect(found == SamplingPlan(sampleSize: expected[0], acceptance: expected[1], rejection: expected[2]), "\(cell)")
    }

    private func checkDouble(_ plan: JSONValue) throws {
        let cell = try Cell(plan)
        let columns = plan["columns_n_c_r"]?.integers ?? []
        guard columns.contains(where: { $0 > 0 }) else { return }
        let found = try #require(
            AcceptanceTables.double(lot: cell.lot, level: cell.level, limit: cell.limit, inspection: cell.inspection), "\(cell)")
        let numbers = [
            found.firstSize, found.secondSize, found.firstAcceptance, found.secondAcceptance, found.firstRejection, found.secondRejection,
        ]
        #expect(numbers == columns, "\(cell)")
    }

    @Test func `cells of the printed tables: K for 1,201 to 3,200, 80 with 5 for 501 to 1,200`() {
        #expect(AcceptanceTables.single(lot: 2000, limit: "1.0") == SamplingPlan(sampleSize: 125, acceptance: 3))
        #expect(AcceptanceTables.single(lot: 1000, limit: "2.5") == SamplingPlan(sampleSize: 80, acceptance: 5))
        #expect(AcceptanceTables.single(lot: 1000, limit: "2.5", inspection: .tightened) == SamplingPlan(sampleSize: 80, acceptance: 3))
        #expect(AcceptanceTables.single(lot: 1000, limit: "2.5", inspection: .reduced)
            == SamplingPlan(sampleSize: 32, acceptance: 2, rejection: 5))
        #expect(AcceptanceTables.single(lot: 1, limit: "1.0") == nil && AcceptanceTables.single(lot: 10, limit: "3") == nil)
    }

    @Test func `every lot, level, limit and inspection has a single plan, and what half of the lots pass with grows with the limit`() throws {
        for inspection in AcceptanceTables.Inspection.allCases {
            for level in AcceptanceTables.Level.allCases {
                for lot in [2, 30, 700, 9000, 1_000_000] {
                    var last = 0.0
                    for limit in AcceptanceTables.limits {
                        let plan = try #require(AcceptanceTables.single(lot: lot, level: level, limit: limit, inspection: inspection))
                        let half = (1...999).first { plan.acceptanceProbability(nonconforming: Double($0) / 1000) < 0.5 } ?? 1000
                        #expect(Double(half) >= 0.95 * last, "\(inspection) \(level) \(lot) \(limit)")
                        last = Double(half)
                    }
                }
            }
        }
    }

    @Test func `the handbook's operating characteristic of 52 items and 3`() {
        let plan = SamplingPlan(sampleSize: 52, acceptance: 3)
        let printed = [0.998, 0.980, 0.930, 0.845, 0.739, 0.620, 0.502, 0.394, 0.300, 0.223, 0.162, 0.115]
        for (percent, expected) in zip(1..., printed) {
            #expect(abs(plan.acceptanceProbability(nonconforming: Double(percent) / 100) - expected) < 0.0016)
        }
    }

    @Test func `the smallest plan keeps both risks and no smaller one does`() throws {
        for (good, bad) in [(0.01, 0.10), (0.02, 0.08), (0.05, 0.2)] {
            let plan = try #require(SamplingPlan.smallest(acceptable: good, rejectable: bad, producerRisk: 0.05, consumerRisk: 0.1))
            func keeps(_ n: Int, _ c: Int) -> Bool {
                let plan = SamplingPlan(sampleSize: n, acceptance: c)
                return plan.acceptanceProbability(nonconforming: good) >= 0.95 && plan.acceptanceProbability(nonconforming: bad) <= 0.1
            }
            #expect(keeps(plan.sampleSize, plan.acceptance))
            #expect(!(1..<plan.sampleSize).contains { n in (0..<n).contains { keeps(n, $0) } })
        }
        #expect(SamplingPlan.smallest(acceptable: 0.1, rejectable: 0.1, producerRisk: 0.05, consumerRisk: 0.1) == nil)
    }

    @Test func `a double plan accepts as often as walking its outcomes says`() throws {
        let plan = try #require(AcceptanceTables.double(lot: 2000, limit: "2.5"))
        for share in [0.01, 0.05, 0.1] {
            let one = { (x: Int, n: Int) in
                SamplingPlan(sampleSize: n, acceptance: x).acceptanceProbability(nonconforming: share)
                    - (x == 0 ? 0 : SamplingPlan(sampleSize: n, acceptance: x - 1).acceptanceProbability(nonconforming: share))
            }
            var sum = 0.0
            for a in 0..<plan.firstRejection {
                if a <= plan.firstAcceptance { sum += one(a, plan.firstSize); continue }
                for b in 0...plan.secondAcceptance where a + b <= plan.secondAcceptance { sum += one(a, plan.firstSize) * one(b, plan.secondSize) }
            }
            #expect(abs(plan.acceptanceProbability(nonconforming: share) - sum) < 1e-10)
        }
    }

    @Test func `a sequential test decides at its lines`() throws {
        let plan = try #require(SequentialPlan(acceptable: 0.01, rejectable: 0.1, producerRisk: 0.05, consumerRisk: 0.1))
        #expect(plan.decision(nonconforming: 0, checked: 23) == .goOn)
        #expect(plan.decision(nonconforming: 0, checked: 24) == .accept)        // as the handbook's table
        #expect(plan.decision(nonconforming: 2, checked: 2) == .reject)
        #expect(SequentialPlan(acceptable: 0.1, rejectable: 0.01, producerRisk: 0.05, consumerRisk: 0.1) == nil)
    }

    @Test func `inspection tightens after two rejections of five, relaxes after five lots, and stops after five rejections`() {
        let plan = SamplingPlan(sampleSize: 80, acceptance: 5), reduced = SamplingPlan(sampleSize: 32, acceptance: 2, rejection: 5)
        var switching = InspectionSwitching()
        func run(_ counts: [Int], _ plan: SamplingPlan) -> [Bool] { counts.map { switching.judge(nonconforming: $0, plan) } }
        #expect(run([6, 0, 0, 0, 0, 6], plan) == [false, true, true, true, true, false] && switching.inspection == .normal)
        #expect(run([9], plan) == [false] && switching.inspection == .tightened)
        #expect(run([0, 0, 0, 0, 0], plan).allSatisfy { $0 } && switching.inspection == .normal)
        #expect(run(Array(repeating: 1, count: 10), plan).allSatisfy { $0 } && switching.inspection == .reduced)
        #expect(run([2], reduced) == [true] && switching.inspection == .reduced)
        #expect(run([3], reduced) == [true] && switching.inspection == .normal)
        _ = run([9, 9], plan)
        #expect(!switching.isStopped && switching.inspection == .tightened)
        _ = run([9, 0, 9, 9, 9], plan)
        #expect(!switching.isStopped)
        _ = run([9], plan)
        #expect(switching.isStopped)
    }
}
