import Alignment
import Formats
import Timeline

extension SubtitleAlignment.Outcome {
    /// The cues at their new times as a document: each with the aligner as its source and with its confidence.
    func document(of file: SubtitleFile, media: String, settings: AlignSettings) -> Document {
        var document = file.document(
            media: Timeline.Media(name: FilePath.name(media), duration: duration), segments: segments)
        let id = SourceID("slate-align")
        document.sources.append(
            Source(id: id, agent: .model(name: "slate align", version: slateVersion, parameters: parameters(settings))))
        let confidence = Confidence(result.confidence)
        for layer in document.layers.indices {
            for label in document.layers[layer].labels.indices {
                document.layers[layer].labels[label].source = id
                document.layers[layer].labels[label].confidence = confidence
            }
        }
        return document
    }

    private func parameters(_ settings: AlignSettings) -> [Attribute] {
        let pieces = result.map.pieces.map { piece in
            "\(piece.cues.count) cues · \(piece.rate.billionths)e-9 + \(piece.offset.ticks) ticks"
        }
        return [
            Attribute("settings", settings.fingerprint), Attribute("verdict", result.verdict.rawValue),
            Attribute("pieces", pieces.joined(separator: "; ")),
        ]
    }
}
