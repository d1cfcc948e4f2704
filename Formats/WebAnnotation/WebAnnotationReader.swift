import Timeline

/// Reads one annotation, a list, a page or a collection; each annotation alone is held as a tree.
struct WebAnnotationReader {
    let input: LabelInput
    let options: ReadingOptions
    var log: DiagnosticLog
    private var builder = CorpusBuilder()
    private var ids = NativeIDs()
    private var count = 0

    init(input: LabelInput, options: ReadingOptions, log: DiagnosticLog) { (self.input, self.options, self.log) = (input, options, log) }

    /// - Throws: ``FormatError`` for text that is not JSON or holds no annotation.
    mutating func corpus() throws(FormatError) -> Corpus {
        var json = try JSONTokenizer(try input.bytes(expected: WebAnnotation.title), file: log.file)
        switch try json.next() {
        case .beginArray:
            builder.add(Attribute(WebAnnotationForm.attribute, WebAnnotationForm.array.rawValue))
            try readList(&json)
        case .beginObject: try readTop(&json)
        default: throw json.unexpected("an annotation, a list of them, a page or a collection")
        }
        try json.finish()
        json.remark(to: &log)
        if count == 0, let first = log.diagnostics.first(where: { $0.severity == .error }) {
            throw FormatError(.noLabels, file: log.file, at: first.position, found: "no annotation that can be read; first: \(first.message)", expected: "at least one")
        }
        return builder.corpus
    }

    // MARK: Pages and collections

    /// An object that may be an annotation or hold some. Its members come in any order, so they are told apart by name.
    private mutating func readTop(_ json: inout JSONTokenizer) throws(FormatError) {
        let place = json.position()
        var (members, form) = ([JSONMember](), WebAnnotationForm.annotation)
        while try json.next() == .name {
            let name = json.text
            try json.next()
            switch (name, json.token) {
            case ("items", .beginArray):
                form = .page
                try readList(&json)
            case ("first", .beginObject):
                form = .collection
                try readPage(&json)
            default: members.append(JSONMember(name, try json.value()))
            }
        }
        if form == .annotation, JSONValue.object(members)["type"]?.string != "AnnotationCollection" {
            builder.add(Attribute(WebAnnotationForm.attribute, form.rawValue))
            return try read(.object(members), place)
        }
        if form == .annotation {
            log.add(.error, "webannotation-page", at: place, found: "a collection without its first page", expected: "annotations in the file", effect: "nothing is read")
            form = .collection
        }
        if form != .page { builder.add(Attribute(WebAnnotationForm.attribute, form.rawValue)) }
        keep(members, prefix: "webannotation.\(form.rawValue).", besides: form == .page ? "AnnotationPage" : "AnnotationCollection")
    }

    private mutating func readPage(_ json: inout JSONTokenizer) throws(FormatError) {
        var members: [JSONMember] = []
        while try json.next() == .name {
            let name = json.text
            if try json.next() == .beginArray, name == "items" { try readList(&json) } else { members.append(JSONMember(name, try json.value())) }
        }
        keep(members, prefix: "webannotation.page.", besides: "AnnotationPage")
    }

    private mutating func keep(_ members: [JSONMember], prefix: String, besides type: String) {
        for member in members where !(member.name == "type" && member.value.string == type) {
            if member.name == "@context", WebAnnotationContext.isOurs(member.value) { continue }
            builder.add(Attribute(prefix + member.name, member.value.text))
        }
    }

    private mutating func readList(_ json: inout JSONTokenizer) throws(FormatError) {
        while try json.next() != .endArray {
            let place = json.position()
            try read(try json.value(), place)
        }
    }

    // MARK: Annotations

    private mutating func read(_ json: JSONValue, _ place: TextPosition) throws(FormatError) {
        guard json.object != nil else { return try leaveOut(place, "\(json.kind)", "an annotation") }
        guard let target = json["target"].flatMap({ WebAnnotationTarget($0) }) else { return try leaveOut(place, "an annotation without a target", "the IRI of a medium") }
        let motivations = WebAnnotationBody.names(json["motivation"])
        let body = json["bodyValue"].map { WebAnnotationBody($0, isValue: true, motivations: motivations) } ?? WebAnnotationBody(json["body"], motivations: motivations)
        if target.fragment.time == nil {
            log.addHabit(
                .note, "webannotation-whole", at: place, found: "a target without a time", expected: "a media fragment such as t=12.5,20",
                effect: "the label lasts from the start on")
        }
        if case .array(let targets)? = json["target"], targets.count > 1, target.others.isEmpty {
            log.addHabit(.warning, "webannotation-targets", at: place, found: "\(targets.count) targets", expected: "one", effect: "the label stands at the first; all are kept")
        }
        if json["type"]?.string != "Annotation", !(json["type"]?.array ?? []).contains(.string("Annotation")) {
            log.addHabit(.warning, "webannotation-type", at: place, found: "a type other than Annotation", expected: "\"type\": \"Annotation\"", effect: "read as one")
        }
        add(json, target, body, place)
    }

    private mutating func leaveOut(_ place: TextPosition, _ found: String, _ expected: String) throws(FormatError) {
        if options.mode == .strict { throw FormatError(.malformed, file: log.file, at: place, found: found, expected: expected) }
        log.add(.error, "webannotation-target", at: place, found: found, expected: expected, effect: "it is left out")
    }

    private mutating func add(_ json: JSONValue, _ target: WebAnnotationTarget, _ body: WebAnnotationBody, _ place: TextPosition) {
        count += 1
        let stated = json["id"]?.string.map { PercentEscapes.name($0, escaping: PercentEscapes.isForbidden) }
        let id = ids.unique(stated ?? "a\(count)")
        if let stated, stated != id {
            log.addHabit(.warning, "webannotation-id", at: place, found: "the id \"\(stated.prefix(60))\" again", expected: "ids that differ", effect: "a number is put behind it")
        }
        let box = target.fragment.box.map { pixels($0, place) }
        let content = content(body, box, target)
        var attributes = WebAnnotationMembers.attributes(of: json, target, body, content)
        if let box, target.fragment.box?.isPercent == true { attributes.append(Attribute("webannotation.pixels", box.sidesText)) }
        let label = Label(
            id: LabelID(id), span: target.span, content: content, confidence: json["slate:confidence"]?.double.flatMap(Confidence.init), attributes: attributes)
        let language = body.isPlain ? body.language : nil
        let layer = language.map { "\(content.kind.rawValue).\($0)" } ?? content.kind.rawValue
        let number = builder.place(media: target.media.isEmpty ? input.mediaName : target.media, layer: layer) { Layer(id: layer, kind: content.kind, language: language) }
        builder.add(label, at: number)
    }

    private func content(_ body: WebAnnotationBody, _ box: Box?, _ target: WebAnnotationTarget) -> Content {
        if let box { return .track(Track(body.text, keyframes: [Keyframe(time: target.span.start, shape: .box(box))])) }
        if !target.others.isEmpty { return .track(Track(body.text, keyframes: target.others.map { Keyframe(time: $0.time, shape: .box($0.box)) })) }
        return body.isTag ? .tag(Tag(body.text)) : .cue(Cue(CueText(body.text)))
    }

    private mutating func pixels(_ area: MediaFragment.Area, _ place: TextPosition) -> Box {
        guard area.isPercent else { return area.box }
        let size = options.pictureSize ?? PictureSize(width: 100, height: 100)
        if options.pictureSize == nil {
            log.addHabit(
                .warning, "webannotation-percent", at: place, found: "a box in hundredths of a picture of unknown size", expected: "the size of the picture",
                effect: "read as if the picture had 100 by 100 pixels")
        }
        let (x, y) = (Double(size.width) / 100, Double(size.height) / 100)
        return Box(x: area.box.x * x, y: area.box.y * y, width: area.box.width * x, height: area.box.height * y)
    }
}
