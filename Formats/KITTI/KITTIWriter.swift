import Timeline

extension KITTI {
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var (files, names) = ([OutputFile](), FileNames())
        for document in corpus.documents {
            let layers = document.layers.filter { $0.kind == .tracks }
            let isPicture = !layers.isEmpty && layers.allSatisfy { $0.attributes["kitti.form"] == "detection" }
            let bytes = try KITTIWriter(document, FrameClock(document.media, options), isPicture: isPicture).text(layers)
            files.append(OutputFile(path: "\(isPicture ? "label_2" : "label_02")/\(names.unique(document.media.name)).txt", bytes))
        }
        return files
    }
}

/// Writes the tracks of a document as one KITTI file.
struct KITTIWriter {
    private let document: Document
    private let clock: FrameClock
    private let isPicture: Bool

    init(_ document: Document, _ clock: FrameClock, isPicture: Bool) { (self.document, self.clock, self.isPicture) = (document, clock, isPicture) }

    func text(_ layers: [Layer]) throws(FormatError) -> [UInt8] {
        var bytes: [UInt8] = []
        var numbers = TrackNumbers(layers.flatMap { $0.labels }, from: 0)
        for layer in layers {
            for label in layer.labels {
                guard case .track(let track) = label.content else { continue }
                guard let shown = track.everyFrame(clock.timing) else {
                    throw FormatError(.tooLarge, file: document.media.name, found: "more than 50 million boxes between keyframes of '\(label.id)'", expected: "fewer")
                }
                let identity = numbers.number(of: label, track)
                for keyframe in shown.keyframes {
                    guard let box = keyframe.shape.bounds else { continue }
                    if !isPicture { bytes += "\(clock.frame(keyframe.time)) \(identity ?? -1) ".utf8 }
                    append(keyframe, box, track.category, keyframe.confidence ?? label.confidence, to: &bytes)
                }
            }
        }
        return bytes
    }

    private func append(_ keyframe: Keyframe, _ box: Box, _ category: String, _ confidence: Confidence?, to bytes: inout [UInt8]) {
        let name = keyframe.attributes["kitti.type"] ?? category
        for byte in (name.isEmpty ? "-" : name).utf8 { bytes.append(byte <= Byte.space ? .ascii("_") : byte) }
        bytes += " \(view(keyframe))".utf8
        for edge in [box.x, box.y, box.right, box.bottom] {
            bytes.append(Byte.space)
            bytes.appendNumber(edge)
        }
        bytes += " \(keyframe.attributes["kitti.solid"] ?? KITTIReader.unknownSolid)".utf8
        if let confidence {
            bytes.append(Byte.space)
            bytes.appendNumber(confidence.value)
        } else if let score = keyframe.attributes["kitti.score"] {
            bytes += " \(score)".utf8
        }
        bytes.append(Byte.lineFeed)
    }

    /// Truncation, occlusion and angle, as they were unless the state says otherwise now.
    private func view(_ keyframe: Keyframe) -> String {
        let isOccluded = keyframe.state == .occluded
        guard let stated = keyframe.attributes["kitti.view"] else { return isOccluded ? "0 1 -10" : KITTIReader.unknownView }
        var parts = stated.split(separator: " ").map(String.init)
        guard parts.count == 3, (parts[1] == "1" || parts[1] == "2" || Double(parts[1]) == 1 || Double(parts[1]) == 2) != isOccluded else { return stated }
        parts[1] = isOccluded ? "1" : "0"
        return parts.joined(separator: " ")
    }
}
