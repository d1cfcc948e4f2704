/// A file in a tar archive.
struct TarEntry: Hashable, Sendable {
    /// Relative, with `/` between its parts; no part is `.` or `..`.
    let path: String
    /// Where its bytes stand in the archive.
    let range: Range<Int>
}

/// Lists the files of a tar archive: ustar, pax and GNU long names (POSIX.1-2017, pax, "ustar Interchange Format").
///
/// Folders are passed over. Links, devices and paths that are absolute or climb out of the target are left out with an error.
/// Sizes are checked against the archive before anything is read.
struct TarReader {
    private let bytes: [UInt8]
    private var position = 0
    private var log: DiagnosticLog
    private var entries: [TarEntry] = []
    /// What the headers before an entry say of it.
    private var next = Stated()

    private static let block = 512
    /// Bytes of an extended header or a long name.
    private static let headerLimit = 1 << 20

    private struct Stated {
        var path: [UInt8]?
        var size: Int?
    }

    /// The files in the order of the archive; two may have the same path.
    ///
    /// - Throws: ``FormatError`` when the bytes do not begin with a tar header.
    static func entries(_ bytes: [UInt8], log: inout DiagnosticLog) throws(FormatError) -> [TarEntry] {
        guard isArchive(bytes) else { throw FormatError(.unknownFormat, file: log.file, found: "bytes that are no tar header", expected: "a tar archive") }
        var reader = TarReader(bytes: bytes, log: log)
        reader.readAll()
        log = reader.log
        return reader.entries
    }

    /// Whether the bytes begin with a header whose checksum is right, or an archive without files.
    static func isArchive(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= block else { return false }
        return TarHeader(bytes, at: 0) != nil || bytes.count >= 2 * block && bytes[0..<2 * block].allSatisfy { $0 == 0 }
    }

    private init(bytes: [UInt8], log: DiagnosticLog) { (self.bytes, self.log) = (bytes, log) }

    private mutating func readAll() {
        while position < bytes.count {
            guard bytes.count - position >= Self.block else { return stop("tar-cut", "an archive that ends inside a header", "the end of the archive") }
            if bytes[position..<position + Self.block].allSatisfy({ $0 == 0 }) { return }
            guard let header = TarHeader(bytes, at: position) else { return stop("tar-header", "a header with another checksum", "the stated one") }
            guard readEntry(header) else { return }
        }
        log.add(.warning, "tar-end", found: "an archive without an end mark", expected: "two blocks of zeros", effect: "every whole file is read")
    }

    /// Reads one header with its content; false when the archive cannot be read on.
    private mutating func readEntry(_ header: TarHeader) -> Bool {
        let start = position + Self.block
        let isExtension = header.isExtension
        let size = isExtension ? header.size : next.size ?? header.size
        let name = String(decoding: isExtension ? header.path : next.path ?? header.path, as: UTF8.self)
        guard let size, size >= 0, size <= bytes.count - start else {
            stop("tar-size", "'\(Self.shown(name))' with \(size.map { "\($0)" } ?? "no readable number of") bytes", "at most the \(bytes.count - start) bytes that are left")
            return false
        }
        let padded = (size + Self.block - 1) / Self.block * Self.block
        guard padded <= bytes.count - start else {
            stop("tar-cut", "an archive that ends inside the last block of '\(Self.shown(name))'", "whole blocks of 512 bytes")
            return false
        }
        position = start + padded
        if isExtension { readExtension(header, start..<start + size) } else { addFile(header, name, start..<start + size) }
        return true
    }

    private mutating func addFile(_ header: TarHeader, _ name: String, _ range: Range<Int>) {
        next = Stated()
        switch header.type {
        case 0, .ascii("0"), .ascii("7"): break
        case .ascii("5"): return
        case .ascii("1"), .ascii("2"): return leaveOut("tar-link", "the link '\(Self.shown(name))'", "files")
        default: return leaveOut("tar-type", "'\(Self.shown(name))' of type '\(Character(Unicode.Scalar(header.type)))'", "files")
        }
        // Archives from before ustar mark folders by a slash at the end.
        if header.type == 0, name.hasSuffix("/") { return }
        guard let path = Self.safePath(name) else { return leaveOut("tar-path", "the path '\(Self.shown(name))'", "a path inside the archive") }
        entries.append(TarEntry(path: path, range: range))
    }

    /// The path without `.` parts; nil when it is absolute, climbs out, is empty or holds a NUL.
    static func safePath(_ name: String) -> String? {
        guard !name.hasPrefix("/"), !name.utf8.contains(0) else { return nil }
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains("..") else { return nil }
        return parts.joined(separator: "/")
    }

    // MARK: Extensions

    private mutating func readExtension(_ header: TarHeader, _ range: Range<Int>) {
        guard range.count <= Self.headerLimit else { return leaveOut("tar-header", "an extended header of \(range.count) bytes", "at most \(Self.headerLimit)") }
        switch header.type {
        case .ascii("L"): next.path = Array(bytes[range].prefix { $0 != 0 })
        case .ascii("x"): readRecords(range)
        // What is said of all files, such as a comment, changes neither path nor size here; a long link is of a link.
        default: break
        }
    }

    /// Records `length name=value` and LF.
    private mutating func readRecords(_ range: Range<Int>) {
        var start = range.lowerBound
        while start < range.upperBound {
            guard let blank = bytes.position(of: Byte.space, in: start..<range.upperBound), let length = Int64(bytes: bytes, start..<blank),
                length > blank - start + 1, length <= range.upperBound - start, let equals = bytes.position(of: .ascii("="), in: blank..<start + Int(length))
            else { return leaveOut("tar-header", "an extended header that cannot be read", "records of the pax format") }
            let value = equals + 1..<max(equals + 1, start + Int(length) - 1)
            switch bytes.string(blank + 1..<equals) {
            case "path": next.path = Array(bytes[value])
            case "size": next.size = Int64(bytes: bytes, value).map(Int.init) ?? -1
            default: break
            }
            start += Int(length)
        }
    }

    // MARK: Remarks

    private static func shown(_ name: String) -> String { String(name.prefix(80).map { $0.isNewline || $0 == "\0" ? " " : $0 }) }

    private mutating func leaveOut(_ code: String, _ found: String, _ expected: String) {
        log.add(.error, code, found: "\(found) at byte \(position)", expected: expected, effect: "it is left out")
    }

    private mutating func stop(_ code: String, _ found: String, _ expected: String) {
        log.add(.error, code, found: "\(found) at byte \(position)", expected: expected, effect: "what comes before is read")
    }
}

/// The fields of a header block.
struct TarHeader {
    let path: [UInt8]
    /// Nil when the field cannot be read.
    let size: Int?
    let type: UInt8

    /// Whether the block says something of the entry behind it: pax, GNU long name and long link.
    var isExtension: Bool { [.ascii("x"), .ascii("g"), .ascii("L"), .ascii("K")].contains(type) }

    /// Nil when the checksum is wrong. The block must be whole.
    init?(_ bytes: [UInt8], at start: Int) {
        guard let stated = Self.number(bytes, start + 148..<start + 156), stated == Self.checksum(bytes, start) else { return nil }
        func text(_ offset: Int, _ length: Int) -> [UInt8] { Array(bytes[start + offset..<start + offset + length].prefix { $0 != 0 }) }
        let (name, prefix) = (text(0, 100), text(345, 155))
        // GNU archives, whose magic ends in a blank, keep other things where ustar has the prefix.
        let isUstar = bytes.has("ustar\0", at: start + 257)
        path = isUstar && !prefix.isEmpty ? prefix + [.ascii("/")] + name : name
        size = Self.number(bytes, start + 124..<start + 136)
        type = bytes[start + 156]
    }

    /// The sum of the block's bytes with blanks in place of the checksum.
    static func checksum(_ bytes: [UInt8], _ start: Int) -> Int {
        var sum = 8 * Int(Byte.space)
        for index in 0..<512 where !(148..<156).contains(index) { sum += Int(bytes[start + index]) }
        return sum
    }

    /// Octal digits, or a binary number where the top bit is set (GNU).
    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        if bytes[range.lowerBound] & 0x80 != 0 {
            guard bytes[range.lowerBound] == 0x80, bytes[range.lowerBound + 1..<range.upperBound - 7].allSatisfy({ $0 == 0 }) else { return nil }
            let value = bytes[range.upperBound - 7..<range.upperBound].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Int(exactly: value)
        }
        let digits = bytes[range].drop { $0 == Byte.space }.prefix { $0 != 0 && $0 != Byte.space }
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 & 7) }
    }
}
