import Testing
import Timeline

@testable import Formats

/// For every ordered pair of formats A and B: what a corpus of A says is what its copy in B says, but for what the report names.
@Suite struct LossTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let a, b: LabelFormat
        var testDescription: String { "\(a.name) to \(b.name)" }
    }

    private static let pairs = LabelFormat.all.flatMap { a in LabelFormat.all.map { Pair(a: a, b: $0) } }

    private static let seeds = UInt64(1)...12

    /// Corpora as files of each format hold them: written and read back.
    private static let corpora: [LabelFormat: [(seed: UInt64, corpus: Corpus)]] = Dictionary(uniqueKeysWithValues: LabelFormat.all.map { format in
        (format, seeds.compactMap { seed in (try? corpus(of: format, seed: seed)).flatMap { $0 }.map { (seed, $0) } })
    })

    private static func corpus(of format: LabelFormat, seed: UInt64) throws -> Corpus? {
        var random = RandomCorpus(seed: seed)
        let corpus = random.corpus()
        return try copy(corpus, in: format)
    }

    /// Nil when the format cannot hold the corpus at all, such as two media in one subtitle file.
    private static func copy(_ corpus: Corpus, in format: LabelFormat) throws -> Corpus? {
        let options = WritingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))
        guard let files = try? format.write(corpus, options), !files.isEmpty else { return nil }
        let reading = ReadingOptions(frameTiming: options.frameTiming, pictureSize: options.pictureSize)
        let name = corpus.documents.first.map(\.media.name) ?? "rec"
        let input = format.isFolder ? LabelInput(MemoryFolder(files), name: name) : LabelInput(files[0].bytes, name: "\(name).\(format.suffixes[0])")
        return try format.read(input, reading).corpus
    }

    @Test(arguments: pairs) func `what the report does not name is kept`(_ pair: Pair) throws {
        var compared = 0
        for (seed, first) in Self.corpora[pair.a] ?? [] where first.labelCount > 0 {
            let report = LossReport(writing: first, as: pair.b)
            guard let second = try Self.copy(first, in: pair.b) else { continue }
            compared += 1
            let lost = Set(report.entries.map(\.feature))
            // What a lost label said is lost with it.
            guard !lost.contains(.labels) else { continue }
            let facts = LabelFacts(grid: pair.b.capabilities.grid.rounded, lost: lost)
            let (before, after) = (facts.facts(first), facts.facts(second))
            for feature in LabelFeature.allCases where !lost.contains(feature) {
                // A label whose end is lost becomes an instant.
                if feature == .instants, lost.contains(.openEnds) { continue }
                // A format of a fixed vocabulary names it for every tag.
                if feature == .vocabulary, !pair.b.capabilities.features.contains(.vocabulary) { continue }
                if feature == .text, lost.contains(.kind) || lost.contains(.names) { continue }
                if [.speaker, .vocabulary].contains(feature), lost.contains(.names) || lost.contains(.kind) { continue }
                #expect(before[feature] ?? [] == after[feature] ?? [], "seed \(seed): \(feature.rawValue)")
            }
        }
        let share = Set(pair.a.capabilities.kinds.keys).intersection(pair.b.capabilities.kinds.keys)
        #expect(compared > 0 || share.isEmpty, "no corpus of \(pair.a.name) could be written as \(pair.b.name)")
    }

    @Test(arguments: LabelFormat.all) func `reading what was written and writing it again changes no byte`(_ format: LabelFormat) throws {
        let options = WritingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))
        for seed in UInt64(1)...20 {
            guard let corpus = try Self.corpus(of: format, seed: seed), let again = try Self.copy(corpus, in: format) else { continue }
            #expect(try format.write(corpus, options) == format.write(again, options), "seed \(seed)")
            #expect(corpus == again, "seed \(seed)")
        }
    }
}

/// Files in memory as a folder.
struct MemoryFolder: LabelFolder {
    let files: [String: [UInt8]]
    let paths: [String]

    init(_ files: [OutputFile]) {
        self.files = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
        paths = self.files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func read(_ path: String, limit: Int) throws(FormatError) -> [UInt8] {
        guard let bytes = files[path] else { throw FormatError(.system, file: path, found: "no such file") }
        return bytes
    }
}
