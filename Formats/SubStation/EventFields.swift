/// Which field of an event line is which, as the section's Format line says.
struct EventFields: Hashable, Sendable {
    private(set) var count: Int
    private(set) var start, end, style, name, text: Int?

    /// The order that the v4+ specification gives, for files without a Format line.
    static let standard = EventFields(names: [
        "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text",
    ])

    /// - Parameter names: in lower case.
    init(names: [String]) {
        count = names.count
        start = names.firstIndex(of: "start")
        end = names.firstIndex(of: "end")
        style = names.firstIndex(of: "style")
        name = names.firstIndex(of: "name") ?? names.firstIndex(of: "actor")
        text = names.firstIndex(of: "text")
    }

    /// Whether an event can be read by it: both times are there and the text is the last field.
    var isUsable: Bool { start != nil && end != nil && text == count - 1 }

    /// The fields of an event: all but the last end at a comma. Nil when there are too few.
    func split(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>]? {
        var fields: [Range<Int>] = []
        fields.reserveCapacity(count)
        var position = range.lowerBound
        while fields.count < count - 1 {
            guard let comma = text.position(of: .ascii(","), in: position..<range.upperBound) else { return nil }
            fields.append(position..<comma)
            position = comma + 1
        }
        fields.append(position..<range.upperBound)
        return fields
    }
}
