import Timeline

/// The nodes of a cue's text as section 6.4 of the W3C text builds them, in document order.
///
///     WebVTTTree("<v Ann>Hi <b>you</b>").nodes.map(\.depth) == [0, 1, 1, 2]
///
/// A flat list, so that text nested to any depth costs neither recursion nor a chain of objects.
public struct WebVTTTree: Hashable, Sendable {
    public struct Node: Hashable, Sendable {
        public let kind: Kind
        /// Of a start tag, in the order of the text.
        public let classes: [String]
        /// The tag of the innermost `lang` around the node; nil outside any.
        public let language: String?
        /// How many nodes lie around this one.
        public let depth: Int
    }

    public enum Kind: Hashable, Sendable {
        case text(String)
        case timestamp(Timestamp)
        case `class`, italic, bold, underline, ruby, rubyText
        /// Who speaks; empty where the tag does not say.
        case voice(String)
        /// BCP 47 tag, as written.
        case language(String)
    }

    public private(set) var nodes: [Node] = []

    public init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ text: [UInt8]) {
        var open: [(kind: Kind, language: String?)] = []
        for token in WebVTTTokens(text, in: 0..<text.count) {
            let language = open.last?.language
            switch token {
            case .text(let range):
                add(.text(String(decoding: WebVTT.decoded(text, range), as: UTF8.self)), language, open.count)
            case .time(let reading): add(.timestamp(reading.time), language, open.count)
            case .start(let tag):
                guard let kind = Self.kind(tag, text, inRuby: open.last?.kind == .ruby) else { continue }
                let inner = if case .language(let name) = kind { name } else { language }
                add(kind, inner, open.count, classes: tag.classes.map(text.string))
                open.append((kind, inner))
            case .end(let name):
                guard let innermost = open.last?.kind else { continue }
                open.removeLast(Self.closed(by: text[name], innermost: innermost))
            }
        }
    }

    private mutating func add(_ kind: Kind, _ language: String?, _ depth: Int, classes: [String] = []) {
        nodes.append(Node(kind: kind, classes: classes, language: language, depth: depth))
    }

    /// Nil for a name that is no tag of WebVTT, and for `rt` outside `ruby`.
    private static func kind(_ tag: WebVTTTokens.StartTag, _ text: [UInt8], inRuby: Bool) -> Kind? {
        switch text.string(tag.name) {
        case "c": .class
        case "i": .italic
        case "b": .bold
        case "u": .underline
        case "ruby": .ruby
        case "rt": inRuby ? .rubyText : nil
        case "v": .voice(WebVTT.annotation(text, tag.annotation))
        case "lang": .language(WebVTT.annotation(text, tag.annotation))
        default: nil
        }
    }

    /// How many open nodes an end tag closes: one when the names agree, two for `</ruby>` inside `rt`.
    private static func closed(by name: ArraySlice<UInt8>, innermost kind: Kind) -> Int {
        if kind == .rubyText, name.elementsEqual("ruby".utf8) { return 2 }
        return name.elementsEqual(kind.tagName.utf8) ? 1 : 0
    }
}

extension WebVTTTree.Kind {
    /// The name of the tag; empty for text and times.
    public var tagName: String {
        switch self {
        case .text, .timestamp: ""
        case .class: "c"
        case .italic: "i"
        case .bold: "b"
        case .underline: "u"
        case .ruby: "ruby"
        case .rubyText: "rt"
        case .voice: "v"
        case .language: "lang"
        }
    }
}
