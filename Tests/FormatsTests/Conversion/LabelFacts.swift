import Timeline

@testable import Formats

/// What a corpus says, one feature at a time, without regard to the order of layers: two corpora that agree in the facts of a
/// feature have lost nothing of it.
struct LabelFacts {
    /// Times as they are in the formats compared.
    let grid: (Timestamp, FrameTiming?) -> Timestamp
    /// The features that can be compared; others would compare what is lost with what is not.
    let lost: Set<LabelFeature>

    /// The facts of each feature, sorted.
    func facts(_ corpus: Corpus) -> [LabelFeature: [String]] {
        var facts: [LabelFeature: [String]] = [:]
        for document in corpus.documents where document.labelCount > 0 {
            let media = corpus.documents.count(where: { $0.labelCount > 0 }) > 1 && !lost.contains(.media) && !lost.contains(.names) ? document.media.name : ""
            add(document, media, to: &facts)
        }
        return facts.mapValues { $0.sorted() }
    }

    private func add(_ document: Document, _ name: String, to facts: inout [LabelFeature: [String]]) {
        facts[.relations, default: []] += document.relations.map { "\($0.kind) \($0.from) \($0.to)" }
        let (media, duration) = (document.media, document.media.duration)
        facts[.mediaFacts, default: []] += media == Media(name: media.name, duration: duration) ? [] : ["\(media)"]
        // A label without an end may reach to the end of the media, which is then not told apart from it.
        if !lost.contains(.openEnds) { facts[.duration, default: []] += duration.map { ["\($0.ticks)"] } ?? [] }
        let layers = document.layers.filter { !$0.labels.isEmpty }
        for layer in layers {
            facts[.layerLanguage, default: []] += layer.language.map { [$0] } ?? []
            facts[.layerSpeaker, default: []] += layer.speaker.map { [$0] } ?? []
            facts[.layerParents, default: []] += layer.parent.map { ["\($0) \(layer.constraint?.rawValue ?? "")"] } ?? []
            for label in layer.labels { add(label, layer, layers.count > 1, document.media, name, to: &facts) }
        }
    }

    private func add(
        _ label: Label, _ layer: Layer, _ isOneOfMany: Bool, _ media: Media, _ name: String, to facts: inout [LabelFeature: [String]]
    ) {
        // The rate that the tests write with.
        let timing = media.video?.timing ?? FrameRate(25).map(FrameTiming.constant)
        let (start, end) = (grid(label.span.start, timing).ticks, grid(label.span.end, timing).ticks)
        if lost.contains(.identity), case .track(let stated) = label.content, stated.keyframes.count > 1 || stated.interpolation != .none {
            // Each frame is a label of its own.
            for keyframe in (timing.flatMap { stated.everyFrame($0) } ?? stated).keyframes {
                var one = label
                one.span = .instant(keyframe.time)
                one.content = .track(Track(stated.category, keyframes: [keyframe]))
                add(one, layer, isOneOfMany, media, name, to: &facts)
            }
            return
        }
        // Where instants get a length, only starts can be compared.
        let place = "\(name) \(start)" + (lost.contains(.instants) || lost.contains(.openEnds) || lost.contains(.visibility) ? "" : " \(end)")
        facts[.labels, default: []].append(place)
        facts[.kind, default: []].append("\(place) \(layer.kind)")
        if case .instant = label.span { facts[.instants, default: []].append("\(name) \(start)") }
        if case .open = label.span { facts[.openEnds, default: []].append("\(name) \(start)") }
        if !label.id.isCounter { facts[.ids, default: []].append(label.id.name) }
        if let confidence = label.confidence { facts[.confidence, default: []].append("\(place) \(confidence.value)") }
        if label.review != .candidate { facts[.review, default: []].append("\(place) \(label.review)") }
        if isOneOfMany { facts[.layers, default: []].append("\(place) \(layer.id)") }
        add(label.content, timing, place, to: &facts)
    }

    private func add(_ content: Content, _ timing: FrameTiming?, _ place: String, to facts: inout [LabelFeature: [String]]) {
        func say(_ feature: LabelFeature, _ text: String?) { if let text { facts[feature, default: []].append("\(place) \(text)") } }
        if case .turn(let turn) = content { say(.text, turn.text) } else { say(.text, content.plainText.isEmpty ? nil : content.plainText) }
        say(.speaker, content.speaker)
        switch content {
        case .cue(let cue):
            let hasVoices = cue.text.runs.contains { $0.voice != cue.text.runs.first?.voice }
            for run in cue.text.runs {
                if run.style != [] { say(.style, "\(run.text) \(run.style.rawValue)") }
                let voice = hasVoices ? run.voice : nil
                if voice != nil || run.language != nil { say(.spans, "\(run.text) \(voice ?? "") \(run.language ?? "")") }
                if !run.classes.isEmpty { say(.classes, "\(run.text) \(run.classes)") }
                if let time = run.appears { say(.innerTimes, "\(run.text) \(grid(time, nil).ticks)") }
            }
        case .phone(let phone): say(.alphabet, phone.alphabet)
        case .tag(let tag): say(.vocabulary, tag.vocabulary)
        case .entity(let entity): say(.entityWords, entity.words.isEmpty ? nil : "\(entity.words)")
        case .emotion(let emotion): if emotion != Emotion(categories: emotion.categories.prefix(1).map { ScoredName($0.name) }) { say(.emotionScores, "\(emotion)") }
        case .track(let track): add(track, timing, place, to: &facts)
        case .word, .turn: break
        }
    }

    private func add(_ stated: Track, _ timing: FrameTiming?, _ place: String, to facts: inout [LabelFeature: [String]]) {
        // Where keyframes are not told from others, every frame is compared.
        let track = lost.contains(.visibility) ? timing.flatMap { stated.everyFrame($0) } ?? stated : stated
        if track.keyframes.count > 1 { facts[.identity, default: []].append("\(place) \(track.keyframes.count)") }
        for keyframe in track.keyframes {
            let time = grid(keyframe.time, timing).ticks
            facts[.shapes, default: []].append("\(place) \(time) \(keyframe.shape)")
            if keyframe.state != .visible || keyframe.isInterpolated { facts[.visibility, default: []].append("\(place) \(time) \(keyframe.state) \(keyframe.isInterpolated)") }
            if let confidence = keyframe.confidence { facts[.confidence, default: []].append("\(place) \(time) \(confidence.value)") }
        }
        if track.interpolation != .none { facts[.visibility, default: []].append("\(place) \(track.interpolation)") }
    }
}
