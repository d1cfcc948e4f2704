import Timeline

extension Document {
    /// Speech segments as turns of one speaker, named `speech`.
    ///
    /// - Parameter parameters: the settings that made them, for the record.
    public init(speech found: [SpeechSegmenter.Found], in media: Media, by detector: some SpeechDetector, _ segmenter: SpeechSegmenter) {
        let source = Source(
            id: "speech", agent: .model(name: detector.name, version: detector.version, parameters: segmenter.parameters))
        var layer = Layer(id: "speech", kind: .turns)
        for (index, speech) in found.enumerated() {
            layer.labels.append(
                Label(
                    id: LabelID("s", index + 1), span: .segment(speech.segment), content: .turn(SpeakerTurn(speaker: "speech")),
                    confidence: Confidence(rounding: speech.confidence), source: source.id))
        }
        self.init(media: media, layers: [layer], sources: [source])
    }
}

extension SpeechSegmenter {
    /// The settings as attributes: posteriors, and lengths in milliseconds.
    var parameters: [Attribute] {
        let lengths = [("shortest-pause-ms", shortestPause), ("shortest-speech-ms", shortestSpeech), ("padding-ms", padding)]
        return [Attribute("onset", "\(onset)"), Attribute("offset", "\(offset)")]
            + lengths.map { Attribute($0.0, "\($0.1.milliseconds)") }
    }
}
