import Timeline

/// CVAT XML 1.1, for video (tracks of shapes at key frames) and for images (shapes in each picture).
///
/// CVAT's documentation, "CVAT for image" and "CVAT for video" formats; where it is silent, what CVAT writes.
enum CVAT: LabelSyntax {
    static let name = "cvat"
    static let title = "CVAT XML"
    static let suffixes = ["cvat.xml"]
    static let capabilities = FormatCapabilities(
        kinds: [.tracks: .whole], features: [.overlaps, .instants, .text, .media, .identity, .shapes, .visibility], grid: .frames,
        attributePrefixes: ["cvat."], texts: .xmlText, names: .xmlText)

    static func likelihood(of sample: FormatSample) -> Likelihood {
        guard sample.paths.isEmpty, let root = sample.text.firstElement else { return .none }
        guard sample.text.has("<annotations", at: root) else { return .none }
        return sample.text.contains("<version>1.1</version>") || sample.text.contains("<track ") || sample.text.contains("<image ") ? .certain : .possible
    }

    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus {
        let handler = CVATHandler(log: log, options: options, mediaName: input.mediaName)
        try XMLReader.read(try input.bytes(expected: title), encodingName: options.encodingName, into: handler)
        let corpus = try handler.finish()
        log = handler.log
        return corpus
    }
}

/// The kinds of shapes that CVAT's XML has.
enum CVATShape: String {
    case box, polygon, polyline, points, mask, skeleton, cuboid, ellipse

    init?(_ name: XMLName) { self.init(rawValue: name.local) }

    /// The corners of a cuboid in the order in which CVAT writes them.
    static let cuboidCorners = ["tl1", "bl1", "tr1", "br1", "tl2", "bl2", "tr2", "br2"]

    /// What a shape is taken for where nothing says otherwise.
    init(_ shape: Shape) {
        self =
            switch shape {
            case .box, .rotated: .box
            case .polygon: .polygon
            case .mask: .mask
            case .keypoints: .skeleton
            }
    }
}

extension [UInt8] {
    /// Where the first element of an XML text begins: behind declaration, comments and doctype; nil where there is none.
    var firstElement: Int? {
        var position = 0
        while let open = self.position(of: .ascii("<"), in: position..<count) {
            guard open + 1 < count, self[open + 1] == .ascii("?") || self[open + 1] == .ascii("!") else { return open }
            position = open + 1
        }
        return nil
    }

    /// Whether the text holds a pattern.
    func contains(_ pattern: StaticString) -> Bool {
        let first = pattern.utf8Start[0]
        var position = 0
        while let found = self.position(of: first, in: position..<count) {
            if has(pattern, at: found) { return true }
            position = found + 1
        }
        return false
    }
}
