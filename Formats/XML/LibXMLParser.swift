import CLibXML2

/// Reads XML block by block. The only type that touches libxml2: its pointers live in this file.
///
/// Uses the SAX2 interface in push mode, so that no tree is built and memory does not grow with the file.
final class LibXMLParser {
    private let context: xmlParserCtxtPtr
    private let handler: any XMLHandler
    private let limits: XMLLimits
    private var names = NameTable()
    private var tag = XMLTag()
    private var open: [XMLName] = []
    /// Characters since the last tag.
    private var text: [UInt8] = []
    private var textPosition = TextPosition(line: 1)
    private var size = 0
    private var failure: FormatError?

    /// libxml2 sets up its tables once, before threads use them.
    private static let library: Void = xmlInitParser()

    init(ignoresDeclaredEncoding: Bool, limits: XMLLimits, handler: any XMLHandler) throws(FormatError) {
        _ = Self.library
        (self.handler, self.limits) = (handler, limits)
        var callbacks = Self.makeCallbacks()
        guard let context = xmlCreatePushParserCtxt(&callbacks, nil, nil, 0, nil) else {
            throw FormatError(.system, file: handler.log.file, found: "no memory for an XML reader")
        }
        self.context = context
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        let encoding = ignoresDeclaredEncoding ? XML_PARSE_IGNORE_ENC.rawValue : 0
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | encoding))
        // Without this "&amp;" in an attribute comes as "&#38;". No entity but the five of XML can be met: a declaration
        // of another, or the use of one that is not declared, stops the reading.
        context.pointee.replaceEntities = 1
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
    }

    /// Reads on.
    ///
    /// - Parameter range: at most some hundred kilobytes at a time; libxml2 copies it.
    func feed(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) {
        if let failure { throw failure }
        size += range.count
        guard size <= limits.size else {
            throw FormatError(
                .tooLarge, file: handler.log.file, found: "more than \(limits.size) bytes of XML", expected: "at most \(limits.size) bytes")
        }
        parse(bytes, range, isLast: false)
        if let failure { throw failure }
        try checkUnread()
    }

    /// Ends the file.
    func finish() throws(FormatError) {
        if let failure { throw failure }
        parse([], 0..<0, isLast: true)
        if let failure { throw failure }
        guard context.pointee.wellFormed != 0 else {
            throw FormatError(.malformed, file: handler.log.file, at: position, found: "a damaged file", expected: "well-formed XML")
        }
    }

    private func parse(_ bytes: [UInt8], _ range: Range<Int>, isLast: Bool) {
        let handlers = slate_xml_silence()
        let code = bytes.withUnsafeBytes { buffer in
            let block = UnsafeRawBufferPointer(rebasing: buffer[range]).assumingMemoryBound(to: CChar.self)
            return xmlParseChunk(context, block.baseAddress, Int32(block.count), isLast ? 1 : 0)
        }
        slate_xml_restore(handlers)
        // This failure comes by no callback.
        if code == Int32(XML_ERR_INVALID_ENCODING.rawValue) { stop("bytes that the stated encoding does not have", "the encoding that the file states") }
    }

    // MARK: Failure and place

    private func stop(_ error: FormatError) {
        guard failure == nil else { return }
        failure = error
        xmlStopParser(context)
    }

    private func stop(_ found: String, _ expected: String, at position: TextPosition? = nil) {
        stop(FormatError(.malformed, file: handler.log.file, at: position ?? self.position, found: found, expected: expected))
    }

    /// Calls the handler and keeps what it throws.
    private func call(_ body: () throws(FormatError) -> Void) {
        guard failure == nil else { return }
        do { try body() } catch { stop(error) }
    }

    /// Where libxml2 stands.
    private var position: TextPosition {
        guard let input = context.pointee.input else { return TextPosition(line: 1) }
        return TextPosition(line: Int(input.pointee.line), column: max(1, Int(input.pointee.col)))
    }

    /// The end of what libxml2 holds.
    private var endPosition: TextPosition {
        guard let input = context.pointee.input, var place = input.pointee.cur, let end = input.pointee.end else { return position }
        var (line, column) = (Int(input.pointee.line), Int(input.pointee.col))
        while place < end {
            if place.pointee == Byte.lineFeed { (line, column) = (line + 1, 0) }
            if place.pointee & 0xC0 != 0x80 { column += 1 }
            place += 1
        }
        return TextPosition(line: line, column: max(1, column))
    }

    /// Where the tag began that libxml2 has just read: it counts lines up to the tag's end. No `<` lies inside a tag.
    private var tagPosition: TextPosition {
        guard let input = context.pointee.input, let cursor = input.pointee.cur, let base = input.pointee.base else { return position }
        var (place, lines, sameLine) = (cursor, 0, 0)
        while place > base {
            place -= 1
            if place.pointee == Byte.lineFeed { lines += 1 }
            if lines == 0, place.pointee & 0xC0 != 0x80 { sameLine += 1 }
            if place.pointee == .ascii("<") { break }
        }
        let line = Int(input.pointee.line) - lines
        guard lines > 0 else { return TextPosition(line: line, column: max(1, Int(input.pointee.col) - sameLine)) }
        return TextPosition(line: line, column: Self.column(of: place, from: base))
    }

    /// The column of a byte, counted from the line's beginning; 1 when that is no longer in memory.
    private static func column(of place: UnsafePointer<xmlChar>, from base: UnsafePointer<xmlChar>) -> Int {
        var (start, column) = (place, 1)
        while start > base, start - 1 > place - 4096 {
            start -= 1
            if start.pointee == Byte.lineFeed { return column }
            if start.pointee & 0xC0 != 0x80 { column += 1 }
        }
        return start == base ? column : 1
    }

    /// Bounds what libxml2 holds back because its end has not come: a long tag, comment or instruction.
    private func checkUnread() throws(FormatError) {
        guard let input = context.pointee.input, let cursor = input.pointee.cur, let end = input.pointee.end else { return }
        let unread = UnsafeBufferPointer(start: cursor, count: max(0, end - cursor))
        guard unread.count >= XMLReader.blockSize / 4 else { return }
        // Stopping frees what is unread.
        if unread.count > limits.tag {
            stop("a tag or comment of more than \(limits.tag) bytes", "shorter ones")
        } else if Self.attributeCount(unread) > limits.attributes {
            stop("a tag with more than \(limits.attributes) attributes", "fewer")
        }
        if let failure { throw failure }
    }

    /// The `=` outside quotes in an unfinished tag; 0 for other things.
    private static func attributeCount(_ unread: UnsafeBufferPointer<UInt8>) -> Int {
        guard unread.count > 1, unread[0] == .ascii("<"), unread[1] != .ascii("!"), unread[1] != .ascii("?") else { return 0 }
        var (count, quote) = (0, UInt8(0))
        for byte in unread {
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == .ascii("\"") || byte == .ascii("'") {
                quote = byte
            } else if byte == .ascii("=") {
                count += 1
            }
        }
        return count
    }

    // MARK: Events

    private func start(_ name: XMLName, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int) {
        flushText()
        guard failure == nil else { return }
        guard open.count < limits.depth else {
            return stop("more than \(limits.depth) elements inside one another", "less depth")
        }
        guard count <= limits.attributes else { return stop("a tag with \(count) attributes", "at most \(limits.attributes)") }
        open.append(name)
        tag.begin(name, at: tagPosition)
        // Five pointers each: local name, prefix, namespace, begin and end of the value.
        for index in 0..<count {
            guard let fields = attributes?.advanced(by: 5 * index), let start = fields[3], let end = fields[4] else { continue }
            tag.add(names.name(fields[0], fields[1], fields[2]), UnsafeBufferPointer(start: start, count: end - start))
        }
        call { () throws(FormatError) in try handler.startElement(tag) }
    }

    private func end() {
        flushText()
        guard failure == nil, let name = open.popLast() else { return }
        call { () throws(FormatError) in try handler.endElement(name, at: position) }
    }

    private func add(_ characters: UnsafeBufferPointer<UInt8>) {
        guard failure == nil else { return }
        if text.isEmpty { textPosition = startPosition(of: characters) }
        text.append(contentsOf: characters)
        if text.count > limits.text { stop("more than \(limits.text) bytes of text between two tags", "shorter text") }
    }

    /// Where characters began that libxml2 has just read.
    private func startPosition(of characters: UnsafeBufferPointer<UInt8>) -> TextPosition {
        let end = position
        // libxml2 hands over long text in pieces of this size; beyond, the count would cost more than the place is worth.
        let lines = characters.count { $0 == Byte.lineFeed }
        guard lines == 0 else { return TextPosition(line: max(1, end.line - lines)) }
        return TextPosition(line: end.line, column: max(1, end.column - characters.count { $0 & 0xC0 != 0x80 }))
    }

    private func flushText() {
        guard !text.isEmpty, failure == nil else { return }
        call { () throws(FormatError) in try handler.characters(text, at: textPosition) }
        text.removeAll(keepingCapacity: true)
    }

    private func documentType(external: String?) {
        guard let external, failure == nil else { return }
        handler.log.add(
            .warning, "xml-dtd", at: position, found: "an external DTD '\(external.prefix(80))'", expected: "none",
            effect: "it is not fetched, and what it defines is not known")
    }

    private func declaration(_ what: String) {
        stop("a DTD that declares \(what)", "a file without such declarations, which could read other files or grow without bound")
    }

    private func report(_ error: xmlError) {
        guard failure == nil else { return }
        let message = Self.message(error)
        let position = TextPosition(line: max(1, Int(error.line)), column: max(1, Int(error.int2)))
        let isUnknownEntity = error.code == Int32(XML_WAR_UNDECLARED_ENTITY.rawValue)
        if error.domain == Int32(XML_FROM_NAMESPACE.rawValue) {
            return handler.log.addHabit(
                .warning, "xml-namespace", at: position, found: message, expected: "declared namespaces", effect: "the prefix means nothing")
        }
        if error.code == Int32(XML_ERR_DOCUMENT_END.rawValue), let name = open.last {
            return stop("the end of the file inside <\(name)>", "</\(name)>", at: endPosition)
        }
        guard isUnknownEntity || error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        stop(message, "well-formed XML", at: position)
    }

    /// The first line of libxml2's message, in quotes of its own making.
    private static func message(_ error: xmlError) -> String {
        guard let text = error.message else { return "damage" }
        let line = String(cString: text).split(whereSeparator: \.isNewline).first ?? "damage"
        return "XML that libxml2 refuses (\(String(line.prefix(200)).trimmed))"
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

// MARK: C callbacks

extension LibXMLParser {
    private static func parser(_ data: UnsafeMutableRawPointer?) -> LibXMLParser? {
        data.map { Unmanaged<LibXMLParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func makeCallbacks() -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElementNs = { data, local, prefix, namespace, _, _, count, defaulted, attributes in
            guard let parser = LibXMLParser.parser(data), parser.failure == nil else { return }
            parser.start(parser.names.name(local, prefix, namespace), attributes, Int(count - defaulted))
        }
        sax.endElementNs = { data, _, _, _ in LibXMLParser.parser(data)?.end() }
        sax.characters = addCharacters
        // The same function tells libxml2 not to look for white space between elements.
        sax.ignorableWhitespace = addCharacters
        sax.cdataBlock = addCharacters
        sax.internalSubset = { data, _, external, system in
            LibXMLParser.parser(data)?.documentType(external: (system ?? external).map { String(cString: $0) })
        }
        sax.entityDecl = { data, _, _, _, _, _ in LibXMLParser.parser(data)?.declaration("entities") }
        sax.unparsedEntityDecl = { data, _, _, _, _ in LibXMLParser.parser(data)?.declaration("entities") }
        sax.attributeDecl = { data, _, _, _, _, _, tree in
            xmlFreeEnumeration(tree)
            LibXMLParser.parser(data)?.declaration("attributes")
        }
        sax.reference = { data, name in
            LibXMLParser.parser(data)?.stop("the entity '\(name.map { String(cString: $0) } ?? "")'", "one of &amp; &lt; &gt; &quot; &apos;")
        }
        sax.serror = { data, error in
            if let error { LibXMLParser.parser(data)?.report(error.pointee) }
        }
        return sax
    }

    private static let addCharacters: charactersSAXFunc = { data, characters, count in
        LibXMLParser.parser(data)?.add(UnsafeBufferPointer(start: characters, count: Int(count)))
    }
}

/// The names of a file. libxml2 keeps each string once, so a name is known by its pointers.
private struct NameTable {
    private struct Key: Hashable {
        let local, prefix, namespace: UnsafePointer<xmlChar>?
    }

    private var names: [Key: XMLName] = [:]
    /// The last name of each slot, before the dictionary is asked.
    private var recent: [(key: Key, name: XMLName)?] = Array(repeating: nil, count: 256)

    mutating func name(
        _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?
    ) -> XMLName {
        let key = Key(local: local, prefix: prefix, namespace: namespace)
        let address = UInt(bitPattern: local)
        let slot = Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> 56)
        if let entry = recent[slot], entry.key == key { return entry.name }
        let name = names[key] ?? XMLName(local: Self.string(local), prefix: Self.string(prefix), namespace: Self.string(namespace))
        names[key] = name
        recent[slot] = (key, name)
        return name
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
