import Timeline

@testable import Formats

/// The WebVTT suites of the shared data, and what a player makes of a file in the words in which the suites state it.
enum WebVTTSuite {
    static let folder = (sharedData ?? "") + "/formats/webvtt"

    static func bytes(_ path: String) throws -> [UInt8] { try BoundedFile.read(folder + "/" + path, limit: 1 << 24) }

    static func json(_ path: String) throws -> JSONValue {
        var log = DiagnosticLog(file: path)
        return try JSONReader.read(try bytes(path), log: &log)
    }

    /// The dumps of the two browsers by the name of the file.
    static func browsers(_ folder: String) -> (chromium: [String: JSONValue], firefox: [String: JSONValue]) {
        func dump(_ name: String) -> [String: JSONValue] {
            let members = (try? json("\(folder)/browsers.json"))?[name]?.object ?? []
            return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
        return (dump("chromium"), dump("firefox"))
    }
}

/// A file as a player has it.
struct PlayedFile: Hashable {
    var header = ""
    var styleSheets: [String] = []
    var regions: [WebVTTRegion] = []
    var cues: [WebVTTCue] = []

    /// Reads a file that comes in pieces; nil when it is no WebVTT.
    init?(_ pieces: [some Collection<UInt8>]) {
        var stream = WebVTTStream(name: "test.vtt", mode: .strict)
        do {
            for piece in pieces {
                try stream.append(piece)
                cues += stream.takeCues()
            }
            try stream.finish()
        } catch { return nil }
        cues += stream.takeCues()
        (header, styleSheets, regions) = (stream.header, stream.styleSheets, stream.regions)
    }

    init?(_ bytes: [UInt8]) { self.init([bytes]) }

    /// The file in two pieces, cut at every place.
    static func everySplit(_ bytes: [UInt8]) -> [PlayedFile?] {
        (0...bytes.count).map { PlayedFile([bytes[..<$0], bytes[$0...]]) }
    }

    /// The file one byte at a time.
    static func byteByByte(_ bytes: [UInt8]) -> PlayedFile? { PlayedFile(bytes.indices.map { bytes[$0...$0] }) }
}

extension WebVTTCue {
    /// The cue's properties as `VTTCue` names them, each as text.
    func facts(_ regions: [WebVTTRegion]) -> [String: String] {
        func number(_ value: Double?) -> String { value.map { "\($0 + 0)" } ?? "auto" }
        var facts = [
            "id": id, "text": text, "startTime": number(start.approximateSeconds), "endTime": number(end.approximateSeconds),
            "vertical": settings.direction.rawValue, "snapToLines": "\(settings.snapsToLines)", "line": number(settings.line),
            "lineAlign": settings.lineAlignment.rawValue, "position": number(settings.position),
            "positionAlign": settings.positionAlignment.rawValue, "size": number(settings.size), "align": settings.alignment.rawValue,
        ]
        facts["region"] = region(of: regions).map(\.facts) ?? "none"
        return facts
    }
}

extension WebVTTRegion {
    var facts: String {
        "\(id) \(width) \(lines) \(anchor.x),\(anchor.y) \(viewportAnchor.x),\(viewportAnchor.y) \(scrollsUp ? "up" : "")"
    }

    /// From a dump; members that it leaves out have their defaults.
    init(dump: JSONValue) {
        self.init()
        id = dump["id"]?.string ?? ""
        width = dump["width"]?.double ?? 100
        lines = dump["lines"]?.double ?? 3
        anchor = Anchor(x: dump["regionAnchorX"]?.double ?? 0, y: dump["regionAnchorY"]?.double ?? 100)
        viewportAnchor = Anchor(x: dump["viewportAnchorX"]?.double ?? 0, y: dump["viewportAnchorY"]?.double ?? 100)
        scrollsUp = dump["scroll"]?.string == "up"
    }
}

extension JSONValue {
    /// A property of a cue as text: numbers in one form.
    var fact: String {
        switch self {
        case .number: "\(double ?? .nan)"
        case .string(let text): text
        case .bool(let value): "\(value)"
        case .null: "none"
        default: WebVTTRegion(dump: self).facts
        }
    }
}

extension WebVTTTree {
    /// The tree as html5lib's tests write trees: one node a line, children two columns further in, attributes before them.
    var lines: [String] {
        nodes.flatMap { node -> [String] in
            let indent = "| " + String(repeating: "  ", count: node.depth)
            switch node.kind {
            case .text(let text): return ["\(indent)\"\(text)\""]
            case .timestamp(let time): return ["\(indent)<?timestamp \(String(decoding: ClockStyle.webVTT.stamp(time), as: UTF8.self))>"]
            default: break
            }
            var lines = ["\(indent)<\(node.kind.element)>"]
            if !node.classes.isEmpty { lines.append("\(indent)  class=\"\(node.classes.joined(separator: " "))\"") }
            if case .language(let tag) = node.kind { lines.append("\(indent)  lang=\"\(tag)\"") }
            if case .voice(let name) = node.kind { lines.append("\(indent)  title=\"\(name)\"") }
            return lines
        }
    }

    /// A browser's dump of a tree in the same form.
    static func lines(dump: [JSONValue], depth: Int = 0) -> [String] {
        let indent = "| " + String(repeating: "  ", count: depth)
        return dump.flatMap { node -> [String] in
            // Where a cue has no text, browsers put an empty one, which section 6.5 does not.
            if let text = node["t"]?.string { return text.isEmpty ? [] : ["\(indent)\"\(text)\""] }
            if let data = node["data"]?.string { return ["\(indent)<?timestamp \(data)>"] }
            let attributes = ["class", "lang", "title"].compactMap { name in node[name]?.string.map { "\(indent)  \(name)=\"\($0)\"" } }
            return ["\(indent)<\(node["e"]?.string ?? "")>"] + attributes + lines(dump: node["c"]?.array ?? [], depth: depth + 1)
        }
    }

    /// The tree that vtt.js made of a cue: two boxes around it, empty attributes for none.
    static func lines(vttjs nodes: [JSONValue], depth: Int = 0) -> [String] {
        let indent = "| " + String(repeating: "  ", count: depth)
        return nodes.flatMap { node -> [String] in
            let name = node["localName"]?.string ?? ""
            if name.isEmpty { return ["\(indent)\"\(node["data"]?.string ?? "")\""] }
            let attributes = [("className", "class"), ("lang", "lang"), ("title", "title")].compactMap { member, attribute -> String? in
                guard let value = node[member]?.string, !value.isEmpty else { return nil }
                return "\(indent)  \(attribute)=\"\(value)\""
            }
            return ["\(indent)<\(name)>"] + attributes + lines(vttjs: node["childNodes"]?.array ?? [], depth: depth + 1)
        }
    }
}

extension WebVTTTree.Kind {
    /// The element that section 6.5 makes of a node.
    fileprivate var element: String {
        switch self {
        case .class, .voice, .language: "span"
        default: tagName
        }
    }
}
