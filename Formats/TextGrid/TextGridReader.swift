import Timeline

/// Reads the text forms of a TextGrid. Counts are compared with what is there and never obeyed.
struct TextGridReader {
    var file = TextGridFile()
    private(set) var log: DiagnosticLog
    private let text: [UInt8]
    private let mode: ReadingMode
    private let isBinary: Bool
    private var tokens: TextGridTokens
    private var token = TextGridTokens.Token.end
    private var latest = TextGridTime()
    private typealias Item = TextGridTier.Item

    init(_ text: [UInt8], from start: Int, mode: ReadingMode, log: DiagnosticLog, isBinary: Bool = false) {
        (self.text, self.mode, self.log, self.isBinary) = (text, mode, log, isBinary)
        tokens = TextGridTokens(text, from: start)
    }

    mutating func read() throws(FormatError) {
        advance()
        file.digits = text
        if try readTitle() { try readChronological() } else { try readTiers() }
        if isBinary { file.form = .binary }
    }

    /// Whether the file is in order of time.
    private mutating func readTitle() throws(FormatError) -> Bool {
        guard case .string(let title) = token else { throw refusal("no title", "\"ooTextFile\"") }
        advance()
        if text.has(TextGrid.chronologicalTitle, at: title.lowerBound, before: title.upperBound) { return true }
        guard text.has("ooTextFile", at: title.lowerBound, before: title.upperBound) else { throw refusal("title \(text.excerpt(title))", "\"ooTextFile\"") }
        guard case .string(let kind) = token, text.has("TextGrid", at: kind.lowerBound, before: kind.upperBound) else {
            throw FormatError(.unknownFormat, file: log.file, at: place, found: "a Praat file of class \(described(token))", expected: "\"TextGrid\"")
        }
        tokens.forgetWords()
        advance()
        return false
    }

    // MARK: Tokens

    private mutating func advance() { token = tokens.next() }

    /// Nil in binary files, which have no lines.
    private var place: TextPosition? { isBinary ? nil : tokens.place }

    private func described(_ token: TextGridTokens.Token) -> String {
        switch token {
        case .number(let range), .string(let range), .unclosed(let range), .flag(let range): text.excerpt(range)
        case .end: "the end of the file"
        }
    }

    private func refusal(_ found: String, _ expected: String) -> FormatError {
        FormatError(.malformed, file: log.file, at: place, found: found, expected: expected)
    }

    /// Remarks on what the reader repairs and Praat would not read; strict readings end here.
    private mutating func repair(
        _ severity: Diagnostic.Severity, _ code: String, at position: TextPosition?, found: String, expected: String?, effect: String
    ) throws(FormatError) {
        guard mode == .lenient else { throw FormatError(.malformed, file: log.file, at: position, found: found, expected: expected) }
        log.add(severity, code, at: position, found: found, expected: expected, effect: effect)
    }

    /// A time; nil and no step when the token is none.
    private mutating func time() -> TextGridTime? {
        guard case .number(let range) = token else { return nil }
        let digits = ByteRange(range)
        if !latest.digits.isEmpty, text[latest.digits.range].elementsEqual(text[range]) {
            advance()
            return latest
        }
        guard let seconds = DecimalSeconds(text, range) else { return nil }
        if seconds.hasComma {
            log.addHabit(.warning, "textgrid-comma", at: tokens.place, found: "a decimal comma", expected: "a point", effect: "the time is kept")
        }
        // Digits with a comma are not written again.
        latest = TextGridTime(ticks: seconds.ticks, digits: seconds.hasComma ? .empty : digits)
        advance()
        return latest
    }

    /// A count; nil and no step when the token is none. Any number beyond the file's own size is as wrong as another.
    private mutating func count() -> Int? {
        guard case .number(let range) = token, range.count < 19, let count = Int(text.string(range)), count >= 0 else { return nil }
        advance()
        return count
    }

    private mutating func string() -> String? {
        guard case .string(let range) = token else { return nil }
        advance()
        return Self.string(text, range)
    }

    /// The text of a string token: quotes undoubled, line ends as LF.
    private static func string(_ text: [UInt8], _ range: Range<Int>) -> String {
        guard text[range].contains(where: { $0 == .ascii("\"") || $0 == Byte.carriageReturn }) else { return text.string(range) }
        var (bytes, position) = ([UInt8](), range.lowerBound)
        while position < range.upperBound {
            let byte = text[position]
            position += 1
            let next = position < range.upperBound ? text[position] : 0
            if byte == .ascii("\""), next == byte { position += 1 }
            if byte == Byte.carriageReturn {
                if next == Byte.lineFeed { position += 1 }
                bytes.append(Byte.lineFeed)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Long and short

    private mutating func readTiers() throws(FormatError) {
        try readDomain()
        if case .flag(let flag) = token {
            advance()
            if text.has("absent", at: flag.lowerBound, before: flag.upperBound) { return }
        } else {
            try repair(.warning, "textgrid-flag", at: place, found: described(token), expected: "<exists>", effect: "the tiers are read")
        }
        file.form = tokens.sawWords ? .long : .short
        let place = self.place
        guard let count = count() else { throw refusal(described(token), "the number of tiers") }
        while token != .end { if try !readTier() { break } }
        try compare(file.tiers.count, with: count, "tiers", at: place)
    }

    private mutating func readDomain() throws(FormatError) {
        guard let start = time(), let end = time() else { throw refusal(described(token), "the start and end of the grid in seconds") }
        (file.start, file.end) = (start, end)
    }

    private mutating func compare(_ found: Int, with stated: Int, _ what: String, at place: TextPosition?) throws(FormatError) {
        guard found != stated else { return }
        try repair(.warning, "textgrid-size", at: place, found: "\(found) \(what)", expected: "\(stated), as the file says", effect: "those that are there are read")
    }

    /// Whether reading can go on behind the tier.
    private mutating func readTier() throws(FormatError) -> Bool {
        let tierPlace = place
        guard var tier = try readTierHead() else { return false }
        let sizePlace = place
        guard let size = count() else {
            try repair(.error, "textgrid-tier", at: tierPlace, found: described(token), expected: "the size of tier '\(tier.name)'", effect: "the rest is left out")
            return false
        }
        while case .number = token { try readItem(into: &tier) }
        try compare(tier.items.count, with: size, tier.isPoints ? "points of '\(tier.name)'" : "intervals of '\(tier.name)'", at: sizePlace)
        file.tiers.append(tier)
        return true
    }

    /// Nil when reading cannot go on.
    private mutating func readTierHead() throws(FormatError) -> TextGridTier? {
        let place = self.place
        var tier = TextGridTier(digits: text)
        let found = described(token)
        switch string() {
        case "IntervalTier": break
        case "TextTier": tier.isPoints = true
        default:
            try repair(.error, "textgrid-tier", at: place, found: found, expected: "\"IntervalTier\" or \"TextTier\"", effect: "the rest is left out")
            return nil
        }
        guard let name = string(), let start = time(), let end = time() else {
            try repair(.error, "textgrid-tier", at: self.place, found: described(token), expected: "name, start and end of a tier", effect: "the rest is left out")
            return nil
        }
        (tier.name, tier.start, tier.end) = (name, start, end)
        return tier
    }

    private mutating func readItem(into tier: inout TextGridTier) throws(FormatError) {
        let place = self.place
        guard let start = time(), let end = tier.isPoints ? start : time(), let text = string() else {
            let (found, isAtEnd) = (described(token), isAtEnd)
            skipItem()
            return try repair(
                .error, isAtEnd ? "textgrid-cut" : "textgrid-item", at: place, found: isAtEnd ? "an item that the file does not finish" : found,
                expected: tier.isPoints ? "a time and a text" : "two times and a text", effect: "the item is left out")
        }
        check(start, end, after: tier, at: place)
        tier.items.append(Item(start: start, end: end, text: text))
    }

    private var isAtEnd: Bool {
        switch token {
        case .end, .unclosed: true
        default: false
        }
    }

    /// Goes behind the text of an item that cannot be read.
    private mutating func skipItem() {
        while case .number = token { advance() }
        switch token {
        case .string, .flag, .unclosed: advance()
        case .number, .end: break
        }
    }

    /// Remarks on times that are out of order; Praat reads them too.
    private mutating func check(_ start: TextGridTime, _ end: TextGridTime, after tier: TextGridTier, at place: TextPosition?) {
        let place = place ?? TextPosition(line: 1)
        let before = tier.items.last?.end.ticks ?? tier.start.ticks
        if tier.isPoints {
            guard start.ticks < before else { return }
            return log.addHabit(.warning, "textgrid-order", at: place, found: "a point before the one above it", effect: "both are kept")
        }
        if start.ticks > before {
            log.addHabit(.warning, "textgrid-gap", at: place, found: "a gap before an interval of '\(tier.name)'", expected: "intervals that touch", effect: "it is kept")
        } else if start.ticks < before {
            log.addHabit(.warning, "textgrid-overlap", at: place, found: "an interval of '\(tier.name)' that starts before the end of the one above it", effect: "both are kept")
        }
        if end.ticks <= start.ticks {
            log.addHabit(.warning, "textgrid-length", at: place, found: "an interval that does not end after it starts", effect: "its label stands at its start")
        }
    }

    // MARK: Chronological

    private mutating func readChronological() throws(FormatError) {
        file.form = .chronological
        try readDomain()
        let place = self.place
        guard let count = count() else { throw refusal(described(token), "the number of tiers") }
        while case .string = token {
            guard let tier = try readTierHead() else { return }
            file.tiers.append(tier)
        }
        try compare(file.tiers.count, with: count, "tiers", at: place)
        while token != .end {
            let place = self.place
            guard let number = self.count(), number > 0, number <= file.tiers.count else {
                return try repair(
                    .error, "textgrid-item", at: place, found: described(token), expected: "a tier's number, times and a text", effect: "the rest is left out")
            }
            // Out of the array, so that its items are not copied.
            var tier = TextGridTier()
            swap(&tier, &file.tiers[number - 1])
            try readItem(into: &tier)
            swap(&tier, &file.tiers[number - 1])
        }
    }
}
