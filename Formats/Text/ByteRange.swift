/// A range of a text in eight bytes. Texts are bounded far below 4 GB.
struct ByteRange: Hashable, Sendable {
    private let start, end: UInt32

    init(_ range: Range<Int>) {
        (start, end) = (UInt32(clamping: range.lowerBound), UInt32(clamping: range.upperBound))
    }

    static let empty = ByteRange(0..<0)

    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { start == end }
}
