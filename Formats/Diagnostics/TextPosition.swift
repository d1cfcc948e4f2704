/// A place in a text file: line and column as an editor counts them, both from 1.
///
/// The column counts Unicode scalars, so a tab and an accented letter are one column each.
public struct TextPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let line, column: Int

    public init(line: Int, column: Int = 1) { (self.line, self.column) = (line, column) }

    public static func < (a: TextPosition, b: TextPosition) -> Bool { (a.line, a.column) < (b.line, b.column) }

    public var description: String { "\(line):\(column)" }
}
