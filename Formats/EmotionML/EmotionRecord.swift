import Timeline

/// An emotion as the file states it, before its time is known.
struct EmotionRecord {
    let position: TextPosition
    var id: String?
    var body = EmotionBody()
    var sets: [EmotionDescriptorKind: String] = [:]
    /// Those that are no times.
    var attributes: [Attribute] = []
    /// Milliseconds. `start` and `end` are counted from 1970.
    var start, end, duration, offset: Int64?
    var reference: String?
    var anchor: String?

    init(_ tag: borrowing XMLTag, _ reader: EmotionMLReader) throws(FormatError) {
        position = tag.position
        for index in 0..<tag.count {
            let value = tag.string(index)
            switch tag.attributeName(index).description {
            case "id": id = value
            case "start": start = try Self.time(tag, index, reader)
            case "end": end = try Self.time(tag, index, reader)
            case "duration": duration = try Self.time(tag, index, reader)
            case "offset-to-start": offset = try Self.time(tag, index, reader, isSigned: true)
            case "time-ref-uri": reference = value
            case "time-ref-anchor-point":
                anchor = value
                if value != "start", value != "end" {
                    try reader.remark("emotionml-anchor", at: tag.position, found: "anchor point '\(value)'", expected: "start or end", effect: "it counts as start")
                }
            case let name:
                if let kind = EmotionDescriptorKind.allCases.first(where: { $0.set == name }) { sets[kind] = value }
                if tag.attributeName(index).namespace.isEmpty { attributes.append(Attribute("emotionml.\(name)", value)) }
            }
        }
    }

    private static func time(_ tag: borrowing XMLTag, _ index: Int, _ reader: EmotionMLReader, isSigned: Bool = false) throws(FormatError) -> Int64? {
        let range = tag.range(index)
        if let value = Int64(bytes: tag.bytes, range), isSigned || value >= 0, Timestamp.milliseconds(value).isRepresentable { return value }
        try reader.remark(
            "emotionml-time", at: tag.position, found: "\(tag.attributeName(index)) \(tag.bytes.excerpt(range))",
            expected: isSigned ? "whole milliseconds" : "whole milliseconds, zero or more", effect: "it is left out")
        return nil
    }

    /// How the file says when the emotion is; a writer says it the same way.
    enum Timing: String {
        /// `offset-to-start` and `duration`.
        case offset
        /// `start` with `end`, with `duration`, or alone.
        case end, duration, start
        /// The times of the medium in the address of a reference.
        case fragment
        case none
    }

    var timing: Timing {
        if offset != nil { return .offset }
        if start != nil { return end != nil ? .end : duration != nil ? .duration : .start }
        return fragment == nil ? .none : .fragment
    }

    /// The time that a reference to a medium names: `film.mp4#t=3,42.2` (Media Fragments URI 1.0, section 4.2.1, in seconds).
    var fragment: (media: String, span: Span)? {
        for reference in body.references where reference.role == "expressedBy" {
            if let media = EmotionMLMedia.name(of: reference.uri), let span = EmotionMLMedia.span(of: reference.uri) { return (media, span) }
        }
        return nil
    }

    /// The medium that the emotion is on; nil where none is named.
    var media: String? {
        if let reference, !reference.hasPrefix("#"), let name = EmotionMLMedia.name(of: reference) { return name }
        return body.references.lazy.filter { $0.role == "expressedBy" }.compactMap { EmotionMLMedia.name(of: $0.uri) }.first
    }
}

/// Addresses of media.
enum EmotionMLMedia {
    /// The last part of the path; nil for an address inside the file.
    static func name(of uri: String) -> String? {
        guard let path = uri.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first, let last = path.split(separator: "/").last else { return nil }
        let name = String(last).percentDecoded
        return name.isEmpty ? nil : name
    }

    static func span(of uri: String) -> Span? {
        guard let fragment = uri.split(separator: "#", maxSplits: 1).dropFirst().first else { return nil }
        guard let part = fragment.split(separator: "&").first(where: { $0.hasPrefix("t=") })?.dropFirst(2) else { return nil }
        let times = (part.hasPrefix("npt:") ? part.dropFirst(4) : part).split(separator: ",", omittingEmptySubsequences: false).map { Array($0.utf8) }
        func time(_ text: [UInt8]) -> Timestamp? { DecimalSeconds(text, 0..<text.count).map { Timestamp(ticks: $0.ticks) } }
        guard let first = times.first, times.count <= 2, let start = first.isEmpty ? .zero : time(first) else { return nil }
        guard times.count == 2 else { return .open(start) }
        return time(times[1]).flatMap { Segment(start: start, end: $0) }.map(Span.segment)
    }
}

extension EmotionMLReader {
    /// The emotions as labels, a document for each medium that they name.
    func corpus(media name: String) throws(FormatError) -> Corpus {
        var builder = CorpusBuilder()
        for attribute in attributes { builder.add(attribute) }
        let spans = try spans()
        let ids = try labelIDs()
        for (index, emotion) in emotions.enumerated() {
            try checkSets(emotion)
            let place = builder.place(media: emotion.media ?? name, layer: "emotions") { Layer(id: "emotions", kind: .emotions) }
            builder.add(label(emotion, ids[index], spans[index]), at: place)
        }
        guard !builder.corpus.documents.isEmpty else { return Corpus([Document(media: Media(name: name))], attributes: builder.corpus.attributes) }
        return builder.corpus
    }

    private func checkSets(_ emotion: EmotionRecord) throws(FormatError) {
        for descriptor in emotion.body.descriptors {
            let set = emotion.sets[descriptor.kind] ?? rootSets[descriptor.kind]
            guard let problem = vocabularies.problem(of: descriptor, in: set) else { continue }
            try remark(problem.code, at: descriptor.position, found: problem.found, expected: problem.expected, effect: "it is kept")
        }
    }

    /// The ids that the file states, others counted.
    private func labelIDs() throws(FormatError) -> [LabelID] {
        var taken = Set(emotions.compactMap(\.id))
        var (seen, ids, number) = (Set<String>(), [LabelID](), 0)
        for emotion in emotions {
            if let id = emotion.id, !id.isEmpty {
                if seen.insert(id).inserted {
                    ids.append(LabelID(id))
                    continue
                }
                try remark("emotionml-id", at: emotion.position, found: "id '\(id)' again", expected: "an id that nothing else has", effect: "the emotion gets one of its own")
            }
            repeat { number += 1 } while !taken.insert("e\(number)").inserted
            ids.append(LabelID("e\(number)"))
        }
        return ids
    }

    private func label(_ emotion: EmotionRecord, _ id: LabelID, _ span: Span) -> Label {
        var attributes = emotion.attributes
        if id.isCounter, emotion.id == id.name { attributes.append(Attribute("emotionml.id", id.name)) }
        let content = emotion.body.emotion
        if emotion.body.text != EmotionMLWriter.body(content, emotion.body.confidence) { attributes.append(Attribute("emotionml.body", emotion.body.text)) }
        if emotion.timing != .offset { attributes.append(Attribute("emotionml.timing", emotion.timing.rawValue)) }
        // Without an offset the writer has no place of its own for the medium's name.
        if let reference = emotion.reference, emotion.timing != .offset || EmotionMLMedia.name(of: reference).map({ $0.percentEncoded() != reference }) ?? true {
            attributes.append(Attribute("emotionml.time-ref-uri", reference))
        }
        if emotion.reference == nil, emotion.timing == .offset { attributes.append(Attribute("emotionml.time-ref-uri", "")) }
        if let anchor = emotion.anchor { attributes.append(Attribute("emotionml.time-ref-anchor-point", anchor)) }
        return Label(id: id, span: span, content: .emotion(content), confidence: emotion.body.confidence, attributes: attributes)
    }

    // MARK: Times

    /// When each emotion is. One that refers to another by `time-ref-uri` counts from that one's start or end.
    private func spans() throws(FormatError) -> [Span] {
        let numbers = Dictionary(emotions.enumerated().compactMap { index, emotion in emotion.id.map { ($0, index) } }, uniquingKeysWith: { first, _ in first })
        var spans: [Span?] = Array(repeating: nil, count: emotions.count)
        for start in emotions.indices where spans[start] == nil {
            var (path, isOnPath) = ([start], Set([start]))
            while let index = path.last {
                if let target = reference(of: emotions[index], numbers), spans[target] == nil {
                    if isOnPath.insert(target).inserted {
                        path.append(target)
                        continue
                    }
                    try remark("emotionml-time-ref", at: emotions[index].position, found: "an emotion whose time depends on itself", effect: "it counts from zero")
                }
                spans[index] = try span(emotions[index], origin: reference(of: emotions[index], numbers).flatMap { spans[$0] })
                path.removeLast()
            }
        }
        return spans.map { $0 ?? .instant(.zero) }
    }

    private func reference(of emotion: EmotionRecord, _ numbers: [String: Int]) -> Int? {
        guard emotion.offset != nil, let reference = emotion.reference, reference.hasPrefix("#") else { return nil }
        return numbers[String(reference.dropFirst())]
    }

    private func span(_ emotion: EmotionRecord, origin: Span?) throws(FormatError) -> Span {
        switch emotion.timing {
        case .none: return .instant(.zero)
        case .fragment: return emotion.fragment?.span ?? .instant(.zero)
        case .offset:
            let anchor = emotion.anchor == "end" ? origin?.end : origin?.start
            return Self.span((anchor ?? .zero) + .milliseconds(emotion.offset ?? 0), lasting: emotion.duration)
        case .start, .duration: return Self.span(.milliseconds(emotion.start ?? 0), lasting: emotion.duration)
        case .end:
            let (start, end) = (emotion.start ?? 0, emotion.end ?? 0)
            if end < start {
                try remark("emotionml-length", at: emotion.position, found: "an end before the start", effect: "the label stands at its start")
            } else if let duration = emotion.duration, end - start != duration {
                try remark("emotionml-length", at: emotion.position, found: "a duration of \(duration) ms", expected: "\(end - start) ms from start to end", effect: "the end counts")
            }
            return Self.span(.milliseconds(start), lasting: max(0, end - start))
        }
    }

    private static func span(_ start: Timestamp, lasting duration: Int64?) -> Span {
        guard let duration else { return .open(start) }
        return Segment(start: start, end: start + .milliseconds(duration)).map(Span.segment) ?? .instant(start)
    }
}
