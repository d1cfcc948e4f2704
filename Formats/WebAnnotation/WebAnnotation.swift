import Timeline

/// W3C Web Annotation Data Model (Recommendation, 23 February 2017) in JSON-LD, with Media Fragments for times and boxes.
///
/// Each annotation is one label about the medium that its target names. What the model has no place for comes back in
/// attributes `webannotation.<member>` that hold JSON.
enum WebAnnotation: LabelSyntax {
    static let name = "webannotation"
    static let title = "W3C Web Annotation"
    static let suffixes = ["jsonld", "webannotation.json"]
    static let capabilities = FormatCapabilities(
        kinds: [
            .cues: .whole, .tags: .whole, .tracks: .whole, .words: .turned(.cues), .phones: .turned(.cues), .turns: .turned(.cues),
            .emotions: .turned(.cues), .entities: .turned(.cues),
        ], features: [.overlaps, .openEnds, .instants, .ids, .text, .identity, .media], grid: .exact,
        attributePrefixes: ["webannotation."])

    /// The context of the vocabulary, which every annotation states.
    static let context = "http://www.w3.org/ns/anno.jsonld"

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard let head = JSONSample(sample.text) else { return .none }
        let isTyped = head.texts["type"]?.hasPrefix("Annotation") == true
        if head.texts["@context"] == context { return .certain }
        return isTyped && head.names.contains("@context") ? .certain : isTyped && !head.names.isDisjoint(with: ["target", "items", "first"]) ? .likely : .none
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        var reader = WebAnnotationReader(input: input, options: options, log: log)
        let corpus = try reader.corpus()
        log = reader.log
        return corpus
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = WebAnnotationWriter()
        writer.write(corpus)
        return [OutputFile(writer.json.bytes)]
    }
}

/// How the annotations of a file stand together.
enum WebAnnotationForm: String {
    case annotation, array
    /// An AnnotationPage, the default.
    case page
    /// An AnnotationCollection with its first page in it.
    case collection

    static let attribute = "webannotation.form"
}
