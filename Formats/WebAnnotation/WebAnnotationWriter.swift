import Timeline

/// Writes labels as annotations: a page of them, or in the form in which they were read.
struct WebAnnotationWriter {
    var json = JSONWriter(.indented(flatDepth: 2))

    mutating func write(_ corpus: Corpus) {
        let isExtended = corpus.documents.contains { $0.layers.contains { layer in layer.labels.contains { $0.confidence != nil || $0.span.isInstant || $0.hasOtherTimes } } }
        let held = corpus.documents.reduce(0) { $0 + $1.layers.reduce(0) { WebAnnotation.capabilities.kinds[$1.kind] == nil ? $0 : $0 + $1.labels.count } }
        var form = corpus.attributes[WebAnnotationForm.attribute].flatMap(WebAnnotationForm.init(rawValue:)) ?? .page
        if form == .annotation, held != 1 { form = .page }
        json = JSONWriter(.indented(flatDepth: form == .collection ? 3 : form == .page ? 2 : 1))
        switch form {
        case .annotation: addAnnotations(corpus, hasContext: true, isExtended)
        case .array:
            json.beginArray()
            addAnnotations(corpus, hasContext: true, isExtended)
            json.endArray()
        case .page:
            json.beginObject()
            addContext(corpus.attributes, "webannotation.page.", isExtended)
            addPage(corpus, isExtended)
            json.endObject()
        case .collection:
            json.beginObject()
            addContext(corpus.attributes, "webannotation.collection.", isExtended)
            json.add("type", "AnnotationCollection")
            addHead(corpus.attributes, "webannotation.collection.")
            json.name("first")
            json.beginObject()
            addPage(corpus, isExtended)
            json.endObject()
            json.endObject()
        }
        json.endLine()
    }

    // MARK: Pages

    private mutating func addContext(_ attributes: [Attribute], _ prefix: String, _ isExtended: Bool) {
        json.add("@context", WebAnnotationContext.written(WebAnnotationMembers.value(attributes[prefix + "@context"]), isExtended: isExtended))
    }

    private mutating func addPage(_ corpus: Corpus, _ isExtended: Bool) {
        json.add("type", "AnnotationPage")
        addHead(corpus.attributes, "webannotation.page.")
        json.name("items")
        json.beginArray()
        addAnnotations(corpus, hasContext: false, isExtended)
        json.endArray()
    }

    private mutating func addHead(_ attributes: [Attribute], _ prefix: String) {
        for attribute in attributes where attribute.name.hasPrefix(prefix) {
            let name = String(attribute.name.dropFirst(prefix.count))
            if name != "@context", let value = WebAnnotationMembers.value(attribute.value) { json.add(name, value) }
        }
    }

    private mutating func addAnnotations(_ corpus: Corpus, hasContext: Bool, _ isExtended: Bool) {
        for document in corpus.documents {
            for layer in document.layers where WebAnnotation.capabilities.kinds[layer.kind] != nil {
                for label in layer.labels { add(label, layer, document.media, hasContext: hasContext, isExtended) }
            }
        }
    }

    // MARK: Annotations

    private mutating func add(_ label: Label, _ layer: Layer, _ media: Media, hasContext: Bool, _ isExtended: Bool) {
        let attributes = label.attributes
        json.beginObject()
        let stated = WebAnnotationMembers.value(attributes["webannotation.@context"])
        if hasContext || stated != nil { json.add("@context", WebAnnotationContext.written(stated, isExtended: isExtended)) }
        json.add("id", PercentEscapes.iri(label.id.name, escaping: PercentEscapes.isForbidden))
        json.add("type", WebAnnotationMembers.value(attributes["webannotation.type"]) ?? .string("Annotation"))
        let motivation = attributes["webannotation.motivation"]
        if let value = WebAnnotationMembers.value(motivation) { json.add("motivation", value) } else if motivation == nil {
            json.add("motivation", WebAnnotationMembers.motivation(of: label.content))
        }
        addBody(label, layer)
        addTarget(label, media)
        if let confidence = label.confidence { json.add("slate:confidence", confidence.value) }
        addOthers(attributes)
        json.endObject()
    }

    private mutating func addBody(_ label: Label, _ layer: Layer) {
        let (attributes, text) = (label.attributes, label.content.plainText)
        let motivation = attributes["webannotation.motivation"]
        let motivations = motivation == nil ? [WebAnnotationMembers.motivation(of: label.content)] : WebAnnotationBody.names(WebAnnotationMembers.value(motivation))
        let (stated, value) = (attributes["webannotation.body"], WebAnnotationMembers.value(attributes["webannotation.bodyValue"]))
        if let value, WebAnnotationBody(value, isValue: true, motivations: motivations).text == text {
            json.add("bodyValue", value)
            if let body = WebAnnotationMembers.value(stated) { json.add("body", body) }
            return
        }
        let body = WebAnnotationMembers.value(stated)
        if stated != nil, stated?.isEmpty == true || body != nil, WebAnnotationBody(body, motivations: motivations).text == text {
            if let body { json.add("body", body) }
            return
        }
        json.name("body")
        json.beginObject()
        json.add("type", "TextualBody")
        json.add("value", text)
        if let language = layer.language { json.add("language", language) }
        json.endObject()
    }

    private mutating func addTarget(_ label: Label, _ media: Media) {
        let places = label.content.places
        if let stated = WebAnnotationMembers.value(label.attributes["webannotation.target"]), says(stated, label, media, places) { return json.add("target", stated) }
        json.name("target")
        guard label.hasOtherTimes else { return addPart(label.span, places.first?.box, media) }
        json.beginArray()
        addPart(label.span, nil, media)
        for place in places { addPart(.instant(place.time), place.box, media) }
        json.endArray()
    }

    /// Whether a target that was read still says where the label is.
    private func says(_ stated: JSONValue, _ label: Label, _ media: Media, _ places: [WebAnnotationTarget.Place]) -> Bool {
        guard let target = WebAnnotationTarget(stated), target.span == label.span, target.media == media.name || target.media.isEmpty else { return false }
        if target.fragment.box?.isPercent == true { return label.attributes["webannotation.pixels"] == places.first?.box.sidesText }
        return places == (target.fragment.box.map { [WebAnnotationTarget.Place(time: target.span.start, box: $0.box)] } ?? target.others)
    }

    private mutating func addPart(_ span: Span, _ box: Box?, _ media: Media) {
        json.beginObject()
        json.add("source", PercentEscapes.iri(media.name, escaping: PercentEscapes.isForbiddenInMedia))
        json.name("selector")
        json.beginObject()
        json.add("type", "FragmentSelector")
        json.add("conformsTo", WebAnnotationTarget.fragmentSyntax)
        var fragment: [UInt8] = []
        fragment.appendFragment(span, box)
        json.add("value", String(decoding: fragment, as: UTF8.self))
        json.endObject()
        if span.isInstant { json.add("slate:instant", true) }
        json.endObject()
    }

    private mutating func addOthers(_ attributes: [Attribute]) {
        let written: Set<String> = Set(["@context", "type", "motivation", "bodyValue", "body", "target"].map { WebAnnotationMembers.prefix + $0 })
        for attribute in attributes where attribute.name.hasPrefix(WebAnnotationMembers.prefix) {
            guard !written.contains(attribute.name), !WebAnnotationMembers.ours.contains(attribute.name),
                let value = WebAnnotationMembers.value(attribute.value)
            else { continue }
            json.add(String(attribute.name.dropFirst(WebAnnotationMembers.prefix.count)), value)
        }
    }
}

extension Span {
    fileprivate var isInstant: Bool { if case .instant = self { true } else { false } }
}

extension Label {
    /// Whether it is a track with places at other times than its start, which needs a list of targets.
    fileprivate var hasOtherTimes: Bool { content.places.contains { $0.time != span.start } }
}

extension Content {
    /// The boxes around the shapes of a track.
    fileprivate var places: [WebAnnotationTarget.Place] {
        guard case .track(let track) = self else { return [] }
        return track.keyframes.compactMap { keyframe in keyframe.shape.bounds.map { WebAnnotationTarget.Place(time: keyframe.time, box: $0) } }
    }
}
