import Timeline

/// COCO JSON: pictures, or the frames of videos, with boxes, polygons, masks, key points and captions.
///
/// "Data format" of cocodataset.org; the video members as TAO, MMTracking, YouTube-VIS and CVAT write them.
enum COCO: LabelSyntax {
    static let name = "coco"
    static let title = "COCO JSON"
    static let suffixes = ["coco.json"]
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .confidence, .media, .identity, .shapes], grid: .frames,
        attributePrefixes: ["coco."], keepsVideo: true)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard sample.paths.isEmpty, let first = sample.text.first(where: { $0 > Byte.space }) else { return .none }
        if first == .ascii("["), sample.text.contains("\"image_id\""), sample.text.contains("\"category_id\"") { return .likely }
        guard first == .ascii("{") else { return .none }
        let members = [sample.text.contains("\"images\""), sample.text.contains("\"annotations\""), sample.text.contains("\"categories\"")].count { $0 }
        if members == 0 || !sample.text.contains("\"file_name\"") && members < 2 { return .none }
        return .certain
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let source = try TextSource(try input.bytes(expected: title), encodingName: options.encodingName, log: &log)
        var reader = COCOReader(source.text, options: options, mediaName: input.mediaName, log: log)
        defer { log = reader.log }
        return try reader.read()
    }

    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var writer = COCOWriter(corpus, options)
        return [OutputFile(try writer.file())]
    }
}
