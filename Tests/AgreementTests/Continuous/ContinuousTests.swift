import Agreement
import Formats
import Testing
import Timeline

@Suite struct ContinuousTests {
    @Test func `intraclass correlations and concordance of the shared data`() throws {
        for item in try qualityCases("continuous.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            if item["kind"]?.string == "ccc" {
                let found = Concordance(item["x"]!.doubles, item["y"]!.doubles)
                check(found.coefficient, expected["ccc_lin1989"], "\(id) ccc")
                check(found.unbiasedCoefficient, expected["ccc_unbiased"], "\(id) unbiased")
                check(found.correlation, expected["pearson"], "\(id) pearson")
            } else {
                let found = try IntraclassCorrelation(try #require(item["ratings"]?.array).map(\.doubles))
                for form in IntraclassCorrelation.Form.allCases { check(found.figure(form), expected[form.rawValue], "\(id) \(form)") }
                check(found.betweenTargets, expected["BMS"]?.double, "\(id) BMS")
                check(found.betweenAnnotators, expected["JMS"]?.double, "\(id) JMS")
                check(found.residual, expected["EMS"]?.double, "\(id) EMS")
                check(found.withinTargets, expected["WMS"]?.double, "\(id) WMS")
            }
        }
    }

    @Test func `Shrout and Fleiss's Table 4: .17 .29 .71 .44 .62 .91`() throws {
        let found = try IntraclassCorrelation([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
        let printed: [(IntraclassCorrelation.Form, Double)] = [
            (.oneWaySingle, 0.17), (.randomSingle, 0.29), (.fixedSingle, 0.71), (.oneWayMean, 0.44), (.randomMean, 0.62), (.fixedMean, 0.91),
        ]
        for (form, value) in printed { #expect(abs(try #require(found.figure(form).value) - value) < 0.0051, "\(form)") }
    }

    @Test func `what has no intraclass correlation says why`() {
        #expect(throws: Undefined.tooFewItems) { try IntraclassCorrelation([[1, 2]]) }
        #expect(throws: Undefined.tooFewAnnotators) { try IntraclassCorrelation([[1], [2]]) }
        #expect(throws: Undefined.missingRatings) { try IntraclassCorrelation([[1, 2], [2]]) }
        #expect(throws: Undefined.missingRatings) { try IntraclassCorrelation([[1, .nan], [2, 1]]) }
        #expect((try? IntraclassCorrelation([[3, 3], [3, 3]]))?.figure(.randomSingle) == .undefined(.noVariance))
        #expect(Concordance([2, 2], [2, 2]).coefficient == .undefined(.noVariance))
        #expect(Concordance().coefficient == .undefined(.noRatings) && Concordance([1], [2]).unbiasedCoefficient == .undefined(.tooFewItems))
    }

    @Test func `a shift lowers concordance and not correlation, and recordings add up`() throws {
        var random = SplitMix64(seed: 6)
        let x = (0..<300).map { _ in random.unit() }, y = x.map { $0 + 1 }
        let found = Concordance(x, y)
        #expect(abs(try #require(found.correlation.value) - 1) < 1e-12)
        #expect(try #require(found.coefficient.value) < 0.2)
        var sum = Concordance(Array(x[..<100]), Array(y[..<100]))
        sum.add(Concordance(Array(x[100...]), Array(y[100...])))
        #expect(abs(try #require(sum.coefficient.value) - #require(found.coefficient.value)) < 1e-12)
    }
}
