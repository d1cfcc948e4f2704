import Timeline

/// Puts back what a conversion lost, from the native copy kept aside, unless the labels were changed in the meantime.
///
/// A label of the file that still says what its original says, as far as the file's format can say it, is replaced by the
/// original. One whose time or text alone differs takes the other details of the original with it. Labels of kinds that the format cannot
/// hold come back; labels that are no longer in the file do not.
struct SidecarMerge {
    let format: LabelFormat
    let kept: Corpus

    func restored(_ corpus: Corpus) -> Corpus {
        var result = kept
        let byName = Dictionary(kept.documents.enumerated().map { ($0.element.media.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for (index, document) in corpus.documents.enumerated() {
            // A format without a place for the media's name gives it the name of the file.
            let isOnly = corpus.documents.count == 1 && kept.documents.count == 1
            if let original = byName[document.media.name] ?? (isOnly ? 0 : nil) {
                result.documents[original] = restored(document, kept.documents[original])
            } else {
                result.documents.insert(document, at: min(index, result.documents.count))
            }
        }
        return result
    }

    private func restored(_ document: Document, _ original: Document) -> Document {
        var left = Originals(original, format.capabilities)
        var added: [Label] = []
        for layer in document.layers {
            for label in layer.labels where !left.take(label) { added.append(label) }
        }
        added.removeAll { left.takeChanged($0) }
        var result = left.document()
        guard !added.isEmpty, let kind = added.first?.content.kind else { return result }
        let home = result.layers.firstIndex { $0.kind == kind }
        for label in added where label.content.kind == kind {
            if let home { result.layers[home].labels.append(label) }
        }
        if home == nil { result.layers += document.layers.filter { $0.kind == kind } }
        return result
    }
}

/// The labels of an original document that the file may still hold.
private struct Originals {
    private struct Key: Hashable {
        let start, end: Timestamp
        let text: String
    }

    private struct Place { let layer, index: Int }

    private let original: Document
    private let capabilities: FormatCapabilities
    private var waiting: [Key: [Place]] = [:]
    /// What each label becomes; nil for one that is gone.
    private var fates: [[Label?]]

    init(_ original: Document, _ capabilities: FormatCapabilities) {
        (self.original, self.capabilities) = (original, capabilities)
        fates = original.layers.map { layer in
            let isHeld = capabilities.kinds[layer.kind] != nil
            return layer.labels.map { isHeld ? nil : $0 }
        }
        for (layer, content) in original.layers.enumerated() where capabilities.kinds[content.kind] != nil {
            for (index, label) in content.labels.enumerated() { waiting[key(label), default: []].append(Place(layer: layer, index: index)) }
        }
        for key in waiting.keys { waiting[key]?.reverse() }
    }

    private func key(_ label: Label) -> Key {
        let timing = original.media.video?.timing
        let text = label.content.plainText.split(whereSeparator: \.isWhitespace).joined(separator: "_")
        return Key(start: capabilities.grid.rounded(label.span.start, timing), end: capabilities.grid.rounded(label.span.end, timing), text: text)
    }

    /// Whether an original says the same; it comes back.
    mutating func take(_ label: Label) -> Bool {
        guard let place = waiting[key(label)]?.popLast() else { return false }
        fates[place.layer][place.index] = original.layers[place.layer].labels[place.index]
        return true
    }

    /// Whether an original of the same text or of the same time is left; it comes back with what was changed.
    mutating func takeChanged(_ label: Label) -> Bool {
        let wanted = key(label)
        let candidates = waiting.filter { !$0.value.isEmpty && ($0.key.text == wanted.text || ($0.key.start, $0.key.end) == (wanted.start, wanted.end)) }
        let nearest = candidates.keys.min { a, b in
            let distances = [a, b].map { abs(($0.start - wanted.start).ticks) }
            return distances[0] != distances[1] ? distances[0] < distances[1] : (a.start, a.end, a.text) < (b.start, b.end, b.text)
        }
        guard let nearest, let place = waiting[nearest]?.popLast() else { return false }
        var changed = original.layers[place.layer].labels[place.index]
        if (nearest.start, nearest.end) != (wanted.start, wanted.end) { changed.span = label.span }
        if nearest.text != wanted.text { changed.content = changed.content.saying(label.content.plainText) }
        fates[place.layer][place.index] = changed
        return true
    }

    /// The original with the labels that came back.
    func document() -> Document {
        var result = original
        for layer in result.layers.indices { result.layers[layer].labels = LabelList(fates[layer].compactMap { $0 }) }
        let ids = Set(result.layers.lazy.flatMap { $0.labels.lazy.map(\.id) })
        result.relations.removeAll { !ids.contains($0.from) || !ids.contains($0.to) }
        return result
    }
}

extension Content {
    /// The content with another text.
    fileprivate func saying(_ text: String) -> Content {
        switch self {
        case .cue(let cue): return .cue(Cue(CueText(text), speaker: cue.speaker))
        case .word(var word): word.text = text; return .word(word)
        case .phone(var phone): phone.symbol = text; return .phone(phone)
        case .turn(var turn):
            if turn.text == nil { turn.speaker = text } else { turn.text = text }
            return .turn(turn)
        case .tag(var tag): tag.name = text; return .tag(tag)
        case .entity(var entity): entity.text = text; return .entity(entity)
        case .track(var track): track.category = text; return .track(track)
        case .emotion(let emotion): return emotion.categories.isEmpty ? self : .emotion(Emotion(categories: [ScoredName(text)], valence: emotion.valence, arousal: emotion.arousal, dominance: emotion.dominance))
        }
    }
}
