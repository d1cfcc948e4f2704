/// A change of clock: times are scaled by a ratio around zero, then shifted.
///
///     TimeMap(scale: (25_000, 23_976))    // from 25 to 23.976 frames a second
public struct TimeMap: Hashable, Sendable {
    public let numerator, denominator: Int64
    public let shift: TimeDelta

    /// Nil unless both parts of the scale are above zero.
    public init?(scale: (numerator: Int64, denominator: Int64) = (1, 1), shift: TimeDelta = .zero) {
        guard scale.numerator > 0, scale.denominator > 0 else { return nil }
        (numerator, denominator, self.shift) = (scale.numerator, scale.denominator, shift)
    }

    /// The mapped time, rounded once to a tick; nil when it does not fit.
    public func callAsFunction(_ time: Timestamp) -> Timestamp? {
        guard let ticks = time.ticks.scaled(by: numerator, over: denominator) else { return nil }
        let mapped = Timestamp(ticks: ticks) + shift
        return mapped.isRepresentable ? mapped : nil
    }
}

extension Document {
    /// The document with every time mapped. Labels whose times do not fit afterwards are left out.
    public func mapped(_ map: TimeMap) -> Document {
        var document = self
        document.media.duration = media.duration.flatMap { map(Timestamp.zero + $0) }.map { $0 - (map(Timestamp.zero) ?? .zero) }
        for layer in layers.indices {
            document.layers[layer].labels = LabelList(layers[layer].labels.lazy.compactMap { $0.mapped { map($0) } })
        }
        return document
    }

    /// The part between two times, moved so that it starts at zero. Labels that lie across an end are cut there.
    public func cut(_ part: Segment) -> Document {
        var document = self
        document.media.duration = part.duration
        for layer in layers.indices {
            document.layers[layer].labels = LabelList(layers[layer].labels.lazy.compactMap { $0.cut(part) })
        }
        let kept = Set(document.layers.lazy.flatMap { $0.labels.lazy.map(\.id) })
        document.relations = relations.filter { kept.contains($0.from) && kept.contains($0.to) }
        return document
    }

    /// This document and a later one behind it, the second moved by an offset. Layers of one id and kind become one; ids that
    /// both use get a number.
    public func joined(with later: Document, at offset: TimeDelta) -> Document {
        guard let map = TimeMap(shift: offset) else { return self }
        var (document, second) = (self, later.mapped(map))
        second.makeIDsDiffer(from: document)
        for layer in second.layers {
            if let same = document.layers.firstIndex(where: { $0.id == layer.id && $0.kind == layer.kind }) {
                document.layers[same].labels.append(contentsOf: layer.labels)
            } else {
                document.layers.append(layer)
            }
        }
        document.media.duration = later.media.duration.map { offset + $0 }
        document.relations += second.relations
        let known = Set(document.sources.map(\.id))
        document.sources += second.sources.filter { !known.contains($0.id) }
        return document
    }

    private mutating func makeIDsDiffer(from other: Document) {
        var taken = Set(other.layers.lazy.flatMap { $0.labels.lazy.map(\.id) })
        var renamed: [LabelID: LabelID] = [:]
        for layer in layers.indices {
            for index in layers[layer].labels.indices {
                let label = layers[layer].labels[index]
                var (id, number) = (label.id, 2)
                while !taken.insert(id).inserted {
                    id = LabelID("\(label.id.name)-\(number)")
                    number += 1
                }
                guard id != label.id else { continue }
                renamed[label.id] = id
                layers[layer].labels[index] = label.renamed(id)
            }
        }
        relations = relations.map { Relation(kind: $0.kind, from: renamed[$0.from] ?? $0.from, to: renamed[$0.to] ?? $0.to) }
    }
}

extension Label {
    /// The label with its times mapped, those inside its content too; nil when one does not fit.
    public func mapped(_ map: (Timestamp) -> Timestamp?) -> Label? {
        guard let span = span.mapped(map), let content = content.mapped(map) else { return nil }
        var label = self
        (label.span, label.content) = (span, content)
        return label
    }

    func cut(_ part: Segment) -> Label? {
        let back = { (time: Timestamp) -> Timestamp? in time - (part.start - Timestamp.zero) }
        var label = self
        switch span {
        case .instant(let time), .open(let time):
            guard part.start <= time, time < part.end else { return nil }
        case .segment(let segment):
            guard let common = segment.intersection(part) else { return nil }
            label.span = .segment(common)
        }
        if case .track(var track) = label.content {
            track.keyframes.removeAll { $0.time < part.start || $0.time >= part.end }
            guard !track.keyframes.isEmpty else { return nil }
            label.content = .track(track)
        }
        return label.mapped(back)
    }

    func renamed(_ id: LabelID) -> Label {
        Label(id: id, span: span, content: content, confidence: confidence, source: source, review: review, attributes: attributes)
    }
}

extension Span {
    func mapped(_ map: (Timestamp) -> Timestamp?) -> Span? {
        switch self {
        case .instant(let time):
            guard let mapped = map(time) else { return nil }
            return .instant(mapped)
        case .open(let time):
            guard let mapped = map(time) else { return nil }
            return .open(mapped)
        case .segment(let segment):
            guard let start = map(segment.start), let end = map(segment.end) else { return nil }
            return Segment(start: start, end: end).map(Span.segment)
        }
    }
}

extension Content {
    /// The content with the times inside it mapped.
    func mapped(_ map: (Timestamp) -> Timestamp?) -> Content? {
        switch self {
        case .cue(var cue):
            for run in cue.text.runs.indices {
                guard let time = cue.text.runs[run].appears else { continue }
                guard let mapped = map(time) else { return nil }
                cue.text.runs[run].appears = mapped
            }
            return .cue(cue)
        case .track(var track):
            for index in track.keyframes.indices {
                guard let mapped = map(track.keyframes[index].time) else { return nil }
                track.keyframes[index].time = mapped
            }
            return .track(track)
        case .word, .phone, .turn, .emotion, .tag, .entity: return self
        }
    }
}
