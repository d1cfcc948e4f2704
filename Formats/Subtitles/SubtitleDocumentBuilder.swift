import Timeline

/// Makes a document of what a subtitle reader finds: one layer of cues in file order, and one of comments where there are some.
///
/// What the model does not name is kept in attributes of the format: the head and the blocks before the first cue in those of the
/// document, blocks before another cue in those of its label, blocks behind the last one in `<format>.end`.
struct SubtitleDocumentBuilder<Syntax: SubtitleSyntax>: SubtitleSink {
    private let source: SourceID?
    /// New times for the cues, nil to leave one out; the file's own where the list is nil.
    private let segments: [Segment?]?
    private var cues = LabelList()
    private var comments = LabelList()
    private var head: [Attribute] = []
    /// Blocks that stand before a cue which is still to come.
    private var waiting: [Attribute] = []
    private var cueCount = 0

    init(source: SourceID? = nil, segments: [Segment?]? = nil) { (self.source, self.segments) = (source, segments) }

    func document(media: Media, sources: [Source] = []) -> Document {
        var layers = [Layer(id: "subtitles", kind: .cues, labels: cues)]
        if !comments.isEmpty {
            layers.append(Layer(id: "comments", kind: .cues, labels: comments, attributes: [Attribute(Layer.hiddenCues, "comment")]))
        }
        let end = waiting.map { Attribute("\(Syntax.prefix)end", $0.value) }
        return Document(media: media, layers: layers, sources: sources, attributes: head + end)
    }

    /// Makes room for what a text of a size may say.
    mutating func reserve(bytes count: Int) { cues.reserveCapacity(count / 64, textBytes: count) }

    mutating func addHead(_ range: Range<Int>, of text: [UInt8]) {
        let stated = LineEnds.unified(text, range)
        if stated != Syntax.usualHead { head.append(Attribute("\(Syntax.prefix)head", stated)) }
    }

    mutating func addBlock(_ block: SubtitleBlock, of text: [UInt8]) {
        let attribute = Attribute("\(Syntax.prefix)block", LineEnds.unified(text, block.range))
        if cueCount == 0, comments.isEmpty { head.append(attribute) } else { waiting.append(attribute) }
    }

    mutating func addCue(_ found: FoundCue, of text: [UInt8]) {
        cueCount += 1
        guard let segments else {
            if !appendPlain(found, text) { cues.append(label(found, text, "c", cueCount, nil)) }
            return
        }
        guard let segment = segments[cueCount - 1] else { return }
        cues.append(label(found, text, "c", cueCount, segment))
    }

    mutating func addComment(_ found: FoundCue, of text: [UInt8]) {
        var label = label(found, text, "n", comments.count + 1, nil)
        label.attributes.append(Attribute("\(Syntax.prefix)place", String(cueCount)))
        comments.append(label)
    }

    /// Appends a cue that is characters and times as most are; false for any other.
    private mutating func appendPlain(_ found: FoundCue, _ text: [UInt8]) -> Bool {
        guard found.isPlainlyTimed, waiting.isEmpty, !found.repeatsIdentifier, let segment = Segment(start: found.start, end: found.end),
            let plain = Syntax.plain(found, in: text)
        else { return false }
        var attributes = plain.attributes.isEmpty ? found.attributes : found.attributes.isEmpty ? plain.attributes : found.attributes + plain.attributes
        let id = id(found, text, &attributes) ?? LabelID(counter: "c", cueCount)
        cues.append(cue: plain.bytes, plain.range, id: id, span: .segment(segment), speaker: plain.speaker, source: source, attributes: attributes)
        return true
    }

    private mutating func label(_ found: FoundCue, _ text: [UInt8], _ letter: Unicode.Scalar, _ number: Int, _ segment: Segment?) -> Label {
        var content = Syntax.content(of: found, in: text)
        if !found.attributes.isEmpty { content.attributes = content.attributes.isEmpty ? found.attributes : found.attributes + content.attributes }
        if !waiting.isEmpty {
            content.attributes += waiting
            waiting = []
        }
        if let segment {
            move(&content.cue, from: found, to: segment)
        } else if !found.isPlainlyTimed, let times = StatedTimes.value(found, text, Syntax.self) {
            content.attributes.append(Attribute("\(Syntax.prefix)times", times))
        }
        let id = id(found, text, &content.attributes) ?? LabelID(counter: letter, number)
        let span = segment ?? SubtitleCue.segment(from: found.start, to: found.end)
        return Label(id: id, span: .segment(span), content: .cue(content.cue), source: source, attributes: content.attributes)
    }

    /// The stated identifier. One that counts as made by a reader, or that stood before, goes into an attribute: ids are unique.
    private func id(_ found: FoundCue, _ text: [UInt8], _ attributes: inout [Attribute]) -> LabelID? {
        guard Syntax.subtitleFormat == .webVTT, !found.places.identifier.isEmpty else { return nil }
        let id = LabelID(String(decoding: CueBytes.normalised(text, found.places.identifier.range), as: UTF8.self))
        guard found.repeatsIdentifier || id.isCounter else { return id }
        attributes.append(Attribute("\(Syntax.prefix)id", id.name))
        return nil
    }

    /// Moves the times inside a text in proportion to their place in the cue.
    private func move(_ cue: inout Cue, from found: FoundCue, to segment: Segment) {
        guard let old = Segment(start: found.start, end: found.end), old != segment else { return }
        for run in cue.text.runs.indices { cue.text.runs[run].appears = cue.text.runs[run].appears.map { old.map($0, onto: segment) } }
    }
}

extension LabelID {
    /// A letter and a number, as readers make ids.
    fileprivate init(counter letter: Unicode.Scalar, _ number: Int) {
        self.init(
            String(unsafeUninitializedCapacity: 21) { buffer in
                var (rest, length) = (number, 1)
                repeat {
                    rest /= 10
                    length += 1
                } while rest > 0
                rest = number
                for index in stride(from: length - 1, to: 0, by: -1) {
                    buffer[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                buffer[0] = .ascii(letter)
                return length
            })
    }
}

/// Line ends as `\n`.
enum LineEnds {
    static func unified(_ text: [UInt8], _ range: Range<Int>) -> String { String(decoding: CueBytes.normalised(text, range), as: UTF8.self) }
}
