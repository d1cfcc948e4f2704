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
    /// The first line feed from ``position`` on, once it was looked for: a text with CR alone has none, and is searched once.
    private var lineFeed = -1
    /// The number of the latest line.
    private(set) var number: Int

    /// - Parameter count: lines that came before the text.
    init(_ text: [UInt8], from position: Int = 0, after count: Int = 0) { (self.text, self.position, number) = (text, position, count) }

    mutating func next() -> Line? {
        guard position < text.count else { return nil }
        number += 1
        if lineFeed < position { lineFeed = text.firstLineFeed(from: position) }
        let start = position
        if let carriageReturn = text.position(of: Byte.carriageReturn, in: start..<lineFeed) {
            position = carriageReturn + 1 == lineFeed && lineFeed < text.count ? lineFeed + 1 : carriageReturn + 1
            return Line(range: start..<carriageReturn, next: position, number: number)
        }
        position = Swift.min(lineFeed + 1, text.count)
        return Line(range: start..<lineFeed, next: position, number: number)
    }
}
