import Glibc
import Testing

@testable import Formats

@Suite struct AtomicFileTests {
    /// A fresh folder that goes when the body returns.
    private func inFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/slate-tests-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for file in files(under: folder, suffix: "") { unlink(file) }
            rmdir(folder)
        }
        try body(folder)
    }

    private func entries(_ folder: String) -> [String] {
        var names: [String] = []
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    @Test func `a written file holds its bytes and leaves nothing beside it`() throws {
        try inFolder { folder in
            try AtomicFile.write([1, 2, 3], to: "\(folder)/a")
            #expect(try BoundedFile.read("\(folder)/a", limit: 10) == [1, 2, 3])
            #expect(entries(folder) == ["a"])
        }
    }

    @Test func `an existing file is refused and left as it was`() throws {
        try inFolder { folder in
            try AtomicFile.write([1], to: "\(folder)/a")
            let error = #expect(throws: FormatError.self) { try AtomicFile.write([2], to: "\(folder)/a") }
            #expect(error?.reason == .exists)
            #expect(try BoundedFile.read("\(folder)/a", limit: 10) == [1])
        }
    }

    @Test func `a file that appears while another is written is not replaced`() throws {
        try inFolder { folder in
            let late = try AtomicFile("\(folder)/a")
            try late.write([2])
            try AtomicFile.write([1], to: "\(folder)/a")
            let error = #expect(throws: FormatError.self) { try late.commit() }
            #expect(error?.reason == .exists)
            #expect(try BoundedFile.read("\(folder)/a", limit: 10) == [1])
        }
    }

    @Test func `replacing keeps the permissions and follows a link`() throws {
        try inFolder { folder in
            try AtomicFile.write([1], to: "\(folder)/a")
            chmod("\(folder)/a", 0o640)
            symlink("a", "\(folder)/link")
            try AtomicFile.write([2], to: "\(folder)/link", replaces: true)
            #expect(try BoundedFile.read("\(folder)/a", limit: 10) == [2])
            var status = stat()
            #expect(stat("\(folder)/a", &status) == 0 && status.st_mode & 0o777 == 0o640)
            #expect(entries(folder) == ["a", "link"])
        }
    }

    @Test func `a file that is never committed leaves nothing`() throws {
        try inFolder { folder in
            do { try AtomicFile("\(folder)/a").write([1]) }
            #expect(entries(folder).isEmpty)
        }
    }

    @Test func `a folder that is not there is an error that names the file`() {
        let error = #expect(throws: FormatError.self) { try AtomicFile.write([1], to: "/nowhere/at/all") }
        #expect(error?.description == "/nowhere/at/all: error: found a file that cannot be created: No such file or directory [file-system]")
    }

    @Test func `a file over the limit is refused, an endless one too`() throws {
        try inFolder { folder in
            try AtomicFile.write([UInt8](repeating: 7, count: 100), to: "\(folder)/a")
            let error = #expect(throws: FormatError.self) { try BoundedFile.read("\(folder)/a", limit: 99) }
            #expect(error?.reason == .tooLarge)
        }
        #expect(throws: FormatError.self) { try BoundedFile.read("/dev/zero", limit: 1 << 20) }
    }
}
