import Timeline

/// Reads tasks one by one. What the model does not name stays as JSON beside the labels.
struct LabelStudioReader {
    private let options: ReadingOptions
    var log: DiagnosticLog
    private var names: Set<String> = []
    private var usesAssumedRate = false

    /// The lists of a task that hold results.
    static let lists = ["annotations", "completions", "predictions", "drafts"]

    init(options: ReadingOptions, log: DiagnosticLog) { (self.options, self.log) = (options, log) }

    mutating func read(_ bytes: [UInt8], _ mediaName: String) throws(FormatError) -> Corpus {
        var json = try JSONTokenizer(bytes, file: log.file)
        var corpus = Corpus()
        let isArray = try json.next() == .beginArray
        guard isArray || json.token == .beginObject else { throw json.unexpected("an array of tasks") }
        if isArray {
            while try json.next() != .endArray { try add(&json, to: &corpus) }
        } else {
            try add(&json, to: &corpus)
            corpus.attributes.append(Attribute("labelstudio.single", "1"))
        }
        try json.finish()
        json.remark(to: &log)
        if usesAssumedRate {
            log.add(.warning, "labelstudio-rate", found: "frames without their rate", expected: "framesCount and duration, or the rate as an option", effect: "30 frames a second are assumed")
        }
        return corpus
    }

    private mutating func add(_ json: inout JSONTokenizer, to corpus: inout Corpus) throws(FormatError) {
        let position = json.position()
        let task = try json.value()
        guard task.object != nil, Self.lists.contains(where: { task[$0]?.array != nil }) || task["data"] != nil else {
            return log.add(.error, "labelstudio-task", at: position, found: task.kind, expected: "a task with data and annotations", effect: "it is left out")
        }
        corpus.documents.append(document(task, position))
    }

    // MARK: One task

    private mutating func document(_ task: JSONValue, _ position: TextPosition) -> Document {
        var document = Document(media: Media(name: uniqueName(task)))
        var emptied = task
        var layers = LabelStudioLayers()
        for list in Self.lists {
            guard let makers = task[list]?.array else { continue }
            for (index, maker) in makers.enumerated() {
                let source = source(maker, list, index, &document)
                for (place, item) in (maker["result"]?.array ?? []).enumerated() {
                    add(item, "\(list).\(index).\(place)", source, position, &layers, &document)
                }
            }
            emptied = emptied.setting(list, .array(makers.map { $0["result"]?.array == nil ? $0 : $0.setting("result", .array([])) }))
        }
        document.layers = layers.made
        document.attributes.insert(Attribute("labelstudio.task", emptied.text), at: 0)
        resolveRelations(task, layers, &document)
        return document
    }

    private mutating func uniqueName(_ task: JSONValue) -> String {
        let data = task["data"]
        let stated = ["image", "video", "audio", "url", "img"].lazy.compactMap { data?[$0]?.string }.first { !$0.isEmpty }
        let id = task["id"].map { $0.string ?? $0.text } ?? String(names.count + 1)
        var name = stated ?? "task \(id)"
        if names.contains(name) { name += " (task \(id))" }
        while !names.insert(name).inserted { name += "'" }
        return name
    }

    /// Who made a list of results.
    private func source(_ maker: JSONValue, _ list: String, _ index: Int, _ document: inout Document) -> SourceID? {
        let id = SourceID("\(list).\(index)")
        var agent: Agent?
        if list == "predictions" {
            let version = maker["model_version"]?.string ?? ""
            agent = .model(name: version.isEmpty ? "prediction" : version, version: version, parameters: [])
        } else if let person = maker["completed_by"] {
            agent = .annotator(person["email"]?.string ?? person["id"]?.text ?? person.string ?? person.text)
        }
        guard let agent else { return nil }
        let time = maker["created_at"]?.string.flatMap { text in text.utf8.count >= 19 ? WallClock(String(text.prefix(19)) + "Z") : nil }
        document.sources.append(Source(id: id, agent: agent, time: time))
        return id
    }

    private mutating func add(
        _ item: JSONValue, _ place: String, _ source: SourceID?, _ position: TextPosition, _ layers: inout LabelStudioLayers, _ document: inout Document
    ) {
        let parsed = LabelStudioItem(item, options)
        if parsed.needsRate { usesAssumedRate = true }
        if let stream = parsed.stream, document.media.video == nil { document.media.video = stream }
        for problem in parsed.problems {
            log.addHabit(problem.isLoss ? .error : .warning, problem.code, at: position, found: problem.found, expected: problem.expected, effect: "it is kept as JSON")
        }
        guard !parsed.contents.isEmpty else { return document.attributes.append(Attribute("labelstudio.other.\(place)", item.text)) }
        for (number, piece) in parsed.contents.enumerated() {
            var attributes = [Attribute("labelstudio.place", place)]
            if number == 0 { attributes.append(Attribute("labelstudio.item", item.text)) }
            let id = layers.newID(number == 0 ? item["id"]?.string : nil, in: place)
            layers.add(
                Label(id: id, span: piece.span, content: piece.content, confidence: parsed.confidence, source: source, attributes: attributes), place)
        }
    }

    /// Ties between results, by their ids inside one annotation.
    private func resolveRelations(_ task: JSONValue, _ layers: LabelStudioLayers, _ document: inout Document) {
        for list in Self.lists {
            for (index, maker) in (task[list]?.array ?? []).enumerated() {
                for item in maker["result"]?.array ?? [] where item["type"]?.string == "relation" {
                    guard let from = item["from_id"]?.string.flatMap({ layers.id($0, "\(list).\(index)") }), let to = item["to_id"]?.string.flatMap({ layers.id($0, "\(list).\(index)") })
                    else { continue }
                    document.relations.append(Relation(kind: item["labels"]?.array?.first?.string ?? "relation", from: from, to: to))
                }
            }
        }
    }
}

/// The layers of a task in the making: one for each maker and kind.
struct LabelStudioLayers {
    private(set) var made: [Layer] = []
    private var used: Set<LabelID> = []
    /// The ids that results of each maker have here.
    private var known: [String: LabelID] = [:]
    private var count = 0

    /// The stated id where it is free, else a counted one.
    mutating func newID(_ stated: String?, in place: String) -> LabelID {
        if let stated, !stated.isEmpty {
            let key = "\(Self.maker(place)) \(stated)"
            if used.insert(LabelID(stated)).inserted {
                known[key] = LabelID(stated)
                return LabelID(stated)
            }
            count += 1
            let id = LabelID("r\(count)")
            used.insert(id)
            if known[key] == nil { known[key] = id }
            return id
        }
        repeat { count += 1 } while !used.insert(LabelID("r\(count)")).inserted
        return LabelID("r\(count)")
    }

    func id(_ stated: String, _ maker: String) -> LabelID? { known["\(maker) \(stated)"] }

    /// `annotations.0` of `annotations.0.3`.
    static func maker(_ place: String) -> String { place.split(separator: ".").prefix(2).joined(separator: ".") }

    mutating func add(_ label: Label, _ place: String) {
        let kind = label.content.kind
        let id = "\(Self.maker(place)).\(kind.rawValue)"
        if let index = made.firstIndex(where: { $0.id == id }) { made[index].labels.append(label) } else { made.append(Layer(id: id, kind: kind, labels: [label])) }
    }
}

extension JSONValue {
    /// The value on one line.
    var text: String { String(decoding: JSONWriter.write(self, flatDepth: 0).dropLast(), as: UTF8.self) }

    /// The object with another value for a member, which is added where it is new.
    func setting(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        if let index = members.lastIndex(where: { $0.name == name }) { members[index].value = value } else { members.append(JSONMember(name, value)) }
        return .object(members)
    }
}
