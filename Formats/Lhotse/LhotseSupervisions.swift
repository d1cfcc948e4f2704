import Timeline

/// The supervisions that a document is written as: its turns and cues with the words and phones in them, and one more for each speaker
/// whose words no turn holds.
struct LhotseSupervisions {
    struct Supervision {
        let id: String
        var span: Span
        let speaker: String
        var text: String?
        let layer: String
        var isContainer = false
        var label: Label?
        var alignment: [(name: String, labels: [Label])] = []

        var cut: String? { label?.attributes["lhotse.cut"] }
    }

    let media: Media
    private(set) var all: [Supervision] = []
    private var byCut: [String: [Int]] = [:]

    init(_ document: Document) {
        media = document.media
        addTurns(document)
        addWords(document)
        for index in all.indices { if let cut = all[index].cut { byCut[cut + "\n" + (all[index].label?.attributes["lhotse.track"] ?? ""), default: []].append(index) } }
    }

    /// The supervisions of a cut, in order.
    func of(cut: String, track: String?) -> [Int] { byCut[cut + "\n" + (track ?? "")] ?? [] }

    private mutating func addTurns(_ document: Document) {
        // A layer that stands alone needs no name.
        let isAlone = document.layers.count { !$0.labels.isEmpty && Lhotse.capabilities.kinds[$0.kind] != nil } == 1
        for layer in document.layers where layer.kind == .turns || layer.kind == .cues {
            let name = isAlone ? Lhotse.layer : layer.id
            for label in layer.labels {
                let text = if case .turn(let turn) = label.content { turn.text } else { Optional(label.content.plainText) }
                all.append(
                    Supervision(id: label.id.name, span: label.span, speaker: label.content.speaker ?? "", text: text, layer: name, label: label))
            }
        }
    }

    private mutating func addWords(_ document: Document) {
        let turns = TurnTable(all)
        var containers: [String: Int] = [:]
        for layer in document.layers where layer.kind == .words || layer.kind == .phones {
            let name = LhotseAlignmentName.name(layer)
            for label in layer.labels {
                let speaker = label.content.speaker ?? ""
                let key = "\(speaker)\n\(layer.id)"
                let turn = label.attributes["lhotse.supervision"].flatMap(turns.index(ofID:)) ?? turns.index(around: label.span, speaker: speaker)
                let index = turn ?? containers[key] ?? addContainer(speaker, layer.id, key, &containers)
                if turn == nil { stretch(index, to: label.span) }
                if all[index].alignment.last?.name == name { all[index].alignment[all[index].alignment.count - 1].labels.append(label) } else { append(label, name, to: index) }
            }
        }
    }

    private mutating func append(_ label: Label, _ name: String, to index: Int) {
        if let known = all[index].alignment.firstIndex(where: { $0.name == name }) { all[index].alignment[known].labels.append(label) } else { all[index].alignment.append((name, [label])) }
    }

    private mutating func addContainer(_ speaker: String, _ layer: String, _ key: String, _ containers: inout [String: Int]) -> Int {
        containers[key] = all.count
        all.append(Supervision(id: "\(media.name)-\(layer)-\(containers.count)", span: .instant(.zero), speaker: speaker, layer: layer, isContainer: true))
        return all.count - 1
    }

    /// Makes a container reach over a span.
    private mutating func stretch(_ index: Int, to span: Span) {
        let isEmpty = all[index].alignment.isEmpty
        let start = isEmpty ? span.start : min(all[index].span.start, span.start)
        let end = isEmpty ? span.end : max(all[index].span.end, span.end)
        all[index].span = Segment(start: start, end: end).map(Span.segment) ?? .instant(start)
    }

    /// Finds the turn that a word belongs to.
    private struct TurnTable {
        private var byID: [String: Int] = [:]
        /// For each speaker the turns in order of their starts.
        private var bySpeaker: [String: [(span: Span, index: Int)]] = [:]

        init(_ turns: [Supervision]) {
            for (index, turn) in turns.enumerated() {
                byID[turn.id] = byID[turn.id] ?? index
                bySpeaker[turn.speaker, default: []].append((turn.span, index))
            }
            for speaker in bySpeaker.keys { bySpeaker[speaker]?.sort { ($0.span.start, $0.index) < ($1.span.start, $1.index) } }
        }

        func index(ofID id: String) -> Int? { byID[id] }

        /// The latest turn of the speaker that starts at or before the span, if it reaches to its end.
        func index(around span: Span, speaker: String) -> Int? {
            guard let turns = bySpeaker[speaker] else { return nil }
            var (low, high) = (0, turns.count)
            while low < high {
                let middle = (low + high) / 2
                if turns[middle].span.start <= span.start { low = middle + 1 } else { high = middle }
            }
            return low > 0 && turns[low - 1].span.end >= span.end ? turns[low - 1].index : nil
        }
    }
}

extension LhotseSupervisions {
    /// Writes a supervision.
    ///
    /// - Parameter cut: ticks from the recording's start to the start of the cut that it stands in, and of its alignments; nil outside cuts.
    func write(_ index: Int, cut: (shift: Int64, alignmentShift: Int64)?, to json: inout JSONWriter) {
        let supervision = all[index]
        let attributes = supervision.label?.attributes ?? []
        json.beginObject()
        json.add("id", attributes["lhotse.id"] ?? supervision.id)
        json.add("recording_id", attributes["lhotse.recording"] ?? media.name)
        json.name("start")
        json.add(secondsOf: (supervision.span.start - TimeDelta(ticks: cut?.shift ?? 0)).ticks, least: 1)
        json.name("duration")
        json.add(secondsOf: duration(supervision.span).ticks, least: 1)
        json.name("channel")
        json.add(raw: (attributes["lhotse.channel"] ?? "0").utf8)
        if let text = supervision.text { json.add("text", text) }
        if let language = attributes["lhotse.language"] { json.add("language", language) }
        if !supervision.speaker.isEmpty { json.add("speaker", supervision.speaker) }
        if let gender = attributes["lhotse.gender"] { json.add("gender", gender) }
        writeCustom(supervision, attributes, &json)
        writeAlignment(supervision, cut?.alignmentShift ?? 0, &json)
        for attribute in attributes where attribute.name.hasPrefix("lhotse.+") {
            json.name(String(attribute.name.dropFirst(8)))
            json.add(raw: attribute.value.utf8)
        }
        json.endObject()
    }

    /// Lhotse takes no duration of zero: an instant gets 10 ms, an open end reaches to that of the recording.
    private func duration(_ span: Span) -> TimeDelta {
        switch span {
        case .segment(let segment): return segment.duration
        case .open(let start): return media.duration.flatMap { Segment(start: start, end: .zero + $0)?.duration } ?? .milliseconds(10)
        case .instant: return .milliseconds(10)
        }
    }

    private func writeCustom(_ supervision: Supervision, _ attributes: [Attribute], _ json: inout JSONWriter) {
        let ids = supervision.alignment.filter { $0.labels.contains { !$0.id.isCounter } }
        let isOurs = supervision.isContainer || supervision.layer != Lhotse.layer || !ids.isEmpty
        let kept = attributes["lhotse.custom"].map { Array($0.utf8.dropFirst().dropLast()) }
        guard isOurs || supervision.label?.confidence != nil || kept != nil else { return }
        json.name("custom")
        json.beginObject()
        if let kept { json.add(members: kept) }
        if let confidence = supervision.label?.confidence { json.add(Lhotse.Custom.confidence, confidence.value) }
        if isOurs { writeOurs(supervision, ids, &json) }
        json.endObject()
    }

    private func writeOurs(_ supervision: Supervision, _ ids: [(name: String, labels: [Label])], _ json: inout JSONWriter) {
        json.name(Lhotse.Custom.name)
        json.beginObject()
        if supervision.isContainer { json.add(Lhotse.Custom.container, true) } else if supervision.layer != Lhotse.layer { json.add(Lhotse.Custom.layer, supervision.layer) }
        if !ids.isEmpty {
            json.name(Lhotse.Custom.ids)
            json.beginObject()
            for (name, labels) in ids {
                json.name(name)
                json.beginArray()
                for label in labels { if label.id.isCounter { json.addNull() } else { json.add(label.id.name) } }
                json.endArray()
            }
            json.endObject()
        }
        json.endObject()
    }

    private func writeAlignment(_ supervision: Supervision, _ shift: Int64, _ json: inout JSONWriter) {
        guard !supervision.alignment.isEmpty else { return }
        json.name("alignment")
        json.beginObject()
        for (name, labels) in supervision.alignment {
            json.name(name)
            json.beginArray()
            for label in labels { writeItem(label, shift, &json) }
            json.endArray()
        }
        json.endObject()
    }

    private func writeItem(_ label: Label, _ shift: Int64, _ json: inout JSONWriter) {
        json.beginArray()
        json.add(label.content.plainText)
        json.add(secondsOf: (label.span.start - TimeDelta(ticks: shift)).ticks, least: 1)
        json.add(secondsOf: (label.span.end - label.span.start).ticks, least: 1)
        if let score = label.attributes["lhotse.score"] { json.add(raw: score.utf8) } else if let confidence = label.confidence { json.add(confidence.value) } else { json.addNull() }
        json.endArray()
    }
}
