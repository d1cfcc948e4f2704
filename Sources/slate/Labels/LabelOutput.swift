import Batch
import Formats
import Timeline

/// Puts the files of a conversion on disk: each appears whole or not at all.
struct LabelOutput {
    let path: String
    let format: LabelFormat
    let replaces: Bool
    let inputs: [String]
    /// Whether the folder of the file is made where it is not there.
    let makesFolder: Bool

    /// The output folder.
    private var top: String { path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

    func write(_ files: [OutputFile]) throws {
        guard path != "-" else {
            guard files.count == 1, files[0].path.isEmpty else {
                throw FormatError(.malformed, file: path, found: "\(format.title), which is a folder of files", expected: "a folder to write to")
            }
            return Terminal.output(bytes: files[0].bytes)
        }
        for file in files {
            guard file.path.isEmpty else { try write(file.bytes, to: "\(top)/\(file.path)"); continue }
            try write(path.hasSuffix(".gz") ? Gzip.deflated(file.bytes) : file.bytes, to: path)
        }
    }

    func writeSidecar(_ corpus: Corpus) throws {
        guard let native = LabelFormat(named: "json") else { return }
        for file in try native.write(corpus) { try write(file.bytes, to: "\(top).slate.json") }
    }

    private func write(_ bytes: [UInt8], to target: String) throws {
        try prepare(target)
        try AtomicFile.write(bytes, to: target, replaces: replaces)
    }

    /// Makes the folder of a file, where that is wanted.
    ///
    /// - Throws: ``FormatError`` when the file is one of the inputs, or the folder cannot be made.
    func prepare(_ target: String) throws {
        if let input = inputs.first(where: { PathIdentity.same($0, target) }) {
            throw FormatError(.exists, file: target, found: "the input '\(input)' under the name of the output", expected: "a new name")
        }
        if format.isFolder || makesFolder { try makeFolder(of: target) }
    }

    private func makeFolder(of target: String) throws {
        guard let slash = target.lastIndex(of: "/") else { return }
        let folder = String(target[..<slash])
        do {
            try Folder.make(folder)
        } catch {
            throw FormatError(.system, file: folder, found: "a folder that cannot be made: \(error.reason)")
        }
    }
}
