import Timeline

/// Writes the manifest that was read; labels of other formats as supervisions.
struct LhotseWriter {
    private let corpus: Corpus
    private let isArray: Bool

    init(_ corpus: Corpus) { (self.corpus, isArray) = (corpus, corpus.attributes["lhotse.layout"] == "array") }

    func bytes() -> [UInt8] {
        var json = JSONWriter(isArray ? .indented() : .oneLine)
        if isArray { json.beginArray() }
        for document in corpus.documents {
            let supervisions = LhotseSupervisions(document)
            switch corpus.attributes["lhotse.manifest"] {
            case "recordings": if let recording = document.attributes["lhotse.recording"] { end(&json) { $0.add(raw: recording.utf8) } }
            case "cuts": writeCuts(document, supervisions, &json)
            default: for index in supervisions.all.indices { end(&json) { supervisions.write(index, cut: nil, to: &$0) } }
            }
        }
        if isArray {
            json.endArray()
            json.endLine()
        }
        return json.bytes
    }

    private func end(_ json: inout JSONWriter, _ body: (inout JSONWriter) -> Void) {
        body(&json)
        if !isArray { json.endLine() }
    }

    // MARK: Cuts

    private func writeCuts(_ document: Document, _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        for layer in document.layers where layer.id == Lhotse.cutLayer && layer.kind == .tags {
            for cut in layer.labels {
                guard let text = cut.attributes["lhotse.cut"] else { continue }
                var log = DiagnosticLog(file: "")
                guard let members = (try? JSONReader.read(Array(text.utf8), log: &log))?.object else { continue }
                end(&json) { json in
                    if members.contains(where: { $0.name == "tracks" }) { writeMixed(members, cut, supervisions, &json) } else { writeCut(members, cut, supervisions, &json) }
                }
            }
        }
        let rest = supervisions.all.indices.filter { supervisions.all[$0].cut == nil }
        if !rest.isEmpty { end(&json) { writeNewCut(document, rest, supervisions, &$0) } }
    }

    private func writeCut(_ members: [JSONMember], _ cut: Label, _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        json.beginObject()
        for member in members {
            json.name(member.name)
            switch member.name {
            case "start": json.add(secondsOf: cut.span.start.ticks, least: 1)
            case "duration": json.add(secondsOf: (cut.span.end - cut.span.start).ticks, least: 1)
            case "supervisions": writeList(supervisions.of(cut: cut.id.name, track: nil), shift: cut.span.start.ticks, alignmentShift: 0, supervisions, &json)
            default: json.add(member.value)
            }
        }
        json.endObject()
    }

    private func writeMixed(_ members: [JSONMember], _ cut: Label, _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        json.beginObject()
        for member in members {
            json.name(member.name)
            guard member.name == "tracks", let tracks = member.value.array else { json.add(member.value); continue }
            json.beginArray()
            for (index, track) in tracks.enumerated() { writeTrack(track, supervisions.of(cut: cut.id.name, track: "\(index)"), supervisions, &json) }
            json.endArray()
        }
        json.endObject()
    }

    private func writeTrack(_ track: JSONValue, _ indices: [Int], _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        let (offset, start) = (Self.ticks(track["offset"]), Self.ticks(track["cut"]?["start"]))
        json.beginObject()
        for member in track.object ?? [] {
            json.name(member.name)
            guard member.name == "cut", let inner = member.value.object else { json.add(member.value); continue }
            json.beginObject()
            for part in inner {
                json.name(part.name)
                if part.name == "supervisions" { writeList(indices, shift: offset, alignmentShift: offset - start, supervisions, &json) } else { json.add(part.value) }
            }
            json.endObject()
        }
        json.endObject()
    }

    private static func ticks(_ value: JSONValue?) -> Int64 {
        guard case .number(let digits) = value else { return 0 }
        return DecimalSeconds(Array(digits.utf8), 0..<digits.utf8.count)?.ticks ?? 0
    }

    private func writeList(_ indices: [Int], shift: Int64, alignmentShift: Int64, _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        json.beginArray()
        for index in indices { supervisions.write(index, cut: (shift, alignmentShift), to: &json) }
        json.endArray()
    }

    /// A cut of a whole recording, for supervisions that no cut holds.
    private func writeNewCut(_ document: Document, _ indices: [Int], _ supervisions: LhotseSupervisions, _ json: inout JSONWriter) {
        let end = document.media.duration.map { Timestamp.zero + $0 } ?? supervisions.all.map(\.span.end).max() ?? Timestamp.zero
        json.beginObject()
        json.add("id", document.media.name)
        json.name("start")
        json.add(secondsOf: 0, least: 1)
        json.name("duration")
        json.add(secondsOf: end.ticks, least: 1)
        json.add("channel", Int64(0))
        json.name("supervisions")
        writeList(indices, shift: 0, alignmentShift: 0, supervisions, &json)
        json.add("type", "MonoCut")
        json.endObject()
    }
}
