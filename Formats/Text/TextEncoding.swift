/// How the characters of a text file are stored as bytes, and how that was found out.
public struct TextEncoding: Hashable, Sendable, CustomStringConvertible {
    /// How the encoding became known.
    public enum Evidence: String, Hashable, Sendable {
        /// The file opens with a byte order mark.
        case byteOrderMark = "byte order mark"
        /// The bytes are well formed in it.
        case wellFormed = "well formed"
        /// Guessed from the statistics of the bytes.
        case guessed
        /// The caller named it.
        case stated
    }

    /// The name that iconv knows, in upper case: `UTF-8`, `UTF-16LE`, `WINDOWS-1252`, `SHIFT_JIS`.
    public let name: String
    public let evidence: Evidence
    /// Bytes of the byte order mark at the start of the file; 0 when there is none.
    public let markLength: Int

    init(_ name: String, _ evidence: Evidence, markLength: Int = 0) {
        (self.name, self.evidence, self.markLength) = (name, evidence, markLength)
    }

    public static let utf8 = TextEncoding("UTF-8", .wellFormed)

    public var isUTF8: Bool { name == "UTF-8" }

    /// Bytes in the smallest unit: 2 for UTF-16, 4 for UTF-32, else 1.
    var unitLength: Int { name.hasPrefix("UTF-16") ? 2 : name.hasPrefix("UTF-32") ? 4 : 1 }

    public var description: String { markLength > 0 ? "\(name) with a byte order mark" : name }
}
