import Formats
import Testing
import Timeline

@testable import Quality

/// The pairs of the shared data against what pyannote.metrics, md-eval and spyder print for them.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct TurnConformanceTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let name, reference, hypothesis: String
        let uem: String?
        var testDescription: String { name }
    }

    private static let folder = (sharedData ?? "") + "/diarization/scoring"
    private static let pairs: [Pair] = {
        guard let text = try? LabelInput(path: folder + "/pairs.tsv"), case .file(let bytes) = text.content else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return Pair(name: fields[0], reference: fields[1], hypothesis: fields[2], uem: fields[3] == "-" ? nil : fields[3])
        }
    }()
    private static let expected: JSONValue = {
        guard let input = try? LabelInput(path: folder + "/expected.json"), case .file(let bytes) = input.content else { return .null }
        var log = DiagnosticLog(file: "expected.json")
        return (try? JSONReader.read(bytes, log: &log)) ?? .null
    }()

    private func compare(_ pair: Pair, _ scoring: TurnScoring) throws -> [(file: String, comparison: TurnComparison)] {
        let (reference, hypothesis) = (try turns(at: "\(Self.folder)/\(pair.reference)"), try turns(at: "\(Self.folder)/\(pair.hypothesis)"))
        let uem = try pair.uem.map { try LabelFormat(named: "uem")!.read(LabelInput(path: "\(Self.folder)/\($0)")).corpus.documents }
        return reference.sorted { $0.key < $1.key }.map { file, turns in
            let stretches = uem.flatMap { $0.first { $0.media.name == file }?.scoredStretches }
            return (file, TurnComparison(turns, hypothesis[file] ?? SpeakerTurns(), uem: stretches, scoring))
        }
    }

    private func seconds(_ ticks: Int64) -> Double { Double(ticks) / Double(ticksPerSecond) }

    private func expectNear(_ value: Double?, _ wanted: JSONValue?, _ tolerance: Double, _ what: String) {
        guard let wanted = wanted?.double else { return }
        #expect(abs((value ?? .nan) - wanted) <= tolerance, "\(what): \(value ?? .nan) for \(wanted)")
    }

    @Test(arguments: pairs, [("0.0", 0.0), ("0.25", 0.25)]) func `pyannote metrics to a billionth`(_ pair: Pair, collar: (String, Double)) throws {
        for (key, skips) in [("False", false), ("True", true)] {
            let expected: JSONValue? = try #require(Self.expected[pair.name]?["pyannote"]?["collar=\(collar.0) skip_overlap=\(key)"])
            let results = try compare(pair, TurnScoring(convention: .pyannote, collar: .milliseconds(Int64(collar.1 * 1000)), skipsOverlap: skips))
            var total = TurnScore()
            for (file, comparison) in results {
                let (score, wanted) = (comparison.score, expected?[file])
                let what = "\(file) collar \(collar.0) skip \(key)"
                expectNear(seconds(score.times.total), wanted?["der"]?["total"], 1e-9, what + " total")
                expectNear(seconds(score.times.correct), wanted?["der"]?["correct"], 1e-9, what + " correct")
                expectNear(seconds(score.times.confusion), wanted?["der"]?["confusion"], 1e-9, what + " confusion")
                expectNear(seconds(score.times.missed), wanted?["der"]?["missed detection"], 1e-9, what + " missed")
                expectNear(seconds(score.times.falseAlarm), wanted?["der"]?["false alarm"], 1e-9, what + " false alarm")
                expectNear(score.diarizationErrorRate ?? 1, wanted?["der"]?["diarization error rate"], 1e-9, what + " DER")
                expectNear(score.jaccardErrorRate ?? 1, wanted?["jer"]?["jaccard error rate"], 1e-9, what + " JER")
                expectNear(score.detectionErrorRate ?? 1, wanted?["detection_error"]?["detection error rate"], 1e-9, what + " detection")
                expectNear(score.purity.value, wanted?["purity"]?["purity"], 1e-9, what + " purity")
                expectNear(score.coverage.value, wanted?["coverage"]?["coverage"], 1e-9, what + " coverage")
                expectNear(score.homogeneity.value, wanted?["homogeneity"]?["homogeneity"], 1e-9, what + " homogeneity")
                expectNear(score.completeness.value, wanted?["completeness"]?["completeness"], 1e-9, what + " completeness")
                let parts = score.segmentation
                expectNear(parts.coverage.value, wanted?["seg_coverage"]?["segmentation coverage"], 1e-9, what + " segmentation coverage")
                expectNear(parts.purity.value, wanted?["seg_purity"]?["segmentation purity"], 1e-9, what + " segmentation purity")
                expectNear(parts.precision.value, wanted?["seg_precision_0.5"]?["segmentation precision"], 1e-9, what + " segmentation precision")
                expectNear(parts.recall.value, wanted?["seg_recall_0.5"]?["segmentation recall"], 1e-9, what + " segmentation recall")
                total += score
            }
            let all = expected?["ALL"]
            expectNear(total.homogeneity.value, all?["homogeneity"], 1e-9, "all homogeneity")
            expectNear(total.completeness.value, all?["completeness"], 1e-9, "all completeness")
            expectNear(total.segmentation.coverage.value, all?["seg_coverage"], 1e-9, "all segmentation coverage")
            expectNear(total.segmentation.purity.value, all?["seg_purity"], 1e-9, "all segmentation purity")
            expectNear(total.segmentation.precision.value, all?["seg_precision_0.5"], 1e-9, "all segmentation precision")
            expectNear(total.segmentation.recall.value, all?["seg_recall_0.5"], 1e-9, "all segmentation recall")
            expectNear(total.diarizationErrorRate ?? 1, all?["der"], 1e-9, "all DER")
            expectNear(total.jaccardErrorRate ?? 1, all?["jer"], 1e-9, "all JER")
            expectNear(total.detectionErrorRate ?? 1, all?["detection_error"], 1e-9, "all detection")
            expectNear(total.purity.value, all?["purity"], 1e-9, "all purity")
            expectNear(total.coverage.value, all?["coverage"], 1e-9, "all coverage")
        }
    }

    @Test(arguments: pairs, [("0.0", 0.0), ("0.25", 0.25)]) func `md-eval to a microsecond`(_ pair: Pair, collar: (String, Double)) throws {
        for (key, skips) in [("False", false), ("True", true)] {
            let expected: JSONValue? = try #require(Self.expected[pair.name]?["md_eval"]?["collar=\(collar.0) single=\(key)"])
            let results = try compare(pair, TurnScoring(convention: .mdEval, collar: .milliseconds(Int64(collar.1 * 1000)), skipsOverlap: skips))
            var total = TurnScore()
            for (file, comparison) in results {
                let (times, wanted) = (comparison.score.times, expected?["f=" + file] ?? expected?[file])
                let what = "\(file) collar \(collar.0) single \(key)"
                // md-eval prints six decimals.
                expectNear(seconds(times.total), wanted?["SCORED"], 1e-6, what + " scored")
                expectNear(seconds(times.missed), wanted?["MISSED"], 1e-6, what + " missed")
                expectNear(seconds(times.falseAlarm), wanted?["FALARM"], 1e-6, what + " false alarm")
                expectNear(seconds(times.confusion), wanted?["ERROR"], 1e-6, what + " error")
                total += comparison.score
            }
            let all = expected?["ALL"]
            expectNear(seconds(total.times.total), all?["SCORED"], 1e-6, "all scored")
            expectNear(seconds(total.times.errors), all.flatMap { all in
                guard let missed = all["MISSED"]?.double, let alarm = all["FALARM"]?.double, let error = all["ERROR"]?.double else { return nil }
                return .double(missed + alarm + error)
            }, 1e-6, "all errors")
        }
    }

    @Test(arguments: pairs, [("0.0", 0.0), ("0.25", 0.25)]) func `spyder and dscore to a billionth`(_ pair: Pair, collar: (String, Double)) throws {
        for (key, skips) in [("all", false), ("nonoverlap", true)] {
            let expected: JSONValue? = try #require(Self.expected[pair.name]?["spyder"]?["collar=\(collar.0) regions=\(key)"])
            let results = try compare(pair, TurnScoring(convention: .spyder, collar: .milliseconds(Int64(collar.1 * 1000)), skipsOverlap: skips))
            for (file, comparison) in results {
                expectNear(comparison.score.diarizationErrorRate, expected?[file]?["der"], 1e-9, "\(file) collar \(collar.0) \(key) spyder")
                // dscore counts in steps of a microsecond.
                guard collar.1 == 0, !skips, pair.name != "corner-micro" else { continue }
                let percent = Self.expected[pair.name]?["dscore"]?[file]?["der"]?.double
                expectNear(comparison.score.diarizationErrorRate, percent.map { .double($0 / 100) }, 1e-9, "\(file) dscore")
            }
        }
    }
}
