/// What a reader is given: the bytes of one file, or the files of a folder.
public struct LabelInput: Sendable {
    /// The name that remarks carry.
    public let name: String
    public let content: Content

    public enum Content: Sendable {
        case file([UInt8])
        case folder(any LabelFolder)
    }

    public init(_ bytes: [UInt8], name: String) { (content, self.name) = (.file(bytes), name) }
    public init(_ folder: any LabelFolder, name: String) { (content, self.name) = (.folder(folder), name) }

    /// The name of the media where the format states none: the input's name without its folders and its suffix.
    var mediaName: String {
        let base = name.split(separator: "/").last.map(String.init) ?? name
        guard let format = LabelFormat(suffixOf: base), let suffix = format.suffixes.first(where: { base.lowercased().hasSuffix("." + $0) }) else {
            return base.lastIndex(of: ".").flatMap { $0 > base.startIndex ? String(base[..<$0]) : nil } ?? base
        }
        return String(base.dropLast(suffix.count + 1))
    }

    /// The largest label file that is read whole: 4 GB.
    public static let sizeLimit = 4 << 30

    /// The input with the content of a gzip file in place of the file, under its name without `.gz`; others as they are.
    func uncompressed(log: inout DiagnosticLog) throws(FormatError) -> LabelInput {
        guard case .file(let bytes) = content, Gzip.isCompressed(bytes) else { return self }
        return LabelInput(try Gzip.inflated(bytes, limit: Self.sizeLimit, log: &log), name: Self.uncompressedName(name))
    }

    static func uncompressedName(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }

    /// The bytes of the file.
    ///
    /// - Throws: ``FormatError`` when the input is a folder.
    func bytes(expected: String) throws(FormatError) -> [UInt8] {
        guard case .file(let bytes) = content else {
            throw FormatError(.unknownFormat, file: name, found: "a folder", expected: "a file of \(expected)")
        }
        return bytes
    }

    /// The folder.
    ///
    /// - Throws: ``FormatError`` when the input is a file.
    func folder(expected: String) throws(FormatError) -> any LabelFolder {
        guard case .folder(let folder) = content else {
            throw FormatError(.unknownFormat, file: name, found: "a file", expected: "a folder of \(expected)")
        }
        return folder
    }
}

/// The files of a folder, for formats that are spread over several.
public protocol LabelFolder: Sendable {
    /// Relative paths with `/` between their parts, in ascending order of their bytes. Links are not followed.
    var paths: [String] { get }

    /// The bytes of one of ``paths``.
    ///
    /// - Throws: ``FormatError`` when it cannot be read or is larger than the limit in bytes.
    func read(_ path: String, limit: Int) throws(FormatError) -> [UInt8]

    /// The first bytes of one of ``paths``, fewer where it is shorter.
    func readStart(_ path: String, count: Int) throws(FormatError) -> [UInt8]
}

extension LabelFolder {
    public func readStart(_ path: String, count: Int) throws(FormatError) -> [UInt8] {
        Array(try read(path, limit: LabelInput.sizeLimit).prefix(count))
    }
}

/// The first bytes of an input, for the question which format it is.
struct FormatSample {
    let name: String
    /// UTF-8 of the first bytes, without a byte order mark; empty for a folder.
    let text: [UInt8]
    /// The bytes as they are, at most ``limit``.
    let bytes: [UInt8]
    /// Empty for a file.
    let paths: [String]

    static let limit = 1 << 16

    init(_ input: LabelInput) throws(FormatError) {
        name = LabelInput.uncompressedName(input.name)
        switch input.content {
        case .folder(let folder): (bytes, text, paths) = ([], [], folder.paths)
        case .file(let whole):
            paths = []
            bytes = Gzip.isCompressed(whole) ? Gzip.beginning(whole, count: Self.limit) : Array(whole.prefix(Self.limit))
            var log = DiagnosticLog(file: input.name)
            let source = try TextSource(bytes, encodingName: nil, log: &log)
            text = Array(source.text[source.start...])
        }
    }

    /// The first lines that are not blank and not comments, at most `count`.
    func lines(_ count: Int, comments: StaticString = ";;") -> [Range<Int>] {
        var found: [Range<Int>] = []
        for line in LineScanner(text) where found.count < count {
            let content = text.trimmed(line.range)
            // The last line of a sample may be cut.
            guard !content.isEmpty, !text.has(comments, at: content.lowerBound, before: content.upperBound), line.next < text.count || text.count < Self.limit
            else { continue }
            found.append(content)
        }
        return found
    }

    /// What the content looks like, for a message.
    var description: String {
        guard paths.isEmpty else { return "a folder of \(paths.count) files, of which none tells its format" }
        var log = DiagnosticLog(file: name)
        guard let source = try? TextSource(bytes, encodingName: nil, log: &log) else { return "bytes" }
        return ContentGuess.describe(source)
    }
}
