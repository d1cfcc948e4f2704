import Timeline

/// Feeds bytes to the reader of a line format as they come, a whole number of lines at a time: constant memory for any length.
///
/// The bytes have to be UTF-8, with or without a byte order mark; other encodings can only be told from the whole file.
struct LineStream<Syntax: LineSyntax, Sink: LabelSink> {
    var sink: Sink
    private(set) var log: DiagnosticLog
    private let options: ReadingOptions
    private var reader: Syntax.Reader
    private var lineCount = 0
    /// Bytes of a line whose end has not come.
    private var rest: [UInt8] = []
    /// Bytes at the start of ``rest`` that hold no line end.
    private var searched = 0
    private var isAtStart = true

    /// The longest line: 64 MB.
    private static var lineLimit: Int { 1 << 26 }

    /// - Parameter input: names the file; its bytes are not read.
    init(_ input: LabelInput, _ options: ReadingOptions, into sink: Sink) {
        (self.sink, self.options, log) = (sink, options, DiagnosticLog(file: input.name))
        reader = Syntax.Reader(media: input.mediaName, options: options)
    }

    /// Reads the lines that end in these bytes.
    ///
    /// - Throws: ``FormatError`` when the bytes are not UTF-8, or a line is longer than 64 MB.
    mutating func feed(_ chunk: some Sequence<UInt8>) throws(FormatError) {
        rest.append(contentsOf: chunk)
        // The first bytes tell the encoding.
        guard !isAtStart || rest.count >= 4096 else { return }
        // A CR at the end may be half of a CR LF.
        let end = rest.last == Byte.carriageReturn ? rest.count - 1 : rest.count
        guard let last = rest[searched..<end].lastIndex(where: { $0 == Byte.lineFeed || $0 == Byte.carriageReturn }) else {
            searched = end
            return try checkLength()
        }
        let lines = Array(rest[...last])
        rest.removeFirst(last + 1)
        searched = end - last - 1
        try read(lines)
    }

    private func checkLength() throws(FormatError) {
        guard rest.count > Self.lineLimit else { return }
        throw FormatError(
            .tooLarge, file: log.file, at: TextPosition(line: lineCount + 1), found: "a line of more than \(Self.lineLimit) bytes", expected: "shorter ones")
    }

    /// Reads what is left. Called once, after the last bytes.
    ///
    /// - Throws: ``FormatError`` as ``feed(_:)`` does.
    mutating func finish() throws(FormatError) {
        let lines = rest
        rest = []
        try read(lines)
        reader.finish(into: &sink, log: &log)
        log.sort()
    }

    private mutating func read(_ text: [UInt8]) throws(FormatError) {
        let start = isAtStart ? try self.start(text) : 0
        if let error = UTF8Form.firstError(text, in: start..<text.count) { throw notUTF8(text[..<error].count { $0 == Byte.lineFeed }) }
        var scanner = LineScanner(text, from: start, after: lineCount)
        while let line = scanner.next() {
            reader.read(line, of: text, into: &sink, log: &log)
            lineCount = line.number
        }
    }

    /// Where the characters begin.
    private mutating func start(_ text: [UInt8]) throws(FormatError) -> Int {
        isAtStart = false
        let encoding = TextEncoding.detect(Array(text.prefix(4096)))
        let isStated = options.encodingName.map { $0.uppercased() == "UTF-8" } ?? true
        // A guess on the first bytes may have been cut inside a character; what is no UTF-8 is found later.
        guard isStated, encoding.isUTF8 || encoding.markLength == 0 && !encoding.isWide else { throw notUTF8(0) }
        if encoding.markLength > 0 {
            log.add(.note, "\(Syntax.name)-mark", at: TextPosition(line: 1), found: "a byte order mark", effect: "it is passed over")
        }
        return encoding.markLength
    }

    private func notUTF8(_ linesBefore: Int) -> FormatError {
        FormatError(
            .unknownFormat, file: log.file, at: TextPosition(line: lineCount + linesBefore + 1), found: "text that is not UTF-8",
            expected: "UTF-8 in a stream; read the file as a whole")
    }
}

extension TextEncoding {
    /// Whether characters take two bytes or four.
    fileprivate var isWide: Bool { unitLength > 1 }
}
