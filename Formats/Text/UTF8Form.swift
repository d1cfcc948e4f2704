/// How well bytes read as UTF-8: sequences of two bytes and more, errors, and where the first error is.
struct UTF8Form {
    private(set) var sequences = 0
    private(set) var errors = 0
    private(set) var firstError: Int?

    var isWellFormed: Bool { errors == 0 }

    init(_ bytes: [UInt8], from start: Int = 0) {
        var index = start
        while true {
            index = bytes.firstNonASCII(from: index, before: bytes.count)
            guard index < bytes.count else { return }
            let length = Self.sequenceLength(bytes, at: index)
            if length > 0 {
                sequences += 1
            } else {
                errors += 1
                firstError = firstError ?? index
            }
            index += max(1, length)
        }
    }

    /// The first byte of a range that belongs to no well-formed sequence; nil when there is none.
    static func firstError(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while true {
            index = bytes.firstNonASCII(from: index, before: range.upperBound)
            guard index < range.upperBound else { return nil }
            let length = sequenceLength(bytes, at: index)
            guard length > 0, index + length <= range.upperBound else { return index }
            index += length
        }
    }

    /// Bytes of the sequence at a position by table 3-7 of the Unicode standard; 0 when it is not well formed.
    static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        func isTail(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
            index + offset < bytes.count && (low...high).contains(bytes[index + offset])
        }
        switch bytes[index] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return isTail(1) ? 2 : 0
        case 0xE0: return isTail(1, 0xA0) && isTail(2) ? 3 : 0
        case 0xED: return isTail(1, 0x80, 0x9F) && isTail(2) ? 3 : 0
        case 0xE1...0xEF: return isTail(1) && isTail(2) ? 3 : 0
        case 0xF0: return isTail(1, 0x90) && isTail(2) && isTail(3) ? 4 : 0
        case 0xF1...0xF3: return isTail(1) && isTail(2) && isTail(3) ? 4 : 0
        case 0xF4: return isTail(1, 0x80, 0x8F) && isTail(2) && isTail(3) ? 4 : 0
        default: return 0
        }
    }
}
