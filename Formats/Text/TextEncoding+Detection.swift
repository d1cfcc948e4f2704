import CUchardet

extension TextEncoding {
    /// Bytes given to the guesser; a longer file tells it little more.
    private static let guessedPrefix = 1 << 20

    /// The encoding of a file: by its byte order mark, by the zeros of UTF-16, by being well-formed UTF-8, else a guess.
    ///
    /// A guess that iconv cannot convert, and no guess at all, give Windows-1252.
    static func detect(_ bytes: [UInt8]) -> TextEncoding {
        if let marked = marked(bytes) { return marked }
        if let wide = wide(bytes) { return wide }
        let form = UTF8Form(bytes)
        let mayShift = bytes.prefix(guessedPrefix).contains(Byte.escape)
        if form.isWellFormed, !mayShift { return .utf8 }
        let guess = guess(bytes)
        if form.isWellFormed { return guess.map(isShifting) == true ? TextEncoding(guess ?? "", .guessed) : .utf8 }
        // A damaged UTF-8 file is still UTF-8: other encodings do not form its sequences by chance.
        if form.sequences > 20 * form.errors { return TextEncoding("UTF-8", .guessed) }
        guard let guess, guess != "UTF-8", guess != "ASCII", Transcoder(from: guess) != nil else {
            return TextEncoding("WINDOWS-1252", .guessed)
        }
        return TextEncoding(guess, .guessed)
    }

    private static func isShifting(_ name: String) -> Bool { name.hasPrefix("ISO-2022") }

    private static func marked(_ bytes: [UInt8]) -> TextEncoding? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return TextEncoding("UTF-8", .byteOrderMark, markLength: 3) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return TextEncoding("UTF-32LE", .byteOrderMark, markLength: 4) }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return TextEncoding("UTF-32BE", .byteOrderMark, markLength: 4) }
        if bytes.starts(with: [0xFF, 0xFE]) { return TextEncoding("UTF-16LE", .byteOrderMark, markLength: 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return TextEncoding("UTF-16BE", .byteOrderMark, markLength: 2) }
        return nil
    }

    /// UTF-16 without a mark: digits, spaces and line ends leave a zero in every second byte, on one side only.
    private static func wide(_ bytes: [UInt8]) -> TextEncoding? {
        let sample = bytes.prefix(4096)
        var zeros = [0, 0]
        for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
        guard sample.count >= 8, zeros[0] + zeros[1] > sample.count / 5 else { return nil }
        if zeros[0] > 20 * zeros[1] { return TextEncoding("UTF-16BE", .guessed) }
        return zeros[1] > 20 * zeros[0] ? TextEncoding("UTF-16LE", .guessed) : nil
    }

    /// What libuchardet says, in upper case; nil when it says nothing.
    private static func guess(_ bytes: [UInt8]) -> String? {
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        let length = min(bytes.count, guessedPrefix)
        let status = bytes.withUnsafeBytes { buffer in
            uchardet_handle_data(detector, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length)
        }
        uchardet_data_end(detector)
        guard status == 0, let name = uchardet_get_charset(detector) else { return nil }
        let guessed = String(cString: name).uppercased()
        // Files that call themselves ISO-8859-1 are written by programs that mean Windows-1252, its superset in print.
        return guessed.isEmpty ? nil : guessed == "ISO-8859-1" ? "WINDOWS-1252" : guessed
    }
}
