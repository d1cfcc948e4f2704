import Agreement
import Formats
import Testing

/// Every coding study of the shared data, each measure within its tolerance.
@Suite struct CodingDataTests {
    @Test func `coding studies have the figures of exact arithmetic`() throws {
        for study in try qualityCases("coding.json") {
            let coding = try Coding(study)
            for entry in try #require(study["expected"]?.array) {
                let measure = try #require(entry["measure"]?.string)
                let category = entry["params"]?["category"]?.double
                let figure = try #require(coding.figure(measure, category: category), "no measure named \(measure)")
                check(figure, entry["value"], "\(coding.id) \(measure)")
            }
        }
    }
}

/// A study of the data: its ratings, repeated as its multiplicities say.
private struct Coding {
    let id: String
    let table: RatingTable

    init(_ study: JSONValue) throws {
        id = try #require(study["id"]?.string)
        let rows = try #require(study["items"]?.array).map { ($0.array ?? []).map(\.double) }
        let times = study["multiplicity"]?.integers ?? rows.map { _ in 1 }
        table = RatingTable(values: zip(rows, times).flatMap { Array(repeating: $0, count: $1) })
    }

    func figure(_ measure: String, category: Double?) -> Figure? {
        let (values, ranks) = (table.values, (0..<table.categories).map(Double.init))
        let code = category.flatMap { table.values.firstIndex(of: $0) }
        lazy var pair = table.contingency(0, 1)
        lazy var all = table.summary
        switch measure {
        case "percent_agreement": return all.observedAgreement()
        case "cohen_kappa": return pair.cohenKappa
        case "cohen_ase": return pair.kappaStandardError
        case "cohen_ase_h0": return pair.kappaNullStandardError
        case "scott_pi": return pair.scottPi
        case "bennett_s": return pair.bennettS
        case "max_kappa": return pair.maximumKappa
        case "cohen_category_kappa": return code.map { pair.categoryKappa($0) }
        case "weighted_kappa_linear": return pair.weightedKappa(.linear(values))
        case "weighted_kappa_quadratic": return pair.weightedKappa(.quadratic(values))
        case "weighted_kappa_linear_rank": return pair.weightedKappa(.linear(ranks))
        case "weighted_kappa_quadratic_rank": return pair.weightedKappa(.quadratic(ranks))
        case "fleiss_kappa": return all.fleissKappa()
        case "fleiss_category_kappa": return code.map { all.fleissKappa(category: $0) }
        case "weighted_fleiss_linear": return all.fleissKappa(.linear(values))
        case "weighted_fleiss_quadratic": return all.fleissKappa(.quadratic(values))
        case "randolph_kappa": return all.randolphKappa
        case "conger_kappa": return table.congerKappa
        case "light_kappa": return table.lightKappa
        case "kendall_w_ties": return table.kendallW
        case "gwet_ac1": return all.gwetAC()
        case "gwet_ac2_linear": return all.gwetAC(.linear(values))
        case "gwet_ac2_quadratic": return all.gwetAC(.quadratic(values))
        case "alpha_nominal": return all.alpha(.nominal)
        case "alpha_ordinal": return all.alpha(.ordinal)
        case "alpha_interval": return all.alpha(.interval(values))
        case "alpha_ratio": return all.alpha(.ratio(values))
        default: return nil
        }
    }
}
