import Timeline

/// Which files of a folder belong to which sequence: `<sequence>/gt/gt.txt`, `<sequence>/det/det.txt` and `<sequence>/seqinfo.ini`,
/// or `<sequence>.txt` as trackers write them.
struct MOTFolder {
    private(set) var sequences: [MOTFolderSequence] = []

    static let namesFile = "labels.txt"

    init(_ paths: [String]) {
        var numbers: [String: Int] = [:]
        let known = Set(paths)
        for path in paths where path.hasSuffix(".txt") && !path.hasSuffix("/" + Self.namesFile) && path != Self.namesFile {
            var parts = path.split(separator: "/").map(String.init)
            let stem = String(parts.removeLast().dropLast(4))
            var root = parts.joined(separator: "/")
            // gt/gt.txt: the folder above is the sequence's.
            if let folder = parts.last, folder == stem { root = parts.dropLast().joined(separator: "/") } else { root = root.isEmpty ? stem : "\(root)/\(stem)" }
            let index = numbers[root] ?? sequences.count
            if index == sequences.count {
                numbers[root] = index
                sequences.append(MOTFolderSequence(root: root))
            }
            sequences[index].layers.append((id: parts.last == stem ? stem : "gt", path: path))
            let names = (parts + [Self.namesFile]).joined(separator: "/")
            if known.contains(names) { sequences[index].namesPath = names }
            let info = root.isEmpty ? MOTSequence.fileName : "\(root)/\(MOTSequence.fileName)"
            if known.contains(info) { sequences[index].infoPath = info }
        }
    }
}

/// One sequence of a folder.
struct MOTFolderSequence {
    let root: String
    var layers: [(id: String, path: String)] = []
    var namesPath, infoPath: String?

    func read(_ folder: any LabelFolder, _ input: LabelInput, _ options: ReadingOptions, _ log: inout DiagnosticLog) throws(FormatError) -> Document {
        var info = MOTSequence()
        if let infoPath {
            let bytes = try folder.read(infoPath, limit: 1 << 20)
            log.collect(file: "\(input.name)/\(infoPath)") { info = MOTSequence(bytes, log: &$0) }
        }
        var names = MOT.classes
        if let namesPath { names = Self.names(try folder.read(namesPath, limit: 1 << 24)) }
        let clock = FrameClock(stated: info.rate.map(FrameTiming.constant), options, format: MOT.name, log: &log)
        var reader = MOTReader(names: names, clock: clock, options: options)
        var read: [Layer] = []
        // The truth comes first.
        for layer in layers.sorted(by: { ($0.id == "gt" ? 0 : 1, $0.path) < ($1.id == "gt" ? 0 : 1, $1.path) }) {
            let bytes = try folder.read(layer.path, limit: LabelInput.sizeLimit)
            var inner = DiagnosticLog(file: "\(input.name)/\(layer.path)")
            read.append(try reader.layer(bytes, id: layer.id, log: &inner))
            log.collect(inner)
        }
        let name = info.name ?? (root.isEmpty ? input.mediaName : root.split(separator: "/").last.map(String.init) ?? root)
        return MOT.document(name, info, clock, read)
    }

    /// A name a line; empty lines keep the count.
    static func names(_ bytes: [UInt8]) -> [String] {
        var names = LineScanner(bytes).map { bytes.string(bytes.trimmed($0.range)) }
        while names.last == "" { names.removeLast() }
        return names
    }
}
