import Media
import Timeline

/// The words and lines in which `slate probe` says what a file holds.
enum ProbeReport {
    // MARK: JSON Lines

    static func lines(_ info: MediaInfo) -> String {
        let objects =
            [file(info)] + info.streams.map { stream($0, info.path) } + info.chapters.map { chapter($0, info.path) }
        return objects.map { JSONValue.object($0).text + "\n" }.joined()
    }

    private typealias Entries = [(String, JSONValue)]

    private static func file(_ info: MediaInfo) -> Entries {
        [
            ("type", .string("file")), ("file", .string(info.path)), ("size", .integer(info.size)),
            ("container", .string(info.container)), ("start", seconds(info.start)),
            ("duration", seconds(info.duration.map { .zero + $0 })), ("bit_rate", JSONValue(info.bitRate)),
            ("tags", .object(info.tags.map { ($0.key, .string($0.value)) })),
        ]
    }

    private static func stream(_ stream: StreamInfo, _ path: String) -> Entries {
        let base = stream.timeBase.map { "\($0.numerator)/\($0.denominator)" }
        var entries: Entries = [
            ("type", .string("stream")), ("file", .string(path)), ("index", JSONValue(stream.index)),
            ("kind", .string(stream.kind.rawValue)), ("codec", .string(stream.codec)),
            ("profile", JSONValue(stream.profile)), ("time_base", JSONValue(base)), ("start", seconds(stream.start)),
            ("duration", seconds(stream.duration.map { .zero + $0 })), ("bit_rate", JSONValue(stream.bitRate)),
            ("language", JSONValue(stream.language)), ("title", JSONValue(stream.title)),
            ("dispositions", .array(stream.dispositions.map { .string($0) })), ("encrypted", .bool(stream.isEncrypted)),
        ]
        if let sound = stream.sound { entries += self.sound(sound) }
        if let picture = stream.picture { entries += self.picture(picture) }
        return entries
    }

    private static func sound(_ sound: SoundInfo) -> Entries {
        [
            ("sample_rate", JSONValue(sound.sampleRate)), ("channels", JSONValue(sound.channels)),
            ("layout", .string(sound.layout)), ("bits_per_sample", JSONValue(sound.bitsPerSample)),
        ]
    }

    private static func picture(_ picture: PictureInfo) -> Entries {
        [
            ("width", JSONValue(picture.width)), ("height", JSONValue(picture.height)),
            ("frame_rate", JSONValue(picture.frameRate?.description)),
            ("pixel_aspect", .string(picture.pixelAspect.description)), ("rotation", JSONValue(picture.rotation)),
            ("pixel_format", JSONValue(picture.pixelFormat)),
        ]
    }

    private static func chapter(_ chapter: Chapter, _ path: String) -> Entries {
        [
            ("type", .string("chapter")), ("file", .string(path)), ("start", seconds(chapter.start)),
            ("end", seconds(chapter.end)), ("title", JSONValue(chapter.title)),
        ]
    }

    /// Seconds with nine decimals: a tick is 1.4 ns.
    private static func seconds(_ time: Timestamp?) -> JSONValue {
        guard let time else { return .null }
        let nanoseconds = time.units(perSecond: 1_000_000_000)
        let (whole, part) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let digits = String(part)
        let sign = nanoseconds < 0 ? "-" : ""
        return .digits("\(sign)\(whole)." + String(repeating: "0", count: 9 - digits.count) + digits)
    }

    // MARK: Table

    static func table(_ info: MediaInfo) -> String {
        var text = "\(info.path)\n"
        let length = info.duration.map { (Timestamp.zero + $0).clock } ?? "length unknown"
        text += "  \(info.container), \(length), \(info.size) bytes"
        if info.start != .zero { text += ", starts at \(info.start.clock) of its own clock" }
        text += "\n"
        for tag in info.tags { text += "  \(tag.key): \(printable(tag.value))\n" }
        text += columns(info.streams.map(row)) + columns(info.chapters.map(row))
        return text
    }

    private static func row(_ stream: StreamInfo) -> [String] {
        [
            "#\(stream.index)", stream.kind.rawValue, stream.codec, stream.language ?? "-",
            stream.start.map { "from \($0.clock)" } ?? "-", stream.duration.map { (Timestamp.zero + $0).clock } ?? "-",
            details(stream),
        ]
    }

    private static func row(_ chapter: Chapter) -> [String] {
        ["chapter", chapter.start.clock, chapter.end.clock, printable(chapter.title ?? "")]
    }

    private static func details(_ stream: StreamInfo) -> String {
        var words: [String] = []
        if let sound = stream.sound { words += ["\(sound.sampleRate) Hz", sound.layout] }
        if let picture = stream.picture {
            words.append("\(picture.width)x\(picture.height)")
            if let rate = picture.frameRate, stream.kind == .video { words.append("\(rate) fps") }
            if picture.rotation != 0 { words.append("rotated by \(picture.rotation)°") }
        }
        if let bitRate = stream.bitRate { words.append("\((bitRate + 500) / 1000) kb/s") }
        if stream.isEncrypted { words.append("encrypted") }
        words += stream.dispositions
        if let title = stream.title { words.append("“\(printable(title))”") }
        return words.joined(separator: ", ")
    }

    private static func columns(_ rows: [[String]]) -> String {
        guard let width = rows.first?.count else { return "" }
        let widths = (0..<width).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + trimmed(cells.joined(separator: "  ")) + "\n"
        }.joined()
    }

    private static func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }

    /// What a file says of itself, without the control characters that could steer a terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
