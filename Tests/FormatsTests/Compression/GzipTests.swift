import Testing

@testable import Formats

@Suite struct GzipTests {
    private let text = Array(String(repeating: "a line of text\n", count: 5000).utf8)
    /// `printf 'hello\n' | gzip -n`.
    private let hello: [UInt8] = [
        0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7, 0x02, 0, 0x20, 0x30, 0x3A, 0x36, 6, 0, 0, 0,
    ]

    private func inflate(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> (content: [UInt8], codes: [String]) {
        var log = DiagnosticLog(file: "t.gz")
        let content = try Gzip.inflated(bytes, limit: limit, log: &log)
        return (content, log.diagnostics.map(\.code))
    }

    @Test func `what was compressed comes back, and every compression gives the same bytes`() throws {
        for content in [text, [], [0]] {
            let packed = Gzip.deflated(content)
            #expect(Gzip.isCompressed(packed) && packed == Gzip.deflated(content))
            #expect(Array(packed[3..<8]) == [0, 0, 0, 0, 0])
            #expect(try inflate(packed) == (content, []))
        }
    }

    @Test func `a file of the gzip program is read`() throws { #expect(try inflate(hello) == (Array("hello\n".utf8), [])) }

    @Test func `members follow one another`() throws {
        #expect(try inflate(hello + hello) == (Array("hello\nhello\n".utf8), []))
        #expect(try inflate(hello + [0, 0, 0]) == (Array("hello\n".utf8), []))
        #expect(try inflate(hello + [1, 2]) == (Array("hello\n".utf8), ["gzip-rest"]))
    }

    @Test func `a cut file gives what comes before`() throws {
        let packed = Gzip.deflated((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
        let (content, codes) = try inflate(Array(packed.dropLast(packed.count / 2)))
        #expect(!content.isEmpty && codes == ["gzip-cut"])
        #expect(try inflate(hello.dropLast(3)) == (Array("hello\n".utf8), ["gzip-cut"]))
        #expect(throws: FormatError.self) { try inflate(Array(hello.prefix(5))) }
    }

    @Test func `damage is named`() throws {
        var wrong = hello
        wrong[18] ^= 1
        #expect(try inflate(wrong) == (Array("hello\n".utf8), ["gzip-checksum"]))
        #expect(throws: FormatError.self) { try inflate([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF]) }
    }

    @Test func `content beyond the limit is refused before it fills memory`() throws {
        let error = #expect(throws: FormatError.self) { try inflate(Gzip.deflated(text), limit: text.count - 1) }
        #expect(error?.reason == .tooLarge)
        #expect(try inflate(Gzip.deflated(text), limit: text.count).content == text)
        let bomb = Gzip.deflated([UInt8](repeating: 0x20, count: Gzip.freeSize + 1))
        let refusal = #expect(throws: FormatError.self) { try inflate(bomb, limit: 1 << 30) }
        #expect(refusal?.description.contains("at most 200 times its size") == true)
    }
}
