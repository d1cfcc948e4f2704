import Timeline

extension MOT {
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var files: [OutputFile] = []
        var folders = FileNames()
        let isSeveral = corpus.documents.count > 1
        for document in corpus.documents {
            let prefix = isSeveral ? folders.unique(document.media.name) + "/" : ""
            files += try MOTWriter(document, options).files(prefix)
        }
        return files
    }
}

/// Writes the tracks of a document as MOTChallenge files of nine columns, or of as many as the file had that they came from.
struct MOTWriter {
    private let document: Document
    private let clock: FrameClock
    private let layers: [Layer]
    /// Names of classes from 1 on.
    private var classes: [String]
    private var classNumbers: [String: Int] = [:]

    init(_ document: Document, _ options: WritingOptions) {
        self.document = document
        clock = FrameClock(document.media, options)
        layers = document.layers.filter { $0.kind == .tracks }
        classes = MOT.classes
        let found = Self.categories(layers)
        // Class numbers without a name stay themselves; any other name needs a list of names.
        if found.contains(where: { !classes.contains($0) && !Self.isNumber($0) }) { classes = found }
        for (index, name) in classes.enumerated() where classNumbers[name] == nil { classNumbers[name] = index + 1 }
    }

    private static func isNumber(_ name: String) -> Bool { Int(name).map { String($0) == name && ($0 < 1 || $0 > MOT.classes.count) } ?? false }

    /// In the order of first use.
    private static func categories(_ layers: [Layer]) -> [String] {
        var (seen, names) = (Set<String>([""]), [String]())
        func see(_ name: String) { if seen.insert(name).inserted { names.append(name) } }
        for layer in layers {
            for label in layer.labels {
                guard case .track(let track) = label.content else { continue }
                see(track.category)
                for keyframe in track.keyframes { if let name = keyframe.attributes["mot.class"] { see(name) } }
            }
        }
        return names
    }

    func files(_ prefix: String) throws(FormatError) -> [OutputFile] {
        var (files, lastFrame) = ([OutputFile](), 0)
        var names = FileNames()
        for layer in layers {
            let id = layers.count == 1 && layer.id != "det" ? "gt" : names.unique(layer.id)
            var rows: [Row] = []
            try addRows(layer, &rows)
            lastFrame = max(lastFrame, rows.reduce(0) { max($0, $1.frame) })
            if layer.attributes["mot.order"] == "frame" { rows.sort { ($0.frame, $0.order) < ($1.frame, $1.order) } }
            let path = "\(prefix)\(id)/\(id).txt"
            files.append(OutputFile(path: path, text(rows, layer)))
            if classes != MOT.classes { files.append(OutputFile(path: "\(prefix)\(id)/\(MOTFolder.namesFile)", Array((classes.joined(separator: "\n") + "\n").utf8))) }
        }
        files.append(OutputFile(path: prefix + MOTSequence.fileName, MOTSequence.write(document, clock, lastFrame: lastFrame)))
        return files
    }

    /// A line to be.
    private struct Row {
        let frame, order: Int
        let identity: Int?
        let keyframe: Keyframe
        let category: String
        let confidence: Confidence?
    }

    private func addRows(_ layer: Layer, _ rows: inout [Row]) throws(FormatError) {
        var numbers = TrackNumbers(layer.labels, from: 1)
        for (order, label) in layer.labels.enumerated() {
            guard case .track(let track) = label.content else { continue }
            guard let shown = track.everyFrame(clock.timing) else {
                throw FormatError(.tooLarge, file: document.media.name, found: "more than 50 million boxes between keyframes of '\(label.id)'", expected: "fewer")
            }
            let identity = numbers.number(of: label, track)
            for keyframe in shown.keyframes {
                rows.append(
                    Row(
                        frame: clock.frame(keyframe.time) + 1, order: order, identity: identity, keyframe: keyframe, category: track.category,
                        confidence: keyframe.confidence ?? label.confidence))
            }
        }
    }

    private func text(_ rows: [Row], _ layer: Layer) -> [UInt8] {
        let base = layer.attributes["mot.base"] == "0" ? 0 : 1
        let stated = layer.attributes["mot.columns"].flatMap { Int($0) }.flatMap { (6...10).contains($0) ? $0 : nil } ?? 9
        var bytes: [UInt8] = []
        for row in rows {
            bytes.appendDecimal(Int64(row.frame - 1 + base))
            bytes.append(.ascii(","))
            bytes.appendDecimal(Int64(row.identity ?? -1))
            guard let box = row.keyframe.shape.bounds else { continue }
            for side in [box.x, box.y, box.width, box.height] {
                bytes.append(.ascii(","))
                bytes.appendNumber(side)
            }
            appendRest(row, columns(row, stated), to: &bytes)
            bytes.append(Byte.lineFeed)
        }
        return bytes
    }

    /// The columns of the file that the layer came from, where they can hold what a row says now; else those that can.
    private func columns(_ row: Row, _ stated: Int) -> Int {
        let attributes = row.keyframe.attributes
        let hasClass = !(attributes["mot.class"] ?? row.category).isEmpty
        if !hasClass, attributes["mot.world"] != nil || attributes["mot.rest"] != nil { return 10 }
        if row.keyframe.state == .occluded || attributes["mot.visibility"] != nil || hasClass && (stated == 10 || stated < 8) { return 9 }
        let hasConfidence = row.confidence != nil || attributes.contains { $0.name == "mot.consider" || $0.name == "mot.confidence" }
        return hasConfidence ? max(7, stated) : stated
    }

    private func appendRest(_ row: Row, _ columns: Int, to bytes: inout [UInt8]) {
        let attributes = row.keyframe.attributes
        if columns >= 7 {
            bytes.append(.ascii(","))
            appendConfidence(row, to: &bytes)
        }
        if columns == 8 || columns == 9 {
            bytes.append(.ascii(","))
            let category = attributes["mot.class"] ?? row.category
            bytes += (category.isEmpty ? "-1" : classNumbers[category].map { String($0) } ?? category).utf8
        }
        if columns == 9 {
            bytes.append(.ascii(","))
            bytes += (attributes["mot.visibility"] ?? (row.keyframe.state == .occluded ? "0" : "1")).utf8
        }
        if columns == 10 { bytes += ",\(attributes["mot.world"] ?? "-1,-1,-1")".utf8 }
        guard columns < 10 || attributes["mot.rest"] == nil else { return bytes += ",\(attributes["mot.rest"] ?? "")".utf8 }
        // A comma at the end of a line opens no field.
        if bytes.last == .ascii(",") { bytes.append(.ascii(",")) }
    }

    /// `1` says nothing and `0` that the box is not to be considered, so confidences of these values get a point.
    private func appendConfidence(_ row: Row, to bytes: inout [UInt8]) {
        if let confidence = row.confidence {
            bytes.appendNumber(confidence.value)
            if confidence.value == 0 || confidence.value == 1 { bytes += ".0".utf8 }
        } else if row.keyframe.attributes["mot.consider"] == "0" {
            bytes.append(.ascii("0"))
        } else {
            bytes += (row.keyframe.attributes["mot.confidence"] ?? "1").utf8
        }
    }
}
