import Agreement
import Formats
import Testing

@Suite struct ConfidentLearningTests {
    @Test func `thresholds, joints, issues and scores of the shared data`() throws {
        for item in try qualityCases("label_errors.json") {
            let id = try #require(item["id"]?.string)
            let rows = try #require(item["pred_probs"]?.array).map(\.doubles)
            let found = ConfidentLearning(
                labels: item["labels"]!.integers, probabilities: rows.flatMap { $0 }, classes: Int(try #require(item["classes"]?.integer)))
            let expected = try #require(item["expected"])
            #expect(found.joint == expected["confident_joint"]?.array?.map(\.integers), "\(id)")
            #expect(found.calibratedJoint == expected["confident_joint_calibrated"]?.array?.map(\.integers), "\(id)")
            for (threshold, number) in zip(found.thresholds, expected["thresholds"]!.doubles) { check(threshold, number, "\(id) threshold") }
            let filters: [(ConfidentLearning.Filter, String)] = [
                (.noiseRate, "prune_by_noise_rate"), (.byClass, "prune_by_class"), (.both, "both"),
                (.confidentJoint, "confident_learning"), (.prediction, "predicted_neq_given"),
            ]
            for (filter, name) in filters { #expect(found.issues(filter) == expected["issues_\(name)"]?.integers, "\(id) \(name)") }
            for index in rows.indices {
                check(found.selfConfidence(index), expected["score_self_confidence"]?[index]?.double, "\(id) confidence \(index)")
                check(found.normalizedMargin(index), expected["score_normalized_margin"]?[index]?.double, "\(id) margin \(index)")
                check(
                    found.confidenceWeightedEntropy(index), expected["score_confidence_weighted_entropy"]?[index]?.double,
                    "\(id) entropy \(index)")
            }
        }
    }

    @Test func `a label that the model is sure is wrong is named, and no other`() {
        let sure = [0.95, 0.05], other = [0.1, 0.9]
        let found = ConfidentLearning(
            labels: [0, 0, 0, 0, 1, 1, 1, 1], probabilities: [sure, sure, sure, other, other, other, other, other].flatMap { $0 }, classes: 2)
        for filter in ConfidentLearning.Filter.allCases { #expect(found.issues(filter) == [3], "\(filter)") }
    }

    @Test func `a class without labels has a threshold that nothing reaches`() {
        let found = ConfidentLearning(labels: [0, 0], probabilities: [0.2, 0.8, 0.9, 0.1], classes: 2)
        #expect(found.thresholds[1] == 2)
        #expect(found.joint == [[1, 0], [0, 1]])
    }
}
