import Timeline

/// Counts what a format cannot hold, label by label, so that a stream can be counted as it passes.
struct LossCounter {
    private let capabilities: FormatCapabilities
    private(set) var report: LossReport
    /// Ends of the latest labels by medium and layer, to see overlaps where labels come in order.
    private var latestEnd: [Place: Timestamp] = [:]

    /// A layer of a medium, or a label of it, in words where somebody asks.
    private struct Place: Hashable, CustomStringConvertible {
        var media = ""
        let layer: String
        var label: LabelID?

        var description: String { label.map { "label '\($0)' of layer '\(layer)'" } ?? "layer '\(layer)'" }
    }

    init(_ format: LabelFormat) {
        capabilities = format.capabilities
        report = LossReport(format: format.name)
    }

    private func holds(_ feature: LabelFeature) -> Bool { capabilities.features.contains(feature) }

    // MARK: Documents

    mutating func count(_ document: Document) {
        countHead(document)
        for layer in document.layers {
            countHead(of: layer)
            for label in layer.labels { count(label, in: layer.id, of: layer.kind, document.media) }
        }
        countLayers(document.layers)
    }

    /// Counts the layers of a document that share the one layer of the format.
    mutating func countLayers(_ layers: [Layer]) {
        guard !holds(.layers), Set(layers.filter { holding($0.kind) != nil }.map(\.id)).count > 1 else { return }
        for layer in layers where !isOwn(layer) { report.add(.layers, "layer '\(layer.id)'") }
    }

    private func isOwn(_ layer: Layer) -> Bool { capabilities.ownLayers.map { layer.attributes[$0] != nil } ?? false }

    mutating func countHead(_ document: Document) {
        let media = document.media
        countName(media.name, "media '\(media.name)'")
        if !holds(.mediaFacts), media != Media(name: media.name) { report.add(.mediaFacts, "media '\(media.name)'") }
        if !holds(.relations) { for relation in document.relations { report.add(.relations, "'\(relation.from)' \(relation.kind) '\(relation.to)'") } }
        countHead(document.attributes, "media '\(media.name)'")
    }

    mutating func countHead(_ attributes: [Attribute], _ owner: String) {
        for attribute in attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(owner)") }
    }

    mutating func countHead(of layer: Layer) {
        let place = "layer '\(layer.id)'"
        if layer.parent != nil || layer.constraint != nil, !holds(.layerParents) { report.add(.layerParents, place) }
        if layer.language != nil, !holds(.layerLanguage) { report.add(.layerLanguage, place) }
        if layer.speaker != nil, !holds(.layerSpeaker) { report.add(.layerSpeaker, place) }
        countHead(layer.attributes, place)
    }

    mutating func countMedia(_ names: [String]) {
        guard !holds(.media), names.count > 1 else { return }
        for name in names { report.add(.media, "media '\(name)'") }
    }

    private func isLost(_ attribute: Attribute) -> Bool { !capabilities.attributePrefixes.contains { attribute.name.hasPrefix($0) } }

    private func holding(_ kind: LayerKind) -> FormatCapabilities.Holding? { capabilities.kinds[kind] }

    // MARK: Labels

    mutating func count(_ label: Label, in layer: String, of kind: LayerKind, _ media: Media) {
        let place = Place(layer: layer, label: label.id)
        guard let holding = holding(kind) else { return report.add(.labels, "\(place) (\(kind.rawValue))") }
        if case .turned(let other) = holding { report.add(.kind, "\(place): \(kind.rawValue) as \(other.rawValue)") }
        countSpan(label, layer, media, place)
        if !label.id.isCounter, !holds(.ids) { report.add(.ids, place.description) }
        if label.confidence != nil, !holds(.confidence) { report.add(.confidence, place.description) }
        if label.source != nil, !holds(.source) { report.add(.source, place.description) }
        if label.review != .candidate, !holds(.review) { report.add(.review, place.description) }
        for attribute in label.attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(place)") }
        countContent(label.content, media, place)
    }

    private mutating func countSpan(_ label: Label, _ layer: String, _ media: Media, _ place: Place) {
        switch label.span {
        case .instant where !holds(.instants): report.add(.instants, place.description)
        case .open where !holds(.openEnds): report.add(.openEnds, place.description)
        default: break
        }
        countTime(label.span.start, media, place)
        if label.span.end != label.span.start { countTime(label.span.end, media, place) }
        guard !holds(.overlaps) else { return }
        let home = Place(media: media.name, layer: layer)
        if let end = latestEnd[home], label.span.start < end { report.add(.overlaps, place.description) }
        latestEnd[home] = max(latestEnd[home] ?? label.span.end, label.span.end)
    }

    private mutating func countTime(_ time: Timestamp, _ media: Media, _ place: Place) {
        let written = capabilities.grid.rounded(time, media.video?.timing)
        guard written != time else { return }
        let error = written > time ? written - time : time - written
        report.add(.time, place.description, error: error)
    }

    private mutating func countContent(_ content: Content, _ media: Media, _ place: Place) {
        switch content {
        case .cue(let cue): count(cue, place)
        case .word(let word):
            countSpeaker(word.speaker, place)
            countText(word.text, place)
        case .phone(let phone):
            countText(phone.symbol, place)
            if phone.alphabet != nil, !holds(.alphabet) { report.add(.alphabet, place.description) }
        case .turn(let turn):
            countSpeaker(turn.speaker, place)
            if let text = turn.text { countText(text, place) }
        case .emotion(let emotion):
            let isNamed = emotion.valence == nil && emotion.arousal == nil && emotion.dominance == nil && emotion.categories.count == 1 && emotion.categories[0].score == nil
            if !isNamed, !holds(.emotionScores) { report.add(.emotionScores, place.description) }
        case .tag(let tag):
            countName(tag.name, place.description)
            if tag.vocabulary != nil, !holds(.vocabulary) { report.add(.vocabulary, place.description) }
        case .entity(let entity): if !entity.words.isEmpty, !holds(.entityWords) { report.add(.entityWords, place.description) }
        case .track(let track): count(track, media, place)
        }
    }

    private mutating func countSpeaker(_ speaker: String?, _ place: Place) {
        guard let speaker else { return }
        if holds(.speaker) { countName(speaker, place.description) } else { report.add(.speaker, place.description) }
    }

    private mutating func countText(_ text: String, _ place: Place) {
        guard !text.isEmpty else { return }
        if !holds(.text) || !capabilities.texts.allows(text) { report.add(.text, place.description) }
    }

    private mutating func countName(_ name: String, _ place: @autoclosure () -> String) {
        if !name.isEmpty, !capabilities.names.allows(name) { report.add(.names, place()) }
    }

    private mutating func count(_ cue: Cue, _ place: Place) {
        countSpeaker(Content.cue(cue).speaker, place)
        let runs = cue.text.runs
        countText(cue.text.plain, place)
        if runs.contains(where: { !capabilities.styles.isSuperset(of: $0.style) }) { report.add(.style, place.description) }
        // One voice throughout is the speaker of the cue.
        let hasVoices = runs.contains { $0.voice != runs.first?.voice }
        if hasVoices || runs.contains(where: { $0.language != nil || !$0.classes.isEmpty }), !holds(.spans) { report.add(.spans, place.description) }
        if runs.contains(where: { $0.appears != nil }), !holds(.innerTimes) { report.add(.innerTimes, place.description) }
    }

    private mutating func count(_ track: Track, _ media: Media, _ place: Place) {
        if track.keyframes.count > 1, !holds(.identity) { report.add(.identity, place.description) }
        for keyframe in track.keyframes {
            if !keyframe.shape.isBox, !holds(.shapes) { report.add(.shapes, place.description) }
            if keyframe.state != .visible || keyframe.isInterpolated, !holds(.visibility) { report.add(.visibility, place.description) }
            if keyframe.confidence != nil, !holds(.confidence) { report.add(.confidence, place.description) }
            for attribute in keyframe.attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(place)") }
            countTime(keyframe.time, media, place)
        }
        if track.interpolation != .none, !holds(.visibility) { report.add(.visibility, place.description) }
    }
}

extension Shape {
    fileprivate var isBox: Bool { if case .box = self { true } else { false } }
}
