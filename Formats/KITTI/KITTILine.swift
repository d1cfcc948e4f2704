import Timeline

/// One line of a KITTI label file in its fields.
struct KITTILine {
    private let text: [UInt8]
    private let fields: LineFields
    /// Where the type stands: 2 in the tracking form, 0 in the detection form.
    private let first: Int
    let box: Box
    /// Nil in the detection form.
    let frame, identity: Int?

    /// Nil unless the line has 17 or 18 fields with frame and identity, or 15 or 16 without, and numbers where they belong.
    init?(_ text: [UInt8], _ line: Range<Int>) {
        let fields = LineFields(text, line)
        switch fields.count {
        case 17, 18: first = 2
        case 15, 16: first = 0
        default: return nil
        }
        guard let left = text.double(fields[first + 4]), let top = text.double(fields[first + 5]), let right = text.double(fields[first + 6]),
            let bottom = text.double(fields[first + 7]), text.double(fields[first]) == nil
        else { return nil }
        for index in [1, 2, 3] + Array(8..<15) where text.double(fields[first + index]) == nil { return nil }
        (self.text, self.fields) = (text, fields)
        box = Box(left: left, top: top, right: right, bottom: bottom)
        guard first == 2 else { (frame, identity) = (nil, nil); return }
        guard let frame = text.integer(fields[0]), let identity = text.integer(fields[1]) else { return nil }
        (self.frame, self.identity) = (frame, identity)
    }

    /// `-` stands for none.
    var category: String {
        let name = text.string(fields[first])
        return name == "-" ? "" : name
    }

    private func joined(_ range: Range<Int>) -> String { range.map { text.string(fields[first + $0]) }.joined(separator: " ") }

    var isOccluded: Bool {
        let value = text.double(fields[first + 2]) ?? 0
        return value == 1 || value == 2
    }

    /// Truncation, occlusion and angle of view, as written.
    var view: String { joined(1..<4) }
    /// Height, width, length, place and turn in space, as written.
    var solid: String { joined(8..<15) }
    /// As written; nil where the line has none.
    var scoreText: String? { fields.count == first + 16 ? text.string(fields[first + 15]) : nil }
    var score: Double? { fields.count == first + 16 ? text.double(fields[first + 15]) : nil }
}
