import Testing

@testable import Formats

@Suite struct TarTests {
    private func read(_ bytes: [UInt8]) throws -> (files: [String: String], codes: [String]) {
        var log = DiagnosticLog(file: "t.tar")
        let entries = try TarReader.entries(bytes, log: &log)
        return (Dictionary(entries.map { ($0.path, text(Array(bytes[$0.range]))) }, uniquingKeysWith: { $0 + $1 }), log.diagnostics.map(\.code))
    }

    private func archive(_ files: [(String, String)], ends: Bool = true) -> [UInt8] {
        var tar = TarWriter()
        for (path, content) in files { tar.add(path, Array(content.utf8)) }
        if ends { tar.finish() }
        return tar.bytes
    }

    /// A header of any type with a right checksum.
    private func header(_ name: String, type: Character, size: Int) -> [UInt8] {
        var bytes = Array(archive([(name, "")], ends: false).prefix(512))
        func put(_ value: Int, _ digits: Int, _ offset: Int) {
            let octal = String(value, radix: 8)
            bytes.replaceSubrange(offset..<offset + digits, with: (String(repeating: "0", count: digits - octal.utf8.count) + octal).utf8)
        }
        put(size, 11, 124)
        bytes[156] = type.asciiValue ?? 0
        put(TarHeader.checksum(bytes, 0), 6, 148)
        return bytes
    }

    private func padded(_ text: String) -> [UInt8] { Array(text.utf8) + [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512) }

    @Test func `files come back with their paths`() throws {
        let deep = (0..<30).map { "folder-\($0)" }.joined(separator: "/")
        let files = [("a.txt", "one"), ("b/c.json", String(repeating: "x", count: 1024)), ("e", ""), (String(deep.prefix(139)) + "/d.txt", "two"), (deep + "/d.txt", "three"), ("é.txt", "é")]
        let bytes = archive(files)
        #expect(bytes == archive(files) && bytes.count % 512 == 0)
        let (found, codes) = try read(bytes)
        #expect(found == Dictionary(uniqueKeysWithValues: files) && codes.isEmpty, "\(codes)")
    }

    @Test func `long names of GNU and pax are read`() throws {
        let long = String(repeating: "n", count: 150)
        let gnu = header("././@LongLink", type: "L", size: 151) + padded(long + "\0") + header("short", type: "0", size: 2) + padded("hi") + [UInt8](repeating: 0, count: 1024)
        #expect(try read(gnu) == ([long: "hi"], []))
        let pax = header("x", type: "x", size: 21) + padded("11 path=pp\n10 size=2\n") + header("short", type: "0", size: 0) + padded("hi") + [UInt8](repeating: 0, count: 1024)
        #expect(try read(pax) == (["pp": "hi"], []))
    }

    @Test(arguments: ["/abs", "../up", "a/../../up", ".."]) func `a path out of the archive is left out`(path: String) throws {
        #expect(try read(archive([(path, "x"), ("good", "y")])) == (["good": "y"], ["tar-path"]))
    }

    @Test func `links and devices are left out, folders passed over`() throws {
        let end = [UInt8](repeating: 0, count: 1024)
        #expect(try read(header("l", type: "2", size: 0) + header("d/", type: "5", size: 0) + header("n", type: "3", size: 0) + header("./f", type: "0", size: 0) + end) == (["f": ""], ["tar-link", "tar-type"]))
    }

    @Test func `claims of size are checked`() throws {
        #expect(try read(archive([("a", "1")], ends: false) + header("b", type: "0", size: 1 << 30)) == (["a": "1"], ["tar-size"]))
        var huge = archive([("b", "1")])
        huge.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: FormatError.self) { try read(huge) }
    }

    @Test func `every cut is named`() throws {
        let bytes = archive([("a", "1"), ("b", "22")])
        for length in stride(from: 513, to: bytes.count, by: 7) {
            let (files, codes) = try read(Array(bytes.prefix(length)))
            #expect(files.count == (length < 1024 ? 0 : length < 2048 ? 1 : 2), "cut after \(length)")
            #expect(codes.count == 1 || length > 2048 + 512, "cut after \(length): \(codes)")
        }
    }
}
