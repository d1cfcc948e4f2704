import Agreement
import Formats
import Testing
import Timeline

@Suite struct UnitizingTests {
    @Test func `alpha_U of the shared data, by category and overall`() throws {
        for item in try qualityCases("unitizing.json") {
            let id = try #require(item["id"]?.string)
            let units = try #require(item["units"]?.array)
            let names = Set(units.compactMap { $0["category"]?.string }).sorted()
            let continuum = Continuum(
                units.map { unit in
                    let begin = unit["begin"]!.integer!
                    return AnnotatedUnit(
                        annotator: Int(unit["rater"]!.integer!), start: begin, end: begin + unit["length"]!.integer!,
                        category: names.firstIndex(of: unit["category"]!.string!)!)
                }, annotators: Int(item["raters"]!.integer!), categories: names.count)
            let begin = item["begin"]!.integer!
            let extent = begin..<begin + item["length"]!.integer!
            check(continuum.alphaU(extent: extent), item["expected"]?["alpha_u"], "\(id) alpha_u")
            for (name, part) in zip(names, try continuum.unitDisagreements(extent: extent).get()) {
                let expected = item["expected"]?["categories"]?[name]
                check(part.observed, expected?["Do"]?.double, "\(id) \(name) Do")
                check(part.expected, expected?["De"]?.double, "\(id) \(name) De")
                check(part.alpha, expected?["alpha"], "\(id) \(name) alpha")
            }
        }
    }

    /// Krippendorff 2004, p. 254: a continuum of 300 from 150, two observers, categories c and k.
    @Test func `Krippendorff's own example has alpha_U of .8591 by rounded terms`() throws {
        let rows: [(Int, Int64, Int64, Int)] = [
            (0, 225, 70, 0), (0, 370, 30, 0), (1, 220, 80, 0), (1, 355, 20, 0), (1, 400, 20, 0), (0, 180, 60, 1), (0, 300, 50, 1),
            (1, 180, 60, 1), (1, 300, 50, 1),
        ]
        let continuum = Continuum(
            rows.map { AnnotatedUnit(annotator: $0.0, start: $0.1, end: $0.1 + $0.2, category: $0.3) }, annotators: 2, categories: 2)
        let parts = try continuum.unitDisagreements(extent: 150..<450).get()
        #expect(abs(parts[0].observed - 0.0144) < 6e-5 && abs(parts[0].expected - 0.0532) < 6e-5)
        #expect(abs(try #require(parts[0].alpha.value) - 0.7286) < 6e-5)
        #expect(parts[1].alpha == .value(1))
        #expect(abs(try #require(continuum.alphaU(extent: 150..<450).value) - 0.8591) < 6e-4)
    }

    private func segments(_ item: JSONValue, step: Int64 = 1) throws -> (Continuum, Range<Int64>) {
        let names = Set(["a", "b"].flatMap { (item[$0]?.array ?? []).compactMap { $0[2]?.string } }).sorted()
        let units = ["a", "b"].enumerated().flatMap { annotator, key in
            (item[key]?.array ?? []).map {
                AnnotatedUnit(
                    annotator: annotator, start: $0[0]!.integer! * step, end: $0[1]!.integer! * step,
                    category: names.firstIndex(of: $0[2]!.string!)!)
            }
        }
        return (Continuum(units, annotators: 2, categories: names.count), 0..<item["duration_ms"]!.integer! * step)
    }

    @Test func `duration kappa, frames, matched segments and boundaries of the shared data`() throws {
        for item in try qualityCases("segments.json") {
            let id = try #require(item["id"]?.string)
            let expected = try #require(item["expected"])
            let (continuum, extent) = try segments(item)
            let coding = DurationCoding(continuum, extent: extent)
            let table = coding.contingency(0, 1)
            check(table.cohenKappa, expected["duration_kappa"], "\(id) duration kappa")
            check(table.observedAgreement, expected["duration_percent"], "\(id) duration percent")
            check(table.scottPi, expected["duration_scott_pi"], "\(id) duration pi")
            let frames = coding.frames(step: 10)
            check(frames.contingency(0, 1).cohenKappa, expected["frame10ms_kappa"], "\(id) frame kappa")
            check(frames.summary.alpha(.nominal), expected["frame10ms_alpha_nominal"], "\(id) frame alpha")
            let (a, b) = (continuum.units[0], continuum.units[1])
            for member in try #require(expected.object) where member.name.hasPrefix("iou") {
                let threshold = try #require(Double(String(member.name.dropFirst(3).prefix(2)))) / 100
                let found = try #require(OverlapMatching(segments: a, b, threshold: threshold, sameCategory: member.name.hasSuffix("label")))
                #expect(found.pairs.count == member.value["tp"]?.integer.map(Int.init), "\(id) \(member.name)")
                check(found.f1, member.value["f1"]?.double, "\(id) \(member.name) f1")
                if let mean = member.value["mean_iou"] { check(found.meanOverlap, mean, "\(id) \(member.name) mean") }
            }
            for tolerance in [50, 200, 500] {
                let times = [a, b].map { $0.flatMap { [$0.start, $0.end] } }
                let found = BoundaryMatching(times[0], times[1], tolerance: Int64(tolerance))
                check(found.f1, expected["boundary_f1_\(tolerance)ms"]?.double, "\(id) boundaries \(tolerance)")
            }
        }
    }

    @Test func `duration kappa does not depend on the tick, and frames of one tick give it too`() throws {
        var random = SplitMix64(seed: 14)
        let units = (0..<60).map { _ -> AnnotatedUnit in
            let start = Int64(random.below(900))
            return AnnotatedUnit(annotator: random.below(3), start: start, end: start + 1 + Int64(random.below(40)), category: random.below(3))
        }
        let coding = DurationCoding(Continuum(units, annotators: 3, categories: 3), extent: 0..<1000)
        let scaled = units.map { AnnotatedUnit(annotator: $0.annotator, start: $0.start * 705_600, end: $0.end * 705_600, category: $0.category) }
        let long = DurationCoding(Continuum(scaled, annotators: 3, categories: 3), extent: 0..<705_600_000)
        for (a, b) in [(0, 1), (1, 2)] {
            #expect(abs(try #require(coding.contingency(a, b).cohenKappa.value) - #require(long.contingency(a, b).cohenKappa.value)) < 1e-12)
            #expect(coding.frames(step: 1).contingency(a, b) == coding.contingency(a, b))
        }
        #expect(coding.frames(step: 1).summary == coding.summary)
        #expect(coding.pieces.reduce(0) { $0 + $1.end - $1.start } == 1000)
    }

    @Test func `what alpha_U is not defined for says why`() {
        let one = AnnotatedUnit(annotator: 0, start: 0, end: 5, category: 0), two = AnnotatedUnit(annotator: 0, start: 3, end: 8, category: 0)
        #expect(Continuum([one, two], annotators: 2, categories: 1).alphaU(extent: 0..<10) == .undefined(.overlappingUnits))
        #expect(Continuum([], annotators: 2, categories: 1).alphaU(extent: 0..<10) == .undefined(.noUnits))
        #expect(Continuum([one], annotators: 1, categories: 1).alphaU(extent: 0..<10) == .undefined(.tooFewAnnotators))
    }
}
