import Timeline

/// What an annotation is about: a medium, and a part of it.
struct WebAnnotationTarget: Hashable {
    /// The IRI of the medium without its fragment, as a name.
    var media: String
    var fragment: MediaFragment
    /// Whether a time without an end is an instant, which Slate states with a member of its own.
    var isInstant = false
    /// Whether writing it anew gives the same JSON, order and white space aside: nothing else is said.
    var isPlain = true
    /// Where an object is at other times: the boxes of the targets after the first, where all are about one medium.
    var others: [Place] = []

    struct Place: Hashable {
        let time: Timestamp
        let box: Box
    }

    /// - Parameter json: the value of `target`; the first part of a list counts.
    init?(_ json: JSONValue) {
        switch json {
        case .string(let iri):
            self.init(iri: iri)
            isPlain = false
        case .array(let targets):
            guard let first = targets.first else { return nil }
            self.init(first)
            isPlain = isPlain && targets.count > 1 && readOthers(targets.dropFirst())
        case .object: self.init(resource: json)
        default: return nil
        }
    }

    /// The places of a list of targets that begins with the time of the whole.
    ///
    /// - Returns: whether they say nothing else.
    private mutating func readOthers(_ targets: ArraySlice<JSONValue>) -> Bool {
        guard fragment.box == nil, fragment.time != nil else { return false }
        var (places, arePlain) = ([Place](), true)
        for json in targets {
            guard json.object != nil, let target = WebAnnotationTarget(json), target.media == media, let time = target.fragment.time,
                let area = target.fragment.box, !area.isPercent
            else { return false }
            places.append(Place(time: time.start, box: area.box))
            if !target.isPlain || time.end != nil || !target.isInstant { arePlain = false }
        }
        others = places
        return arePlain
    }

    private init(iri: String) {
        let parts = iri.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        media = PercentEscapes.name(String(parts.first ?? ""), escaping: PercentEscapes.isForbiddenInMedia)
        fragment = MediaFragment(parts.count > 1 ? String(parts[1]) : "")
    }

    private init?(resource: JSONValue) {
        guard let source = resource["source"] else {
            guard let id = resource["id"]?.string ?? resource["@id"]?.string else { return nil }
            self.init(iri: id)
            isPlain = false
            return
        }
        guard let iri = source.string ?? source["id"]?.string else { return nil }
        self.init(iri: iri)
        if source.string == nil || iri.utf8.contains(.ascii("#")) { isPlain = false }
        isInstant = resource["slate:instant"] == .bool(true)
        read(resource["selector"])
        let known: Set<String> = ["source", "selector", "slate:instant"]
        if let members = resource.object, !members.allSatisfy({ known.contains($0.name) }) || Set(members.map(\.name)).count < members.count { isPlain = false }
    }

    /// Selectors refine one another; each fragment adds what it states. Bounded as JSON is.
    private mutating func read(_ selector: JSONValue?) {
        var (waiting, isFirst) = (selector.map { [$0] } ?? [], true)
        while let selector = waiting.popLast() {
            if case .array(let choices) = selector {
                // Any of them selects the same.
                isPlain = false
                if let first = choices.first(where: { $0["type"]?.string == "FragmentSelector" }) ?? choices.first { waiting.append(first) }
                continue
            }
            if selector["type"]?.string == "FragmentSelector", let value = selector["value"]?.string {
                let stated = MediaFragment(value)
                fragment.time = stated.time ?? fragment.time
                fragment.box = stated.box ?? fragment.box
            } else {
                isPlain = false
            }
            if !isFirst || !Self.isPlain(selector) { isPlain = false }
            isFirst = false
            if let next = selector["refinedBy"] { waiting.append(next) }
        }
    }

    private static func isPlain(_ selector: JSONValue) -> Bool {
        guard let members = selector.object, members.map(\.name).sorted() == ["conformsTo", "type", "value"] else { return false }
        guard selector["conformsTo"]?.string == fragmentSyntax, let value = selector["value"]?.string else { return false }
        let fragment = MediaFragment(value)
        guard let time = fragment.time, fragment.box?.isPercent != true else { return false }
        var written: [UInt8] = []
        let span = time.end.flatMap { Segment(start: time.start, end: $0) }.map(Span.segment) ?? .open(time.start)
        written.appendFragment(span, fragment.box?.box)
        return Array(value.utf8) == written
    }

    static let fragmentSyntax = "http://www.w3.org/TR/media-frags/"

    /// The label's span; from the start of the medium on where no time is stated.
    var span: Span {
        guard let time = fragment.time else { return .open(.zero) }
        if let end = time.end, let segment = Segment(start: time.start, end: end) { return .segment(segment) }
        return isInstant ? .instant(time.start) : .open(time.start)
    }
}
