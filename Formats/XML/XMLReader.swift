/// Reads XML from bytes and hands its events to a ``XMLHandler``, with bounds on depth and sizes.
///
/// Nothing outside the file is ever opened: an external DTD is left out with a warning, and a file that declares
/// entities or attribute defaults is refused, so that neither can read other files or grow (XXE, "billion laughs").
/// UTF-8, UTF-16 and every declared encoding that libxml2 knows are read.
enum XMLReader {
    /// Bytes that libxml2 is given at a time. It keeps a copy of what it was given.
    static let blockSize = 1 << 16

    /// Reads a whole file.
    ///
    /// - Parameter encodingName: any name that iconv knows, instead of the encoding that the file declares.
    /// - Throws: ``FormatError`` with line and column: what the handler threw, or that the file is not well-formed XML.
    static func read(
        _ bytes: [UInt8], encodingName: String? = nil, limits: XMLLimits = .standard, into handler: some XMLHandler
    ) throws(FormatError) {
        guard let encodingName else { return try read(bytes, ignoresDeclaredEncoding: false, limits, handler) }
        let source = try TextSource(bytes, encodingName: encodingName, log: &handler.log)
        let text = source.start > 0 ? Array(source.text.dropFirst(source.start)) : source.text
        try read(text, ignoresDeclaredEncoding: true, limits, handler)
    }

    private static func read(
        _ bytes: [UInt8], ignoresDeclaredEncoding: Bool, _ limits: XMLLimits, _ handler: some XMLHandler
    ) throws(FormatError) {
        let parser = try LibXMLParser(ignoresDeclaredEncoding: ignoresDeclaredEncoding, limits: limits, handler: handler)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + blockSize)
            try parser.feed(bytes, start..<end)
            start = end
        }
        try parser.finish()
    }
}
