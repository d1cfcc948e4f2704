import Timeline

extension SubtitleFile {
    /// The subtitles as a document: one layer of cues in file order, and one of comments where the file has some.
    ///
    /// A cue takes its identifier as its id where that is unique, else `c1`, `c2` by its place in the file. What the model
    /// does not name (settings, styles, headers) is kept in attributes, which a writer of the same format puts back.
    ///
    /// - Parameters:
    ///   - media: what the subtitles belong to; its name is the file's when nobody says.
    ///   - segments: new times for the cues, nil to leave one out; the file's own when the parameter is nil.
    public func document(media: Media? = nil, segments: [Segment?]? = nil) -> Document {
        precondition(segments.map { $0.count == cues.count } ?? true, "one segment, or nil, for each cue")
        let origin = SourceID("file")
        var layers = [
            Layer(
                id: "subtitles", kind: .cues,
                labels: LabelList(labels(cues, prefix: "c", source: origin, segments: segments ?? cues.map(\.segment))))
        ]
        if !comments.isEmpty {
            let labels = labels(comments, prefix: "n", source: origin, segments: comments.map(\.segment))
            layers.append(Layer(id: "comments", kind: .cues, labels: LabelList(labels)))
        }
        return Document(
            media: media ?? Media(name: name), layers: layers, sources: [Source(id: origin, agent: .file(name))],
            attributes: headAttributes)
    }

    private func labels(_ cues: [SubtitleCue], prefix: String, source: SourceID, segments: [Segment?]) -> [Label] {
        let ids = LabelNames(cues.map { format == .webVTT ? $0.identifier : nil }, prefix: prefix)
        return cues.indices.compactMap { index in
            guard let segment = segments[index] else { return nil }
            let cue = cues[index]
            let speaker = cue.places.speaker.isEmpty ? nil : cue.speaker
            var text = cue.content
            for run in text.runs.indices { text.runs[run].appears = text.runs[run].appears.map { cue.segment.map($0, onto: segment) } }
            return Label(
                id: ids.names[index], span: .segment(segment), content: .cue(Cue(text, speaker: speaker)), source: source,
                attributes: cue.attributes)
        }
    }

    private var headAttributes: [Attribute] {
        switch format {
        case .subRip: []
        case .webVTT:
            [Attribute("webvtt.header", LineEnds.unified(source.text, parts.head.range))]
                + parts.blocks.map { Attribute("webvtt.block", LineEnds.unified(source.text, $0.range)) }
        case .subStation: [Attribute("ass.head", LineEnds.unified(source.text, parts.head.range))]
        }
    }
}

extension SubtitleCue {
    /// What the format states about the cue and the model has no place for.
    fileprivate var attributes: [Attribute] {
        var attributes: [Attribute] = []
        switch format {
        case .subRip:
            if let settings { attributes.append(Attribute("srt.coordinates", settings)) }
        case .webVTT:
            if let settings { attributes.append(Attribute("webvtt.settings", settings)) }
            if let identifier { attributes.append(Attribute("webvtt.id", identifier)) }
        case .subStation:
            if !places.style.isEmpty { attributes.append(Attribute("ass.style", storage.string(places.style.range))) }
            attributes.append(Attribute("ass.text", rawText))
        }
        return attributes
    }
}

/// Ids for labels: the stated one where it is the first of its name, else a prefix and the place, made unique.
private struct LabelNames {
    private(set) var names: [LabelID] = []

    init(_ stated: [String?], prefix: String) {
        var used = Set(stated.compactMap { $0 })
        var taken: Set<String> = []
        for (index, name) in stated.enumerated() {
            if let name, taken.insert(name).inserted {
                names.append(LabelID(name))
                continue
            }
            var made = "\(prefix)\(index + 1)"
            while !used.insert(made).inserted { made += "'" }
            names.append(LabelID(made))
        }
    }
}

/// Line ends as `\n`.
enum LineEnds {
    static func unified(_ text: [UInt8], _ range: Range<Int>) -> String {
        LineScanner(Array(text[range])).map { line in String(decoding: text[range.lowerBound + line.range.lowerBound..<range.lowerBound + line.range.upperBound], as: UTF8.self) }
            .joined(separator: "\n")
    }
}
