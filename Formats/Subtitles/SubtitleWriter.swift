import Timeline

/// Writes the cues of a document as a subtitle file.
public enum SubtitleWriter {
    /// The bytes of a new file in UTF-8, with `\n` line ends: the cues of the only layer in its order, or of several in order of
    /// start. Layers of comments are left out but in SubStation Alpha.
    ///
    /// Times are rounded once, halves up, to the grid of the format; times before zero become zero. Labels that are not
    /// cues, and looks that the format cannot show, are left out.
    ///
    /// - Throws: ``FormatError`` when the document holds no cue.
    public static func write(_ document: Document, as format: SubtitleFormat, name: String) throws(FormatError) -> [UInt8] {
        let bytes = write(document, as: format.syntax) { label in if case .cue(let cue) = label.content { cue } else { nil } }
        guard let bytes else { throw FormatError(.noLabels, file: name, found: "a document without cues", expected: "at least one cue") }
        return bytes
    }

    /// - Parameter cue: what is shown of a label; nil to leave it out.
    /// - Returns: nil when there is nothing to show.
    static func write<Syntax: SubtitleSyntax>(_ document: Document, as syntax: Syntax.Type, showing cue: (Label) -> Cue?) -> [UInt8]? {
        let layers = document.layers.filter { !$0.isHidden && !$0.labels.isEmpty }
        var writer = Syntax.Writer(document)
        var bytes: [UInt8] = []
        var count = 0
        bytes.reserveCapacity(layers.reduce(1024) { $0 + 120 * $1.labels.count })
        writer.begin(to: &bytes)
        for (layer, index) in order(layers) {
            let label = layers[layer].labels[index]
            guard let cue = cue(label) else { continue }
            writer.write(label, cue, to: &bytes)
            count += 1
        }
        writer.finish(to: &bytes)
        return count > 0 || document.layers.contains(where: \.isHidden) ? bytes : nil
    }

    /// Cues that start together keep the order of the document.
    private static func order(_ layers: [Layer]) -> [(layer: Int, index: Int)] {
        let places = layers.indices.flatMap { layer in layers[layer].labels.indices.map { (layer: layer, index: $0) } }
        guard layers.count > 1 else { return places }
        return places.map { (start: layers[$0.layer].labels.span(at: $0.index).start, place: $0) }
            .sorted { ($0.start, $0.place.layer, $0.place.index) < ($1.start, $1.place.layer, $1.place.index) }.map(\.place)
    }
}

extension Layer {
    /// The attribute of a layer of cues that are not shown.
    static let hiddenCues = "ass.event"

    /// Whether its labels are notes beside the cues: the Comment lines of SubStation Alpha.
    public var isHidden: Bool { kind == .cues && attributes[Self.hiddenCues] == "comment" }
}

/// A pair of markup that opens and closes a look.
struct MarkupTag: Hashable {
    let open, close: String

    /// Appends runs with tags that nest: what two neighbours share stays open between them.
    static func append(_ runs: [TextRun], to bytes: inout [UInt8], tags: (TextRun) -> [MarkupTag], text: (TextRun, inout [UInt8]) -> Void) {
        var open: [MarkupTag] = []
        for run in runs {
            let wanted = tags(run)
            let shared = zip(open, wanted).prefix { $0 == $1 }.count
            for tag in open[shared...].reversed() { bytes += tag.close.utf8 }
            for tag in wanted[shared...] { bytes += tag.open.utf8 }
            text(run, &bytes)
            open = wanted
        }
        for tag in open.reversed() { bytes += tag.close.utf8 }
    }
}
