/// The room that text takes on a line, in columns: one for a letter, two for a full-width one, none for a mark above another.
public enum TextWidth {
    public static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

    /// The wide and full-width blocks of Unicode Standard Annex 11, "East Asian Width", revision 43.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    static func columns(_ scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return scalar.value < 0x20 || scalar.value == 0x7F ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    static func isWide(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x1100 && wide.contains { $0.contains(scalar.value) } }

    /// Columns between two words: none between letters of scripts that are written without blanks, else one.
    public static func joint(_ before: String, _ after: String) -> Int {
        guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return 0 }
        return isUnspaced(last) || isUnspaced(first) ? 0 : 1
    }

    /// Han, kana and their punctuation, Thai, Lao, Khmer and Myanmar. Korean has blanks.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x30FF, 0x31F0...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF01...0xFF65,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
