import Timeline

extension VOC {
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile] {
        var (files, names) = ([OutputFile](), FileNames())
        for document in corpus.documents {
            if document.isPicture {
                let stem = names.unique(document.attributes["voc.file"] ?? PictureFiles.stem(document.media.name))
                files.append(OutputFile(path: "Annotations/\(stem).xml", VOCWriter(document, fileName: document.media.name).file(VOCWriter.objects(document))))
            } else {
                files += try frames(document, names.unique(document.media.name), FrameClock(document.media, options))
            }
        }
        return files
    }

    /// A file for each frame of a video in which something is.
    private static func frames(_ document: Document, _ base: String, _ clock: FrameClock) throws(FormatError) -> [OutputFile] {
        var frames: [Int: [VOCWriter.Object]] = [:]
        for layer in document.layers where layer.kind == .tracks {
            for label in layer.labels {
                guard case .track(let track) = label.content else { continue }
                guard let shown = track.everyFrame(clock.timing) else {
                    throw FormatError(.tooLarge, file: document.media.name, found: "more than 50 million boxes between keyframes of '\(label.id)'", expected: "fewer")
                }
                for keyframe in shown.keyframes {
                    frames[clock.frame(keyframe.time), default: []].append(VOCWriter.Object(category: track.category, keyframe: keyframe, attributes: label.attributes + keyframe.attributes))
                }
            }
        }
        let writer = VOCWriter(document, fileName: nil)
        return frames.sorted { $0.key < $1.key }.map { frame, objects in
            OutputFile(path: "Annotations/\(YOLOFrame(video: base, number: frame).stem).xml", writer.file(objects))
        }
    }
}

/// Writes the file of one picture.
struct VOCWriter {
    struct Object {
        let category: String
        let keyframe: Keyframe
        let attributes: [Attribute]
    }

    private let document: Document
    private let fileName: String?

    init(_ document: Document, fileName: String?) { (self.document, self.fileName) = (document, fileName) }

    static func objects(_ document: Document) -> [Object] {
        document.layers.flatMap { $0.labels }.flatMap { label -> [Object] in
            guard case .track(let track) = label.content else { return [] }
            return track.keyframes.filter { $0.state != .outside }.map { Object(category: track.category, keyframe: $0, attributes: label.attributes + $0.attributes) }
        }
    }

    func file(_ objects: [Object]) -> [UInt8] {
        var xml = XMLWriter(indent: 4, declaration: false)
        xml.open("annotation")
        let attributes = document.attributes.filter { $0.name != "voc.file" }
        writeTree(attributes.filter { !$0.name.hasPrefix("voc.size.") }, &xml)
        if let fileName { xml.element("filename", fileName) }
        let size = attributes.filter { $0.name.hasPrefix("voc.size.") }
        if document.media.video?.width != nil || document.media.video?.height != nil || !size.isEmpty {
            xml.open("size")
            if let width = document.media.video?.width { xml.element("width", String(width)) }
            if let height = document.media.video?.height { xml.element("height", String(height)) }
            for attribute in size { xml.element(String(attribute.name.dropFirst("voc.size.".utf8.count)), attribute.value) }
            xml.close()
        }
        for object in objects { write(object, &xml) }
        xml.close()
        return xml.take()
    }

    private func write(_ object: Object, _ xml: inout XMLWriter) {
        xml.open("object")
        xml.element("name", object.category)
        if object.attributes["voc.truncated"] == nil { xml.element("truncated", "0") }
        if object.attributes["voc.difficult"] == nil { xml.element("difficult", "0") }
        if object.keyframe.state == .occluded { xml.element("occluded", "1") }
        writeTree(object.attributes, &xml)
        switch object.keyframe.shape {
        case .rotated(let rotated):
            let box = rotated.box
            let (x, y) = (Box.decimal(box.x + box.width / 2, of: box.x, box.width), Box.decimal(box.y + box.height / 2, of: box.y, box.height))
            write("robndbox", [("cx", x), ("cy", y), ("w", box.width), ("h", box.height), ("angle", rotated.angle * .pi / 180)], &xml)
        case .polygon(let parts) where parts.count == 1 && parts[0].points.count >= 3:
            write("polygon", parts[0].points.enumerated().flatMap { [("x\($0 + 1)", $1.x), ("y\($0 + 1)", $1.y)] }, &xml)
            fallthrough
        default:
            let box = object.keyframe.shape.cocoBox
            write("bndbox", [("xmin", box.x), ("ymin", box.y), ("xmax", box.right), ("ymax", box.bottom)], &xml)
        }
        xml.close()
    }

    private func write(_ name: String, _ members: [(String, Double)], _ xml: inout XMLWriter) {
        xml.open(name)
        for (member, value) in members {
            var bytes: [UInt8] = []
            bytes.appendNumber(value)
            xml.element(member, String(decoding: bytes, as: UTF8.self))
        }
        xml.close()
    }

    /// Elements that the file had and the model does not name: dots part the names of nested ones.
    private func writeTree(_ attributes: [Attribute], _ xml: inout XMLWriter) {
        var open: [String] = []
        for attribute in attributes where attribute.name.hasPrefix("voc.") {
            var names = Self.path(attribute.name.dropFirst("voc.".utf8.count))
            guard let last = names.popLast(), names.allSatisfy(Self.isName), Self.isName(last) else { continue }
            var common = 0
            while common < min(open.count, names.count), open[common] == names[common] { common += 1 }
            while open.count > common {
                open.removeLast()
                xml.close()
            }
            for name in names[common...] {
                xml.open(name.hasPrefix("part.") ? "part" : name)
                open.append(name)
            }
            xml.element(last, attribute.value)
        }
        for _ in open { xml.close() }
    }

    /// The elements of a name; the number behind a part, which tells it from the next, belongs to it.
    private static func path(_ name: Substring) -> [String] {
        var names: [String] = []
        for part in name.split(separator: ".").map(String.init) {
            if names.last == "part", Int(part) != nil { names[names.count - 1] += ".\(part)" } else { names.append(part) }
        }
        return names
    }

    /// Letters, digits and the like: what an element's name is made of.
    private static func isName(_ name: String) -> Bool { name.hasPrefix("part.") || !name.isEmpty && name.utf8.allSatisfy { Byte.isLetter($0) || Byte.isDigit($0) || $0 == .ascii("_") || $0 == .ascii("-") } }
}
