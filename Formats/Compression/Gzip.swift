/// Compressed files of the gzip format (RFC 1952), bounded in what they may grow to.
public enum Gzip {
    /// Whether the bytes begin as a gzip file does.
    public static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8 }

    /// Bytes that the content of any file may have; the ratio counts beyond them.
    static let freeSize = 16 << 20
    /// How many times longer than the file its content may be: text shrinks to a twentieth, at best to a fiftieth.
    static let ratioLimit = 200

    /// The content of a gzip file, all its members one behind the other.
    ///
    /// A file that is cut, whose checksum differs or that something follows gives what could be read, and a remark.
    ///
    /// - Parameters:
    ///   - limit: bytes that the content may have.
    ///   - log: takes the remarks; its file name is the one in errors.
    /// - Throws: ``FormatError`` when the content is longer than the limit, or 200 times longer than the file and 16 MB; or when
    ///   nothing can be read.
    public static func inflated(_ bytes: [UInt8], limit: Int, log: inout DiagnosticLog) throws(FormatError) -> [UInt8] {
        let (whole, isCapped) = bytes.count.multipliedReportingOverflow(by: ratioLimit)
        let allowed = min(limit, max(freeSize, isCapped ? .max : whole))
        let inflation = GzipInflater(allowed: allowed).run(bytes)
        switch inflation.end {
        case .complete: break
        case .tooLarge:
            let isRatio = allowed < limit
            throw FormatError(
                .tooLarge, file: log.file, found: "a compressed file of \(bytes.count) bytes that grows beyond \(allowed) bytes",
                expected: isRatio ? "at most \(ratioLimit) times its size" : "at most \(limit) bytes")
        case .cut:
            log.add(.error, "gzip-cut", found: "a compressed file that ends too early", expected: "its end", effect: "what comes before is read")
        case .checksum:
            log.add(.warning, "gzip-checksum", found: "content with another checksum or length", expected: "the stated one", effect: "it is read as it is")
        case .damaged:
            log.add(.error, "gzip-damaged", found: "bytes that are not compressed data", expected: "a whole file", effect: "what comes before is read")
        case .followed:
            log.add(.warning, "gzip-rest", found: "bytes behind the compressed data", expected: "the end of the file", effect: "they are passed over")
        }
        if inflation.content.isEmpty, inflation.end == .damaged || inflation.end == .cut {
            throw FormatError(.malformed, file: log.file, found: "a compressed file that cannot be read", expected: "gzip (RFC 1952)")
        }
        return inflation.content
    }

    /// The first bytes of the content, at most `count`, as far as they can be read.
    static func beginning(_ bytes: [UInt8], count: Int) -> [UInt8] { GzipInflater(allowed: count).run(bytes).content }

    /// The bytes as a gzip file: the same for the same bytes, without a name and a time.
    public static func deflated(_ bytes: [UInt8]) -> [UInt8] { GzipDeflater.run(bytes) }
}
