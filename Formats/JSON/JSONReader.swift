/// Reads JSON (RFC 8259) from UTF-8 bytes, with bounds on depth and size, and with line and column in every error.
///
/// A lone surrogate escape becomes U+FFFD and a repeated member name is kept, each with a remark; all else that the
/// RFC does not allow is an error.
public enum JSONReader {
    /// Arrays and objects inside one another: RFC 8259 lets a reader set a limit. The tokenizer keeps a bit for each in 4 words.
    public static let depthLimit = 256
    /// Bytes of one text.
    public static let sizeLimit = 1 << 30

    /// The value of a JSON text.
    ///
    /// - Parameter log: takes the remarks; its file name is the one in errors.
    /// - Throws: ``FormatError`` with the place, what was found and what was expected.
    public static func read(_ bytes: [UInt8], log: inout DiagnosticLog) throws(FormatError) -> JSONValue {
        var json = try JSONTokenizer(bytes, file: log.file)
        var place = TextPlace()
        try json.next()
        let value = try json.value { offset, name in
            log.addHabit(
                .warning, "json-repeated-name", at: place.position(of: offset, in: bytes), found: "the member \"\(name.prefix(60))\" again",
                expected: "names that differ", effect: "the last one counts")
        }
        try json.finish()
        json.remark(to: &log)
        return value
    }
}
