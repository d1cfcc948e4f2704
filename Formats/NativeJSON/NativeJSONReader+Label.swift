import Timeline

extension NativeJSONReader {
    mutating func layer(_ json: inout JSONTokenizer) throws(FormatError) -> Layer {
        let place = json.position()
        var (id, kind, layer) = (String?.none, LayerKind?.none, Layer(id: "", kind: .cues))
        let unknown = try members(&json, LayerKey.self, carries: true) { (reader, json, key) throws(FormatError) in
            switch key {
            case .type: break
            case .id: id = try reader.text(&json)
            case .kind: kind = try reader.named(&json, LayerKind.self)
            case .language: layer.language = try reader.text(&json)
            case .parent: layer.parent = try reader.text(&json)
            case .constraint: layer.constraint = try reader.named(&json, ParentConstraint.self)
            case .speaker: layer.speaker = try reader.text(&json)
            case .attributes: layer.attributes = try reader.attributes(&json)
            case .labels: layer.labels = try reader.labels(&json, of: kind)
            }
        }
        layer.attributes += unknown
        layer.id = try required(id, LayerKey.id.rawValue, place)
        layer.kind = try required(kind, LayerKey.kind.rawValue, place)
        try dropOtherKinds(from: &layer)
        return layer
    }

    /// - Parameter kind: of the layer; nil while it is not known.
    private mutating func labels(_ json: inout JSONTokenizer, of kind: LayerKind?) throws(FormatError) -> LabelList {
        guard json.token == .beginArray else { throw wrong(&json, "an array") }
        var labels = LabelList()
        while try json.next() != .endArray {
            let outside = json.depth - (json.token == .beginObject || json.token == .beginArray ? 1 : 0)
            do throws(FormatError) {
                labels.append(try label(&json, of: kind))
            } catch {
                guard isAboutValue, mode == .lenient else { throw error }
                isAboutValue = false
                log.add(
                    .error, "json-label", at: error.diagnostic.position, found: error.diagnostic.found, expected: error.diagnostic.expected,
                    effect: "the label is left out")
                while json.depth > outside { try json.next() }
            }
        }
        return labels
    }

    /// - Parameter kind: of the layer; nil while it is not known.
    mutating func label(_ json: inout JSONTokenizer, of kind: LayerKind?) throws(FormatError) -> Label {
        var parts = LabelParts()
        let place = json.position()
        let unknown = try members(&json, LabelKey.self, carries: true) { (reader, json, key) throws(FormatError) in
            try reader.read(key, &json, into: &parts)
        }
        guard let span = parts.span else { throw wrong(place, parts.spanFault, "\"start\" and a later \"end\", \"at\" or \"from\"") }
        guard let content = parts.content, !parts.hasTwoContents else {
            throw wrong(place, parts.content == nil ? "a label without content" : "a label with two contents", "one of \(LabelParts.contents)")
        }
        guard kind == nil || kind == content.kind else {
            throw wrong(place, "content of another kind than the layer's", "labels of kind \(kind?.rawValue ?? "")")
        }
        guard let stated = parts.id else { throw wrong(place, "a label without \"id\"", "an id") }
        let id = ids.unique(stated)
        if id != stated { try mend("json-repeated-id", at: place, "the label id '\(stated)' again", "ids that differ", "the label is called '\(id)'") }
        return Label(
            id: LabelID(id), span: span, content: content, confidence: parts.confidence, source: parts.source, review: parts.review,
            attributes: parts.attributes + unknown)
    }

    private mutating func dropOtherKinds(from layer: inout Layer) throws(FormatError) {
        guard let wrong = layer.labels.first(where: { $0.content.kind != layer.kind }) else { return }
        try mend(
            "json-kind", "label '\(wrong.id)' of another kind than its layer '\(layer.id)'", "labels of kind \(layer.kind.rawValue)", "such labels are left out")
        layer.labels = LabelList(layer.labels.filter { $0.content.kind == layer.kind })
    }

    private mutating func read(_ key: LabelKey, _ json: inout JSONTokenizer, into parts: inout LabelParts) throws(FormatError) {
        switch key {
        case .type: break
        // For people; the ticks count.
        case .time: try json.skipValue()
        case .id: parts.id = try text(&json)
        case .start: parts.start = try time(&json)
        case .end: parts.end = try time(&json)
        case .at: parts.at = try time(&json)
        case .from: parts.from = try time(&json)
        case .confidence: parts.confidence = try confidence(&json)
        case .source: parts.source = SourceID(try text(&json))
        case .review: parts.review = try named(&json, ReviewState.self)
        case .attributes: parts.attributes = try attributes(&json)
        case .cue: parts.set(try cue(&json))
        case .word: parts.set(try word(&json))
        case .phone: parts.set(try phone(&json))
        case .turn: parts.set(try turn(&json))
        case .emotion: parts.set(try emotion(&json))
        case .tag: parts.set(try tag(&json))
        case .entity: parts.set(try entity(&json))
        case .track: parts.set(try track(&json))
        }
    }
}

/// What was read of a label so far.
private struct LabelParts {
    static let contents = "cue, word, phone, turn, emotion, tag, entity, track"

    var id: String?
    var start, end, at, from: Timestamp?
    var content: Content?
    var hasTwoContents = false
    var confidence: Confidence?
    var source: SourceID?
    var review = ReviewState.candidate
    var attributes: [Attribute] = []

    mutating func set(_ content: Content) {
        if self.content != nil { hasTwoContents = true }
        self.content = content
    }

    /// Nil unless exactly one span is stated.
    var span: Span? {
        switch (start, end, at, from) {
        case (let start?, let end?, nil, nil): Segment(start: start, end: end).map(Span.segment)
        case (nil, nil, let time?, nil): .instant(time)
        case (nil, nil, nil, let time?): .open(time)
        default: nil
        }
    }

    var spanFault: String {
        switch (start, end, at, from) {
        case (_?, _?, nil, nil): "an end that is not after the start"
        case (nil, nil, nil, nil): "a label without a time"
        default: "a label whose times do not go together"
        }
    }
}
