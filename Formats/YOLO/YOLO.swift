import Timeline

/// YOLO text labels: a file for each picture, a line for each object, as shares of the picture's sides.
///
/// Darknet's `yolo_mark` and the data set formats of Ultralytics' documentation: detect, segment, pose and OBB.
enum YOLO: LabelSyntax {
    static let name = "yolo"
    static let title = "YOLO"
    static let suffixes = ["yolo.txt"]
    static let isFolder = true
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .media], grid: .frames, attributePrefixes: ["yolo."], texts: .oneLine,
        names: .oneLine)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        if !sample.paths.isEmpty {
            let names = Set(sample.paths.compactMap { $0.split(separator: "/").last.map(String.init) })
            if names.contains("obj.names") || names.contains("data.yaml") || names.contains("dataset.yaml") || names.contains("classes.txt") { return .certain }
            return sample.paths.contains { $0.hasSuffix(".txt") && ($0.hasPrefix("labels/") || $0.contains("/labels/")) } ? .likely : .none
        }
        let lines = sample.lines(20)
        let fitting = lines.count { line in
            let fields = LineFields(sample.text, line)
            guard fields.count >= 5, sample.text.integer(fields[0]) ?? -1 >= 0 else { return false }
            return (1..<min(fields.count, LineFields.limit)).allSatisfy { sample.text.double(fields[$0]).map { (-0.01...1.01).contains($0) } ?? false }
        }
        return fitting == 0 || fitting < lines.count ? .none : .possible
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        switch input.content {
        case .folder(let folder): return try YOLOFolder(folder, input.name, options, &log).read(&log)
        case .file(let bytes):
            var reader = YOLOReader(YOLONames(), options)
            let labels = try reader.labels(bytes, size: options.pictureSize, at: .zero, &log)
            let video = options.pictureSize.map { VideoStream(width: $0.width, height: $0.height) }
            return Corpus([YOLOFolder.document(input.mediaName, video, labels)])
        }
    }
}

/// The names of classes, and the shape of poses, from a data set's description.
struct YOLONames {
    /// By class number.
    private(set) var names: [Int: String] = [:]
    /// Key points of a pose and numbers of each, 2 or 3; nil where the data set has none.
    private(set) var pose: (points: Int, numbers: Int)?

    init() {}

    /// A name a line, from 0 on.
    init(lines bytes: [UInt8]) {
        for (index, line) in LineScanner(bytes).enumerated() {
            let name = bytes.string(bytes.trimmed(line.range))
            if !name.isEmpty { names[index] = name }
        }
    }

    /// The part of YAML that data sets use: `names` as a list in brackets, as lines with a dash, or as lines with a number; and
    /// `kpt_shape` as a list in brackets. Other keys are passed over.
    init(yaml bytes: [UInt8]) {
        var isInNames = false
        for line in LineScanner(bytes) {
            let text = Self.withoutComment(bytes.string(line.range))
            guard let first = text.first(where: { !$0.isWhitespace }) else { continue }
            let isIndented = text.first?.isWhitespace == true || first == "-"
            if !isIndented { isInNames = false }
            if text.hasPrefix("names:") {
                isInNames = true
                let rest = Self.trimmed(text.dropFirst("names:".count))
                if rest.hasPrefix("[") || rest.hasPrefix("{") { add(list: rest) }
            } else if text.hasPrefix("kpt_shape:") {
                let sides = Self.items(Self.trimmed(text.dropFirst("kpt_shape:".count))).compactMap { Int($0) }
                if sides.count == 2, (1...1000).contains(sides[0]), (2...3).contains(sides[1]) { pose = (sides[0], sides[1]) }
            } else if isInNames, isIndented {
                add(item: Self.trimmed(text[...]), from: names.count)
            }
        }
    }

    private mutating func add(list: String) {
        for item in Self.items(list) { add(item: item, from: names.count) }
    }

    private mutating func add(item: String, from next: Int) {
        if item.hasPrefix("-") {
            names[next] = Self.unquoted(Self.trimmed(item.dropFirst()))
        } else if let colon = item.firstIndex(of: ":"), let number = Int(Self.trimmed(item[..<colon])), number >= 0 {
            names[number] = Self.unquoted(Self.trimmed(item[item.index(after: colon)...]))
        } else {
            names[next] = Self.unquoted(item)
        }
    }

    /// The items between brackets, commas inside quotes aside.
    private static func items(_ list: String) -> [String] {
        var (items, item, quote) = ([String](), "", Character?.none)
        for character in list.dropFirst() {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "," || character == "]" || character == "}" {
                if !trimmed(item[...]).isEmpty { items.append(trimmed(item[...])) }
                item = ""
                continue
            }
            item.append(character)
        }
        return items
    }

    private static func withoutComment(_ text: String) -> String {
        var quote: Character?
        var before: Character = " "
        for index in text.indices {
            let character = text[index]
            if let open = quote { if character == open { quote = nil } } else if character == "\"" || character == "'" { quote = character } else if character == "#", before.isWhitespace { return String(text[..<index]) }
            before = character
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The text of a scalar: quotes taken off, doubled and escaped ones inside resolved.
    private static func unquoted(_ text: String) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'", text.count >= 2, text.last == quote else { return text }
        let inside = text.dropFirst().dropLast()
        var (result, isEscaped) = ("", false)
        for character in inside {
            if quote == "\"", character == "\\", !isEscaped { isEscaped = true; continue }
            if quote == "'", character == "'", result.last == "'", !isEscaped { isEscaped = true; continue }
            result.append(character)
            isEscaped = false
        }
        return result
    }
}
