import Timeline

/// Counts what a format cannot hold, label by label, so that a stream can be counted as it passes.
struct LossCounter {
    private let capabilities: FormatCapabilities
    private(set) var report: LossReport
    /// Ends of the latest labels by medium and layer, to see overlaps where labels come in order.
    private var latestEnd: [String: [String: Timestamp]] = [:]
    /// Sources that only say which file a label was read from, which is no loss.
    private var files: Set<SourceID> = []

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
            if layer.isHidden, capabilities.leavesOutHiddenCues {
                for label in layer.labels { report.add(.labels, "label '\(label.id)' of layer '\(layer.id)', which is not shown") }
                continue
            }
            for label in layer.labels { count(label, in: layer.id, of: layer.kind, document.media) }
        }
        countLayers(document.layers)
    }

    /// Counts the layers of a document that are not told apart.
    mutating func countLayers(_ all: [Layer]) {
        // Subtitle formats leave hidden cues out, or hold them apart.
        let holdsApart = capabilities.leavesOutHiddenCues || capabilities.attributePrefixes.contains(SubStation.prefix)
        let layers = all.filter { holding($0.kind, $0.id) != nil && !($0.isHidden && holdsApart) }
        guard Set(layers.map(\.id)).count > 1 else { return }
        for layer in layers where !keeps(layer) {
            report.add(.layers, "layer '\(layer.id)'")
            // One layer of several has one language.
            if layer.language != nil, holds(.layerLanguage) { report.add(.layerLanguage, "layer '\(layer.id)'") }
        }
    }

    private func keeps(_ layer: Layer) -> Bool { holds(.layers) && capabilities.keepsLayer?(layer.id) ?? true }

    mutating func countHead(_ document: Document) {
        let media = document.media
        countMissingRate(document)
        files = Set(document.sources.filter { if case .file = $0.agent { true } else { false } }.map(\.id))
        countName(media.name) { "media '\(media.name)'" }
        if !holds(.mediaFacts) {
            if media.duration != nil, !holds(.duration) { report.add(.duration, "media '\(media.name)'") }
            if beyondVideo(media) != Media(name: media.name, duration: media.duration) { report.add(.mediaFacts, "media '\(media.name)'") }
        }
        if !holds(.relations) { for relation in document.relations { report.add(.relations, "'\(relation.from)' \(relation.kind) '\(relation.to)'") } }
        countHead(document.attributes, "media '\(media.name)'")
    }

    /// Formats of frames give a rate to every video.
    private mutating func countMissingRate(_ document: Document) {
        let hasTracks = document.layers.contains { $0.kind == .tracks && !$0.labels.isEmpty }
        guard capabilities.grid == .frames, !holds(.mediaFacts), hasTracks, document.media.video?.timing == nil, !document.isPicture else { return }
        report.add(.mediaFacts, "media '\(document.media.name)', whose rate nobody stated")
    }

    /// What is stated of a medium beside the video that the format keeps.
    private func beyondVideo(_ media: Media) -> Media {
        var rest = media
        if capabilities.keepsVideo {
            if case .times = media.video?.timing { return media }
            rest.video = nil
        }
        return rest
    }

    mutating func countHead(_ attributes: [Attribute], _ place: String) {
        for attribute in attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(place)") }
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

    private func holding(_ kind: LayerKind, _ layer: String) -> FormatCapabilities.Holding? { capabilities.holding(kind, layer: layer) }

    // MARK: Labels

    mutating func count(_ label: Label, in layer: String, of kind: LayerKind, _ media: Media) {
        // Words for a place are made only where something is lost.
        let place = { "label '\(label.id)' of layer '\(layer)'" }
        guard let holding = holding(kind, layer), capabilities.holds(label.content) else { return report.add(.labels, "\(place()) (\(kind.rawValue))") }
        if case .turned(let other) = holding { report.add(.kind, "\(place()): \(kind.rawValue) as \(other.rawValue)") }
        countSpan(label, layer, media, place)
        if !label.id.isCounter, !holds(.ids) || !capabilities.ids.allows(label.id.name) { report.add(.ids, place()) }
        if label.confidence != nil, !holds(.confidence) { report.add(.confidence, place()) }
        if let source = label.source, !files.contains(source), !holds(.source) { report.add(.source, place()) }
        if label.review != .candidate, !holds(.review) { report.add(.review, place()) }
        for attribute in label.attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(place())") }
        countContent(label.content, media, place)
    }

    private mutating func countSpan(_ label: Label, _ layer: String, _ media: Media, _ place: () -> String) {
        switch label.span {
        case .instant where !holds(.instants): report.add(.instants, place())
        case .open where !holds(.openEnds): report.add(.openEnds, place())
        default: break
        }
        countTrackSpan(label, place)
        countTime(label.span.start, media, place)
        if label.span.end != label.span.start { countTime(label.span.end, media, place) }
        guard !holds(.overlaps) else { return }
        let latest = latestEnd[media.name]?[layer]
        if let latest, label.span.start < latest { report.add(.overlaps, place()) }
        latestEnd[media.name, default: [:]][layer] = max(latest ?? label.span.end, label.span.end)
    }

    private mutating func countTime(_ time: Timestamp, _ media: Media, _ place: () -> String) {
        let written = capabilities.grid.rounded(time, media.video?.timing)
        guard written != time else { return }
        let error = written > time ? written - time : time - written
        report.add(.time, place(), error: error)
    }

    private mutating func countContent(_ content: Content, _ media: Media, _ place: () -> String) {
        switch content {
        case .cue(let cue): count(cue, place)
        case .word(let word):
            countSpeaker(word.speaker, place)
            countText(word.text, place)
        case .phone(let phone):
            countText(phone.symbol, place)
            if phone.alphabet != nil, !holds(.alphabet) { report.add(.alphabet, place()) }
        case .turn(let turn):
            countSpeaker(turn.speaker, place)
            if let text = turn.text { countText(text, place) }
        case .emotion(let emotion):
            let isNamed = emotion.valence == nil && emotion.arousal == nil && emotion.dominance == nil && emotion.categories.count == 1 && emotion.categories[0].score == nil
            if !isNamed, !holds(.emotionScores) { report.add(.emotionScores, place()) }
        case .tag(let tag):
            countName(tag.name, place)
            if tag.vocabulary != nil, !holds(.vocabulary) { report.add(.vocabulary, place()) }
        case .entity(let entity): if !entity.words.isEmpty, !holds(.entityWords) { report.add(.entityWords, place()) }
        case .track(let track): count(track, media, place)
        }
    }

    /// Formats of frames hold the keyframes of a track; its span follows from them.
    private mutating func countTrackSpan(_ label: Label, _ place: () -> String) {
        guard capabilities.grid == .frames, case .track(let track) = label.content else { return }
        let isShown = holds(.visibility) || track.keyframes.contains { $0.state != .outside }
        guard let span = track.span, isShown else { return report.add(.labels, "\(place()), which is in no frame") }
        if span != label.span { report.add(.time, place(), error: max(span.start, label.span.start) - min(span.start, label.span.start)) }
    }

    private mutating func countSpeaker(_ speaker: String?, _ place: () -> String) {
        guard let speaker else { return }
        if holds(.speaker) { countName(speaker, place) } else { report.add(.speaker, place()) }
    }

    private mutating func countText(_ text: String, _ place: () -> String) {
        guard !text.isEmpty else { return }
        if !holds(.text) || !capabilities.texts.allows(text) { report.add(.text, place()) }
    }

    private mutating func countName(_ name: String, _ place: () -> String) {
        if !name.isEmpty, !capabilities.names.allows(name) { report.add(.names, place()) }
    }

    private mutating func count(_ cue: Cue, _ place: () -> String) {
        countSpeaker(Content.cue(cue).speaker, place)
        let runs = cue.text.runs
        countText(cue.text.plain, place)
        if runs.contains(where: { !capabilities.styles.isSuperset(of: $0.style) }) { report.add(.style, place()) }
        // One voice throughout is the speaker of the cue.
        let hasVoices = runs.contains { $0.voice != runs.first?.voice }
        if hasVoices || runs.contains(where: { $0.language != nil }), !holds(.spans) { report.add(.spans, place()) }
        if runs.contains(where: { !$0.classes.isEmpty }), !holds(.classes) { report.add(.classes, place()) }
        if runs.contains(where: { $0.appears != nil }), !holds(.innerTimes) { report.add(.innerTimes, place()) }
    }

    private mutating func count(_ track: Track, _ media: Media, _ place: () -> String) {
        if !track.category.isEmpty { holds(.text) ? countName(track.category, place) : report.add(.text, place()) }
        if track.keyframes.count > 1, !holds(.identity) { report.add(.identity, place()) }
        for keyframe in track.keyframes {
            if !keyframe.shape.isBox, !holds(.shapes) { report.add(.shapes, place()) }
            if keyframe.state != .visible || keyframe.isInterpolated, !holds(.visibility) { report.add(.visibility, place()) }
            if keyframe.confidence != nil, !holds(.confidence) { report.add(.confidence, place()) }
            for attribute in keyframe.attributes where isLost(attribute) { report.add(.attributes, "\(attribute.name) of \(place())") }
            countTime(keyframe.time, media, place)
        }
        if track.interpolation != .none, !holds(.visibility) { report.add(.visibility, place()) }
    }
}

extension Shape {
    fileprivate var isBox: Bool { if case .box = self { true } else { false } }
}
