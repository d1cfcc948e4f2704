import Timeline

/// What a format cannot hold of the labels that are to be written in it.
public struct LossReport: Hashable, Sendable {
    /// One feature that is lost in whole or in part.
    public struct Entry: Hashable, Sendable {
        public let feature: LabelFeature
        public internal(set) var count: Int
        /// The first places, in words; at most ``exampleLimit``.
        public internal(set) var examples: [String]
        /// The largest distance between a time and what is written; zero but for ``LabelFeature/time``.
        public internal(set) var largestError = TimeDelta.zero

        public static let exampleLimit = 3
    }

    public let format: String
    private var byFeature: [LabelFeature: Entry] = [:]

    /// In the order of ``LabelFeature``.
    public var entries: [Entry] { LabelFeature.allCases.compactMap { byFeature[$0] } }
    public var isEmpty: Bool { byFeature.isEmpty }

    public subscript(feature: LabelFeature) -> Entry? { byFeature[feature] }

    init(format: String) { self.format = format }

    /// The losses of writing labels in a format.
    public init(writing corpus: Corpus, as format: LabelFormat) {
        var counter = LossCounter(format)
        for document in corpus.documents { counter.count(document) }
        counter.countMedia(corpus.documents.map(\.media.name))
        counter.countHead(corpus.attributes, "the file")
        self = counter.report
    }

    /// The losses of writing the labels of each medium in a file of its own.
    init(writingEachMediumOf corpus: Corpus, as format: LabelFormat) {
        var counter = LossCounter(format)
        for document in corpus.documents { counter.count(document) }
        counter.countHead(corpus.attributes, "the file")
        self = counter.report
    }

    mutating func add(_ feature: LabelFeature, _ example: @autoclosure () -> String, error: TimeDelta = .zero) {
        var entry = byFeature[feature] ?? Entry(feature: feature, count: 0, examples: [])
        entry.count += 1
        if entry.examples.count < Entry.exampleLimit { entry.examples.append(example()) }
        entry.largestError = max(entry.largestError, error)
        byFeature[feature] = entry
    }
}
