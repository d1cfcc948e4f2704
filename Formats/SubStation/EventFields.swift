/// Which field of an event line is which, as the section's Format line says.
struct EventFields: Hashable, Sendable {
    /// In lower case.
    let names: [String]
    let start, end, style, name, text: Int?
    /// The attribute that a field goes into, and what most events state there; nil for a field that the model holds.
    let kept: [Kept?]

    struct Kept: Hashable, Sendable {
        let attribute, usual: String
        let usualBytes: [UInt8]

        init(_ name: String) {
            attribute = "ass.\(name)"
            usual = EventFields.usual(name)
            usualBytes = Array(usual.utf8)
        }
    }

    var count: Int { names.count }

    /// What an event line is made of.
    enum Part: Hashable, Sendable {
        case literal([UInt8])
        case start, end, name, text
    }

    /// What stands in a field: one that the model holds, or its usual value.
    func part(_ index: Int) -> Part {
        if let kept = kept[index] { return .literal(kept.usualBytes) }
        return index == start ? .start : index == end ? .end : index == name ? .name : .text
    }

    /// An event whose fields state what is usual, but for those that the model holds.
    var usualParts: [Part] {
        var parts: [Part] = []
        var literal: [UInt8] = []
        for index in 0..<count {
            if index > 0 { literal.append(.ascii(",")) }
            guard case .literal(let usual) = part(index) else {
                parts += literal.isEmpty ? [part(index)] : [.literal(literal), part(index)]
                literal = []
                continue
            }
            literal += usual
        }
        return parts + (literal.isEmpty ? [] : [.literal(literal)])
    }

    /// Fields beside each other that the model does not hold.
    let keptRuns: [ClosedRange<Int>]

    /// The order that the v4+ specification gives, for files without a Format line.
    static let standard = EventFields(names: [
        "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text",
    ])

    /// - Parameter names: in lower case.
    init(names: [String]) {
        self.names = names
        start = names.firstIndex(of: "start")
        end = names.firstIndex(of: "end")
        style = names.firstIndex(of: "style")
        name = names.firstIndex(of: "name") ?? names.firstIndex(of: "actor")
        text = names.firstIndex(of: "text")
        let held = [start, end, name, text]
        kept = names.indices.map { held.contains($0) ? nil : Kept(names[$0]) }
        keptRuns = names.indices.filter { !held.contains($0) }.reduce(into: []) { runs, index in
            if let last = runs.last, last.upperBound == index - 1 {
                runs[runs.count - 1] = last.lowerBound...index
            } else {
                runs.append(index...index)
            }
        }
    }

    /// The fields that a Format line names.
    init(_ text: [UInt8], _ list: Range<Int>) {
        self.init(
            names: text[list].split(separator: .ascii(","), omittingEmptySubsequences: false).map { field in
                text.string(text.trimmed(field.startIndex..<field.endIndex)).lowercased()
            })
    }

    /// What a field states where there is nothing to say.
    private static func usual(_ name: String) -> String {
        switch name {
        case "layer", "marginl", "marginr", "marginv", "margint", "marginb": "0"
        case "marked": "Marked=0"
        case "style": "Default"
        default: ""
        }
    }

    /// Whether an event can be read by it: both times are there and the text is the last field.
    var isUsable: Bool { start != nil && end != nil && text == count - 1 }

    /// The fields of an event, so many: all but the last end at a comma. False when there are too few.
    static func split(_ text: [UInt8], _ range: Range<Int>, count: Int, into fields: inout [Range<Int>]) -> Bool {
        fields.removeAll(keepingCapacity: true)
        var position = range.lowerBound
        while fields.count < count - 1 {
            var comma = position
            while comma < range.upperBound, text[comma] != .ascii(",") { comma += 1 }
            guard comma < range.upperBound else { return false }
            fields.append(position..<comma)
            position = comma + 1
        }
        fields.append(position..<range.upperBound)
        return true
    }
}
