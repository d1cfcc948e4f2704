import Timeline

/// Writes a shard: for each document a `.json` and, where there is any, its text as `.txt`.
enum WebDatasetWriter {
    static func bytes(_ corpus: Corpus) -> [UInt8] {
        var tar = TarWriter()
        if !corpus.attributes.isEmpty { tar.add(WebDataset.corpusPath, attributes(corpus.attributes)) }
        var taken: Set<String> = []
        for document in corpus.documents {
            let key = key(document.media.name, &taken)
            if isPlain(document) { addPlain(document, key, to: &tar) } else { addNative(document, key, to: &tar) }
        }
        tar.finish()
        return tar.bytes
    }

    private static func attributes(_ attributes: [Attribute]) -> [UInt8] {
        var json = JSONWriter(.oneLine)
        json.beginObject()
        json.name("attributes")
        json.beginArray()
        for attribute in attributes {
            json.beginArray()
            json.add(attribute.name)
            json.add(attribute.value)
            json.endArray()
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }

    /// A name without dots and control characters in safe parts, which no other sample has.
    private static func key(_ name: String, _ taken: inout Set<String>) -> String {
        let clean = String(decoding: name.utf8.map { $0 <= Byte.space || $0 == 0x7F || $0 == .ascii(".") || $0 == .ascii("\\") ? .ascii("_") : $0 }, as: UTF8.self)
        let stem = clean.split(separator: "/").joined(separator: "/")
        var (key, number) = (stem.isEmpty || stem.hasPrefix("__") ? "sample\(stem)" : stem, 1)
        let first = key
        while !taken.insert(key).inserted {
            number += 1
            key = "\(first)-\(number)"
        }
        return key
    }

    // MARK: Samples that were read

    /// Whether the document says no more than the plain files of its sample did.
    private static func isPlain(_ document: Document) -> Bool {
        guard document.relations.isEmpty, document.sources.isEmpty, document.media == Media(name: document.media.name), !document.media.name.contains(".") else { return false }
        let known = [WebDataset.sampleLayer, WebDataset.textLayer, "text", WebDataset.classLayer, "cls2", "label"]
        guard document.attributes.contains(where: { $0.name.hasPrefix("webdataset:") }) || !document.layers.isEmpty else { return false }
        return document.attributes.allSatisfy { $0.name.hasPrefix("webdataset:") }
            && document.layers.allSatisfy { layer in
                known.contains(layer.id) && layer == Layer(id: layer.id, kind: layer.kind, labels: layer.labels)
                    && (layer.id == WebDataset.sampleLayer ? document.attributes["webdataset:form"] != nil : layer.labels.count == 1)
                    && layer.labels.allSatisfy { isPlain($0, in: layer) }
            }
    }

    private static func isPlain(_ label: Label, in layer: Layer) -> Bool {
        let plain = Label(id: label.id, span: label.span, content: label.content, attributes: label.attributes.filter { $0.name.hasPrefix("webdataset") })
        guard label == plain, label.id.isCounter else { return false }
        switch label.content {
        case .cue(let cue): return cue == Cue(CueText(cue.text.plain))
        case .turn: return layer.id == WebDataset.sampleLayer
        case .tag(let tag): return tag.vocabulary == nil
        default: return false
        }
    }

    private static func addPlain(_ document: Document, _ key: String, to tar: inout TarWriter) {
        if let samples = document.layers.first(where: { $0.id == WebDataset.sampleLayer }) {
            let isList = document.attributes["webdataset:form"] == "list"
            var json = JSONWriter(.oneLine)
            if isList { json.beginArray() }
            for label in samples.labels { WebDatasetRecord.write(label, to: &json) }
            if isList { json.endArray() }
            tar.add("\(key).json", json.bytes)
            if let ending = document.attributes["webdataset:text"], let label = samples.labels.first { tar.add("\(key).\(ending)", Array(label.content.plainText.utf8)) }
        }
        for layer in document.layers where layer.id != WebDataset.sampleLayer { tar.add("\(key).\(layer.id)", Array((layer.labels.first?.content.plainText ?? "").utf8)) }
    }

    // MARK: Other documents

    private static func addNative(_ document: Document, _ key: String, to tar: inout TarWriter) {
        tar.add("\(key).json", NativeJSON.write(document))
        let texts = document.layers.filter { $0.kind == .cues || $0.kind == .turns }.flatMap { layer in
            layer.labels.compactMap { label in if case .turn(let turn) = label.content { turn.text } else { label.content.plainText } }
        }
        if !texts.isEmpty { tar.add("\(key).txt", Array(texts.joined(separator: "\n").utf8)) }
    }
}
