import Timeline

/// The timed part of a TTML document: regions, body, divisions, paragraphs, spans, text, in the order of the file.
struct TTMLTree {
    var clock = TTMLClock()
    /// A node stands before everything inside it.
    var nodes: [TTMLNode] = []
    /// The head as it stood, written again from its events; nil where there was none.
    var head: [UInt8]?
    /// Attributes of the root as the file named them.
    var root: [(name: String, value: String)] = []
    /// Addresses of the prefixes that the file used.
    var namespaces: [String: String] = [:]

    /// Who speaks: `ttm:agent` elements with their names.
    var agents: [(id: String, name: String, isInHead: Bool)] = []

    /// The regions, in order.
    var regions: [Int] { nodes.indices.filter { nodes[$0].kind == .region } }

    func name(ofAgent id: String) -> String { agents.first { $0.id == id }?.name ?? id }
}

/// An element or a text of a TTML document.
struct TTMLNode {
    enum Kind { case region, body, division, paragraph, span, lineBreak, text, set }

    var kind: Kind
    /// The node that it stands in; -1 for the body and regions.
    var parent: Int
    var position = TextPosition(line: 1)
    /// As stated, relative to what the parent says.
    var begin: TimeDelta?
    var end: TimeDelta?
    var duration: TimeDelta?
    /// `timeContainer="seq"`.
    var isSequence = false
    var id: String?
    /// The region that it or the nearest ancestor names.
    var region: String?
    var language: String?
    /// `ttm:agent`: the id of the first who speaks.
    var agent: String?
    var style = TextStyle()
    /// `tts:display="none"`, own or by the style; of a ``Kind/set`` the value that it sets.
    var isHidden = false
    /// Whether a ``Kind/set`` sets `tts:display`.
    var setsDisplay = false
    var keepsSpace = false
    /// Whether text directly inside counts for nothing: ruby containers.
    var dropsText = false
    var text: [UInt8] = []
    /// The attributes that the model has no place for.
    var attributes: [Attribute] = []
    /// What stands inside a paragraph, where it says more than text with the looks of ``TextStyle``.
    var content: [UInt8]?

    /// When the node is active, on the document's time line; nil when never. Set by ``TTMLTree/resolveTimes()``.
    var active: TTMLInterval?
}

/// A stretch of time that may have no end.
struct TTMLInterval: Hashable {
    var begin: Timestamp
    /// Nil for no end.
    var end: Timestamp?

    func contains(_ time: Timestamp) -> Bool { begin <= time && end.map { time < $0 } ?? true }
}
