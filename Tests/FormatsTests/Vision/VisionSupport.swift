import Testing
import Timeline

@testable import Formats

/// Labels read from text.
func reading(_ text: String, as format: String, name: String = "test", _ options: ReadingOptions = ReadingOptions()) throws -> LabelReading {
    try #require(LabelFormat(named: format)).read(LabelInput(Array(text.utf8), name: name), options)
}

/// Labels read from files in memory.
func reading(_ files: [String: String], as format: String, name: String = "test", _ options: ReadingOptions = ReadingOptions()) throws -> LabelReading {
    let folder = MemoryFolder(files.map { OutputFile(path: $0.key, Array($0.value.utf8)) })
    return try #require(LabelFormat(named: format)).read(LabelInput(folder, name: name), options)
}

extension LabelReading {
    /// The files of these labels in the same format, by path.
    func written(as other: String? = nil, _ options: WritingOptions = WritingOptions()) throws -> [String: String] {
        let target = try #require(other.map { LabelFormat(named: $0) } ?? format)
        return Dictionary(uniqueKeysWithValues: try target.write(corpus, options).map { ($0.path, text($0.bytes)) })
    }

    var labels: [Label] { corpus.documents.flatMap { $0.layers.flatMap { Array($0.labels) } } }
    var tracks: [Track] { labels.compactMap { if case .track(let track) = $0.content { track } else { nil } } }
    var codes: [String] { diagnostics.map(\.code) }
}

/// Twenty-five frames a second.
let reading25 = ReadingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant))

/// The boxes that datumaro reads from the same files: picture, name and corners.
func datumaroBoxes(_ path: String) throws -> [String] {
    var log = DiagnosticLog(file: path)
    let dump = try JSONReader.read(try BoundedFile.read(path, limit: 1 << 24), log: &log)
    return (dump["items"]?.array ?? []).flatMap { item in
        (item["annotations"]?.array ?? []).filter { $0["type"]?.string == "bbox" }.map { box in
            boxFact(item["id"]?.string ?? "", box["label"]?.string ?? "", (box["bbox_xywh"]?.array ?? []).compactMap(\.double))
        }
    }.sorted()
}

/// A box in one line, rounded to a thousandth of a pixel.
func boxFact(_ picture: String, _ category: String, _ sides: [Double]) -> String {
    "\(picture) \(category) " + sides.map { "\(($0 * 1000).rounded() / 1000 + 0)" }.joined(separator: " ")
}

extension Box {
    var sides: [Double] { [x, y, width, height] }
}
