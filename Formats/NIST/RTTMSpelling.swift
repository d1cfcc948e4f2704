/// How NIST's validator wants words to be spelled.
enum RTTMSpelling {
    /// One letter and a point, perhaps with a plural or possessive ending; one character of two bytes and a point; or `<NA>`.
    static func isSpelledLetter(_ word: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(word)
        if isNA(bytes) { return true }
        guard bytes.count >= 2 else { return false }
        if bytes.count == 3, bytes[0] >= 0x80, bytes[1] >= 0x80 { return bytes[2] == .ascii(".") }
        guard Byte.isLetter(bytes[0]), bytes[1] == .ascii(".") else { return false }
        let ending = bytes.dropFirst(2).drop { $0 == .ascii("'") }
        return bytes.count == 2 || ending.count == 1 && ending.first.map { $0 | 0x20 } == .ascii("s")
    }

    /// A word, several joined by `_`, a choice such as `{_A_/_B_}`, a word that is a filled pause (`%`) or cut off (`-`), or `<NA>`.
    static func isWord(_ word: ArraySlice<UInt8>) -> Bool {
        var bytes = Array(word)
        if isNA(bytes) { return true }
        // Choices inside a longer spelling are taken out from the inside; deeper nesting than this is no word.
        for _ in 0..<64 {
            guard let shorter = withoutInnerChoices(bytes) else { break }
            bytes = shorter
        }
        return isJoined(bytes) || choiceEnd(bytes, from: 0) == bytes.count || isPause(bytes)
    }

    private static func isNA(_ bytes: [UInt8]) -> Bool { bytes.count == 4 && bytes.hasFolded("<na>", at: 0) }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        Byte.isLetter(byte) || byte >= 0x80 || [.ascii("["), .ascii("]"), .ascii("."), .ascii("-"), .ascii("'")].contains(byte)
    }

    private static func isJoined(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: .ascii("_"), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.allSatisfy(isWordByte) }
    }

    private static func isPause(_ bytes: [UInt8]) -> Bool {
        var body = bytes[...]
        if body.first == .ascii("%") { body = body.dropFirst() }
        if body.last == .ascii("-") { body = body.dropLast() }
        return !body.isEmpty && body.allSatisfy { Byte.isLetter($0) || $0 == .ascii(".") || $0 >= 0x80 }
    }

    /// Where a choice of words ends that begins at a position; nil when none does.
    private static func choiceEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start < bytes.count, bytes[start] == .ascii("{") else { return nil }
        var (position, words) = (start + 1, 0)
        while position + 1 < bytes.count, bytes[position] == .ascii("_") {
            let next = bytes[position + 1]
            if next == .ascii("}") { return words > 0 ? position + 2 : nil }
            if next == .ascii("/") {
                guard words > 0 else { return nil }
                (position, words) = (position + 2, 0)
                continue
            }
            var end = position + 1
            while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
            guard end > position + 1 else { return nil }
            (position, words) = (end, words + 1)
        }
        return nil
    }

    /// The spelling with every choice that stands between two `_` taken out; nil when there is none.
    private static func withoutInnerChoices(_ bytes: [UInt8]) -> [UInt8]? {
        var (result, position, changed) = ([UInt8](), 0, false)
        while position < bytes.count {
            if bytes[position] == .ascii("_"), let end = choiceEnd(bytes, from: position + 1), end < bytes.count, bytes[end] == .ascii("_") {
                result.append(.ascii("_"))
                (position, changed) = (end + 1, true)
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return changed ? result : nil
    }
}
