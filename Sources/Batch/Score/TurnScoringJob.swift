import Formats
import Quality
import Timeline

/// Scores speaker turns against a reference, recording by recording.
///
///     let outcome = try TurnScoringJob(scoring: TurnScoring(collar: .milliseconds(250))).run(reference: "ref.rttm", hypothesis: "hyp.rttm")
public struct TurnScoringJob: Sendable {
    public var scoring: TurnScoring
    /// Of the label files; nil to find out.
    public var format: LabelFormat?

    public init(scoring: TurnScoring = TurnScoring(), format: LabelFormat? = nil) { (self.scoring, self.format) = (scoring, format) }

    public struct Outcome: Sendable {
        /// Recordings of the reference, in the order of their names.
        public fileprivate(set) var recordings: [(name: String, comparison: TurnComparison)] = []
        public fileprivate(set) var total = TurnScore()
        /// Recordings without a hypothesis, which count as missed as a whole, and recordings that the reference does not have.
        public fileprivate(set) var withoutHypothesis: [String] = [], withoutReference: [String] = []
        /// Recordings that the UEM does not name; they are scored over their extent.
        public fileprivate(set) var withoutRegion: [String] = []
        /// The names of the only recording of each side, where they differ.
        public fileprivate(set) var differentNames: (reference: String, hypothesis: String)?
        /// Files of folders that could not be read, and why.
        public fileprivate(set) var refused: [(file: String, reason: String)] = []
    }

    /// - Parameters:
    ///   - reference: a label file, or a folder of them; so is the hypothesis.
    ///   - uem: a UEM file, or any label file whose tags are the stretches to be scored.
    /// - Throws: ``FormatError`` for a file that is named and cannot be read; ``BatchError`` for a folder that cannot be read or has no label files, and
    ///   for a UEM that states no stretch.
    public func run(reference: String, hypothesis: String, uem: String? = nil) throws -> Outcome {
        var outcome = Outcome()
        let (said, found) = (try turns(at: reference, &outcome), try turns(at: hypothesis, &outcome))
        let regions = try uem.map { try self.regions(at: $0) }
        let isPair = said.count == 1 && found.count == 1
        for (name, turns) in said.sorted(by: { $0.key < $1.key }) {
            // Two recordings alone belong together whatever they are called.
            let answer = found[name] ?? (isPair ? found.values.first : nil)
            if answer == nil { outcome.withoutHypothesis.append(name) }
            if let regions, regions[name] == nil { outcome.withoutRegion.append(name) }
            let comparison = TurnComparison(turns, answer ?? SpeakerTurns(), uem: regions?[name], scoring)
            outcome.recordings.append((name, comparison))
            outcome.total += comparison.score
        }
        if isPair, let one = said.keys.first, let other = found.keys.first, one != other { outcome.differentNames = (one, other) }
        if !isPair { outcome.withoutReference = found.keys.filter { said[$0] == nil }.sorted() }
        return outcome
    }

    private func turns(at path: String, _ outcome: inout Outcome) throws -> [String: SpeakerTurns] {
        var turns: [String: SpeakerTurns] = [:]
        for file in try files(at: path) {
            do {
                for document in try read(file).documents { turns[document.media.name, default: SpeakerTurns()].append(document) }
            } catch where file != path {
                outcome.refused.append((file, "\(error)"))
            }
        }
        return turns
    }

    private func regions(at path: String) throws -> [String: [Segment]] {
        var regions: [String: [Segment]] = [:]
        for document in try read(path, as: path.lowercased().hasSuffix(".uem") ? LabelFormat(named: "uem") : nil).documents {
            regions[document.media.name, default: []] += document.scoredStretches
        }
        guard regions.values.contains(where: { !$0.isEmpty }) else {
            throw BatchError.unreadable(path: path, reason: "it states no stretch to be scored, as a UEM file does")
        }
        return regions
    }

    /// An empty file of a format that is known by its name has no turns.
    private func read(_ path: String, as format: LabelFormat? = nil) throws -> Corpus {
        let input = try LabelInput(path: path)
        if let format = format ?? self.format { return try format.read(input).corpus }
        if case .file(let bytes) = input.content, bytes.isEmpty, let named = LabelFormat(suffixOf: path) { return try named.read(input).corpus }
        return try LabelFormat.detect(input).read(input).corpus
    }

    /// A file itself; of a folder the label files in it, in the order of their names.
    private func files(at path: String) throws -> [String] {
        guard FileStatus(path: path)?.isFolder == true else { return [path] }
        do {
            let names = try Folder.names(in: path).filter { !$0.hasPrefix(".") && LabelFormat(suffixOf: $0) != nil && !$0.lowercased().hasSuffix(".uem") }.sorted()
            guard !names.isEmpty else { throw BatchError.unreadable(path: path, reason: "it has no label files") }
            return names.map { "\(path)/\($0)" }
        } catch let failure as Folder.Failure {
            throw BatchError.unreadable(path: path, reason: failure.reason)
        }
    }
}
