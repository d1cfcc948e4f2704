import Timeline

/// Takes the elements of one VOC file.
final class VOCHandler: XMLHandler {
    var log: DiagnosticLog
    private let mediaName: String
    private var path: [String] = []
    private var text: [UInt8] = []
    private var fileName: String?
    private var width, height: Int?
    private var attributes: [Attribute] = []
    private var labels = LabelList()
    private var object: Object?

    private struct Object {
        let position: TextPosition
        var name = ""
        var edges: [String: Double] = [:]
        var turned: [String: Double] = [:]
        var polygon: [String: Double] = [:]
        var isOccluded = false
        var attributes: [Attribute] = []
        /// Numbers the parts, such as a head, from 1.
        var parts = 0
    }

    init(log: DiagnosticLog, mediaName: String) { (self.log, self.mediaName) = (log, mediaName) }

    func startElement(_ tag: borrowing XMLTag) throws(FormatError) {
        if path.isEmpty, !tag.name.is("annotation") {
            throw FormatError(.unknownFormat, file: log.file, at: tag.position, found: "<\(tag.name)>", expected: "<annotation>, the root of Pascal VOC")
        }
        text.removeAll(keepingCapacity: true)
        path.append(tag.name.local)
        if path.count == 2, tag.name.is("object") { object = Object(position: tag.position) }
        if path.count == 3, tag.name.is("part") { object?.parts += 1 }
    }

    func characters(_ characters: [UInt8], at position: TextPosition) throws(FormatError) { text += characters }

    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError) {
        let value = text.string(trimmedText)
        let place = path.dropFirst().joined(separator: ".")
        path.removeLast()
        text.removeAll(keepingCapacity: true)
        if object != nil {
            if path.count == 1 { endObject() } else if !value.isEmpty { readObject(place, value) }
            return
        }
        guard !value.isEmpty else { return }
        switch place {
        case "filename": fileName = value
        case "size.width": width = Int(value).flatMap { $0 > 0 ? $0 : nil }
        case "size.height": height = Int(value).flatMap { $0 > 0 ? $0 : nil }
        default: attributes.append(Attribute("voc.\(place)", value))
        }
    }

    /// The text without white space at its ends.
    private var trimmedText: Range<Int> {
        var (start, end) = (0, text.count)
        while start < end, text[start] <= Byte.space { start += 1 }
        while end > start, text[end - 1] <= Byte.space { end -= 1 }
        return start..<end
    }

    private func readObject(_ place: String, _ value: String) {
        let parts = place.split(separator: ".").map(String.init)
        let number = Double(Array(value.utf8), 0..<value.utf8.count)
        switch parts.dropFirst().first {
        case "name" where parts.count == 2: object?.name = value
        case "bndbox" where parts.count == 3: if let number { object?.edges[parts[2]] = number } else { keep(parts, value) }
        case "robndbox" where parts.count == 3: if let number { object?.turned[parts[2]] = number } else { keep(parts, value) }
        case "polygon" where parts.count == 3: if let number { object?.polygon[parts[2]] = number } else { keep(parts, value) }
        case "occluded" where value == "0" || value == "1": object?.isOccluded = value == "1"
        case "truncated" where value == "0", "difficult" where value == "0": break
        default: keep(parts, value)
        }
    }

    private func keep(_ parts: [String], _ value: String) {
        var names = Array(parts.dropFirst())
        if names.first == "part" { names[0] = "part.\(object?.parts ?? 1)" }
        object?.attributes.append(Attribute("voc.\(names.joined(separator: "."))", value))
    }

    private func endObject() {
        guard let object else { return }
        self.object = nil
        guard let shape = shape(object) else {
            return log.add(.error, "voc-box", at: object.position, found: "an object without a box in numbers", expected: "xmin, ymin, xmax, ymax", effect: "it is left out")
        }
        if let box = shape.bounds {
            if box.width < 0 || box.height < 0 { log.addHabit(.warning, "voc-size", at: object.position, found: "a box of negative size", expected: "min before max", effect: "it is kept") }
            if let width, let height, box.right > Double(width) + 1 || box.bottom > Double(height) + 1 {
                log.addHabit(.warning, "voc-outside", at: object.position, found: "a box beyond its picture", expected: "a box inside", effect: "it is kept")
            }
        }
        if object.name.isEmpty { log.addHabit(.warning, "voc-name", at: object.position, found: "an object without a name", expected: "a name", effect: "it is kept") }
        let keyframe = Keyframe(time: .zero, shape: shape, state: object.isOccluded ? .occluded : .visible)
        labels.append(
            Label(
                id: LabelID("o\(labels.count + 1)"), span: .instant(.zero), content: .track(Track(object.name, keyframes: [keyframe])), attributes: object.attributes))
    }

    private func shape(_ object: Object) -> Shape? {
        let turned = object.turned
        if let x = turned["cx"], let y = turned["cy"], let width = turned["w"], let height = turned["h"], let angle = turned["angle"] {
            let box = Box(
                x: Box.decimal(x - width / 2, of: x, width), y: Box.decimal(y - height / 2, of: y, height), width: width, height: height)
            return .rotated(RotatedBox(box, angle: Box.decimal(angle * 180 / .pi, of: angle, 180)))
        }
        if !object.polygon.isEmpty {
            var points: [Point] = []
            while let x = object.polygon["x\(points.count + 1)"], let y = object.polygon["y\(points.count + 1)"] { points.append(Point(x: x, y: y)) }
            if points.count >= 3 { return .polygon([Polygon(points)]) }
        }
        guard let left = object.edges["xmin"], let top = object.edges["ymin"], let right = object.edges["xmax"], let bottom = object.edges["ymax"] else { return nil }
        return .box(Box(left: left, top: top, right: right, bottom: bottom))
    }

    var document: Document {
        var attributes = attributes
        let name = fileName ?? mediaName
        if PictureFiles.stem(name) != mediaName { attributes.append(Attribute("voc.file", mediaName)) }
        let video = width != nil || height != nil ? VideoStream(width: width, height: height) : nil
        return Document(media: Media(name: name, video: video), layers: [Layer(id: "objects", kind: .tracks, labels: labels)], attributes: attributes)
    }
}
