/// A line of a text: the bytes between two line ends, and its number from 1.
struct Line: Hashable, Sendable {
    /// Without the line end.
    let range: Range<Int>
    /// Where the next line begins; equal to the end of the text after the last line.
    let next: Int
    let number: Int

    var isEmpty: Bool { range.isEmpty }
}

/// Splits bytes into lines at LF, CR LF or CR, mixed as they come. A line end at the end of the text opens no new line.
struct LineScanner: IteratorProtocol, Sequence {
    private let text: [UInt8]
    private var position: Int
    /// The number of the latest line.
    private(set) var number: Int

    /// - Parameter count: lines that came before the text.
    init(_ text: [UInt8], from position: Int = 0, after count: Int = 0) { (self.text, self.position, number) = (text, position, count) }

    mutating func next() -> Line? {
        guard position < text.count else { return nil }
        number += 1
        var end = position
        while end < text.count, text[end] != Byte.lineFeed, text[end] != Byte.carriageReturn { end += 1 }
        let next = end + lineEndLength(at: end)
        defer { position = next }
        return Line(range: position..<end, next: next, number: number)
    }

    private func lineEndLength(at end: Int) -> Int {
        guard end < text.count else { return 0 }
        let isPair = text[end] == Byte.carriageReturn && end + 1 < text.count && text[end + 1] == Byte.lineFeed
        return isPair ? 2 : 1
    }
}
