/// A text file in memory: its bytes as they are, and its characters as UTF-8 for a reader.
struct TextSource: Sendable {
    let bytes: [UInt8]
    let encoding: TextEncoding
    /// The characters in UTF-8. The same storage as ``bytes`` when the file is UTF-8.
    let text: [UInt8]
    /// Where the characters begin in ``text``: after the byte order mark.
    let start: Int

    /// - Parameter encodingName: any name that iconv knows; nil to find out.
    /// - Throws: ``FormatError`` when iconv does not know the encoding.
    init(_ bytes: [UInt8], encodingName: String?, log: inout DiagnosticLog) throws(FormatError) {
        let detected = TextEncoding.detect(bytes)
        let encoding = encodingName.map {
            let name = $0.uppercased()
            return TextEncoding(name, .stated, markLength: name == detected.name ? detected.markLength : 0)
        } ?? detected
        self.bytes = bytes
        self.encoding = encoding
        if encoding.isUTF8 {
            (text, start) = (bytes, encoding.markLength)
        } else {
            guard let transcoder = Transcoder(from: encoding.name) else {
                throw FormatError(
                    .unknownFormat, file: log.file, found: "encoding '\(encoding.name)'",
                    expected: "a name that iconv --list shows")
            }
            let converted = transcoder.convert(bytes, from: encoding.markLength)
            (text, start) = (converted.text, 0)
        }
        report(to: &log)
    }

    private func report(to log: inout DiagnosticLog) {
        if !encoding.isUTF8, encoding.evidence != .stated {
            log.add(.note, "text-encoding", found: "\(encoding) text (\(encoding.evidence.rawValue))", effect: "read as such")
        }
        let form = UTF8Form(text, from: start)
        if let error = form.firstError {
            log.add(
                .warning, "text-bytes", at: position(of: error), found: "\(form.errors) bytes that are not \(encoding.name)",
                expected: "\(encoding.name) text", effect: "they read as U+FFFD")
        }
    }

    /// The line and column of a byte of ``text``.
    func position(of offset: Int) -> TextPosition {
        var scanner = LineScanner(text, from: start)
        while let line = scanner.next() {
            if offset < line.next || line.next == text.count {
                return TextPosition(line: line.number, column: column(of: offset, from: line.range.lowerBound))
            }
        }
        return TextPosition(line: 1)
    }

    private func column(of offset: Int, from lineStart: Int) -> Int {
        1 + text[lineStart..<max(lineStart, min(offset, text.count))].count { $0 & 0xC0 != 0x80 }
    }

    /// The file with some stretches of ``text`` replaced and every other byte as it was.
    ///
    /// - Parameter patches: in ascending order, none overlapping another.
    func patched(_ patches: [TextPatch]) -> [UInt8] {
        guard !patches.isEmpty else { return bytes }
        let newText = text.replacing(patches)
        guard !encoding.isUTF8 else { return newText }
        if let spliced = spliced(patches), decoded(spliced) == newText { return spliced }
        return encoded(newText)
    }

    /// The patches applied to the bytes of the file, so that what lies between them is not converted there and back.
    private func spliced(_ patches: [TextPatch]) -> [UInt8]? {
        guard let decoder = Transcoder(from: encoding.name), let encoder = Transcoder(from: "UTF-8", to: encoding.name)
        else { return nil }
        let ends = patches.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
        let places = decoder.sourcePositions(of: ends, in: bytes, from: encoding.markLength)
        let moved = patches.indices.map { index in
            TextPatch(
                places[2 * index]..<places[2 * index + 1], encoder.convert(patches[index].replacement).text)
        }
        return bytes.replacing(moved)
    }

    private func decoded(_ bytes: [UInt8]) -> [UInt8]? {
        Transcoder(from: encoding.name)?.convert(bytes, from: encoding.markLength).text
    }

    private func encoded(_ text: [UInt8]) -> [UInt8] {
        let converted = Transcoder(from: "UTF-8", to: encoding.name)?.convert(text).text ?? text
        return Array(bytes.prefix(encoding.markLength)) + converted
    }
}

/// A stretch of text to be replaced.
struct TextPatch: Hashable, Sendable {
    let range: Range<Int>
    let replacement: [UInt8]

    init(_ range: Range<Int>, _ replacement: [UInt8]) { (self.range, self.replacement) = (range, replacement) }
}

extension [UInt8] {
    /// The bytes with each patch applied. Patches ascend and do not overlap.
    func replacing(_ patches: [TextPatch]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + patches.count)
        var position = 0
        for patch in patches {
            result.append(contentsOf: self[position..<patch.range.lowerBound])
            result.append(contentsOf: patch.replacement)
            position = patch.range.upperBound
        }
        result.append(contentsOf: self[position...])
        return result
    }
}
