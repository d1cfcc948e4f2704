import Timeline

extension WebVTT {
    /// The runs of a cue's text by the W3C rules: tags `b i u c v lang ruby rt`, times, character references.
    ///
    /// Linear in the text; tags nested deeper than ``WebVTTLook/limit`` are passed over.
    static func runs(of text: [UInt8]) -> CueText {
        var builder = CueTextBuilder()
        var look = WebVTTLook()
        for token in WebVTTTokens(text, in: 0..<text.count) {
            switch token {
            case .text(let range): append(text, range, to: &builder)
            case .start(let tag): look.open(tag, text)
            case .end(let name): look.close(text[name])
            case .time(let reading): look.time = reading.time
            }
            builder.look = look.run
        }
        return builder.finish()
    }

    private static func append(_ text: [UInt8], _ range: Range<Int>, to builder: inout CueTextBuilder) {
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position] == .ascii("&"), let decoded = CharacterReference.decode(text, at: position) {
                builder.append(decoded.bytes)
                position = decoded.end
            } else {
                builder.append(text[position])
                position += 1
            }
        }
    }
}

/// The tags that are open at a place of a cue's text, and the look they give.
struct WebVTTLook {
    /// Open tags that are kept in mind. WebVTT states no limit; this one bounds the time and memory of hostile text.
    static let limit = 64

    private struct Open {
        var name: ArraySlice<UInt8>
        var before: TextRun
    }

    private var stack: [Open] = []
    /// Start tags beyond ``limit`` whose ends are still to come.
    private var ignored = 0
    private var look = TextRun("")
    var time: Timestamp?

    var run: TextRun {
        var run = look
        run.appears = time
        return run
    }

    mutating func open(_ tag: WebVTTTokens.StartTag, _ text: [UInt8]) {
        guard stack.count < Self.limit else { return ignored += 1 }
        stack.append(Open(name: text[tag.name], before: look))
        look.classes += tag.classes.map(text.string)
        let annotation = CharacterReference.decodeAll(Array(text[tag.annotation]))
        switch text.string(tag.name) {
        case "b": look.style.insert(.bold)
        case "i": look.style.insert(.italic)
        case "u": look.style.insert(.underlined)
        case "v": look.voice = annotation.isEmpty ? nil : annotation
        case "lang": look.language = annotation.isEmpty ? nil : annotation
        case "c", "ruby", "rt": break
        default:
            // Not a tag of WebVTT: it opens nothing.
            if let open = stack.popLast() { look = open.before }
        }
    }

    /// An end tag closes the innermost tag when the names agree; `</ruby>` closes an open `<rt>` too.
    mutating func close(_ name: ArraySlice<UInt8>) {
        guard ignored == 0 else { return ignored -= 1 }
        if name.elementsEqual("ruby".utf8), let top = stack.last, top.name.elementsEqual("rt".utf8) { pop() }
        guard let top = stack.last, top.name.elementsEqual(name) else { return }
        pop()
    }

    private mutating func pop() {
        guard let top = stack.popLast() else { return }
        look = top.before
    }
}

extension CharacterReference {
    /// A text with every reference decoded.
    static func decodeAll(_ text: [UInt8]) -> String {
        var bytes: [UInt8] = []
        var position = 0
        while position < text.count {
            if text[position] == .ascii("&"), let decoded = decode(text, at: position) {
                bytes += decoded.bytes
                position = decoded.end
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
