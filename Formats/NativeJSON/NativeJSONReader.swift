import Timeline

/// Decodes the objects of the native format from tokens, in one pass and without a tree.
///
/// Every function begins at the latest token of the tokenizer and leaves it at the last token of the value.
struct NativeJSONReader {
    let mode: ReadingMode
    var log: DiagnosticLog
    /// Whether the latest error is about a value, and not about the JSON around it: reading can go on behind the value.
    var isAboutValue = false
    /// The labels of the document so far, for the rule that ids differ.
    var ids = NativeIDs()

    init(_ mode: ReadingMode, _ log: DiagnosticLog) { (self.mode, self.log) = (mode, log) }

    // MARK: Objects and arrays

    /// Reads the members of the object that the latest token begins. Unknown members are remarked on.
    ///
    /// - Parameter read: takes a key, with the tokenizer at the first token of its value.
    /// - Returns: unknown members as attributes `json.<name>` with their JSON, where `carries` says that the object can hold them.
    mutating func members<Key: NativeKey>(
        _ json: inout JSONTokenizer, _ keys: Key.Type, carries: Bool = false,
        _ read: (inout NativeJSONReader, inout JSONTokenizer, Key) throws(FormatError) -> Void
    ) throws(FormatError) -> [Attribute] {
        guard json.token == .beginObject else { throw wrong(&json, "an object") }
        var (seen, unknown) = (UInt64(0), [Attribute]())
        let table = Key.table
        while try json.next() == .name {
            guard let (place, key) = table.find(json) else {
                if let attribute = try self.unknown(&json, carries) { unknown.append(attribute) }
                continue
            }
            if seen & 1 << UInt64(place) != 0 { remarkOnRepeat(&json) }
            seen |= 1 << UInt64(place)
            try json.next()
            try read(&self, &json, key)
        }
        return unknown
    }

    private mutating func unknown(_ json: inout JSONTokenizer, _ carries: Bool) throws(FormatError) -> Attribute? {
        let (name, place) = (json.text, json.position())
        try json.next()
        let value = json.bytes.string(try json.rawValue())
        log.addHabit(
            .warning, "json-unknown-key", at: place, found: "the member \"\(name.prefix(60))\"", expected: "a member that version \(NativeJSON.version) names",
            effect: carries ? "it is kept as the attribute json.\(name.prefix(60))" : "it is left out")
        return carries ? Attribute("json.\(name)", value) : nil
    }

    private mutating func remarkOnRepeat(_ json: inout JSONTokenizer) {
        let place = json.position()
        log.addHabit(
            .warning, "json-repeated-name", at: place, found: "the member \"\(json.text.prefix(60))\" again", expected: "names that differ",
            effect: "the last one counts")
    }

    /// Reads the elements of the array that the latest token begins.
    mutating func list<Item>(
        _ json: inout JSONTokenizer, _ read: (inout NativeJSONReader, inout JSONTokenizer) throws(FormatError) -> Item
    ) throws(FormatError) -> [Item] {
        guard json.token == .beginArray else { throw wrong(&json, "an array") }
        var items: [Item] = []
        while try json.next() != .endArray { items.append(try read(&self, &json)) }
        return items
    }

    // MARK: Values

    mutating func text(_ json: inout JSONTokenizer) throws(FormatError) -> String {
        guard json.token == .string else { throw wrong(&json, "a string") }
        return json.text
    }

    mutating func whole(_ json: inout JSONTokenizer) throws(FormatError) -> Int64 {
        guard let value = json.integer else { throw wrong(&json, "a whole number") }
        return value
    }

    mutating func count(_ json: inout JSONTokenizer) throws(FormatError) -> Int {
        guard let value = json.integer, (0...1 << 40).contains(value) else { throw wrong(&json, "a count") }
        return Int(value)
    }

    mutating func number(_ json: inout JSONTokenizer) throws(FormatError) -> Double {
        guard let value = json.double, value.isFinite else { throw wrong(&json, "a number") }
        return value
    }

    mutating func numbers(_ json: inout JSONTokenizer, _ count: Int) throws(FormatError) -> [Double] {
        let place = json.position()
        let values = try list(&json) { (reader, json) throws(FormatError) in try reader.number(&json) }
        guard values.count == count else { throw wrong(place, "\(values.count) numbers", "\(count)") }
        return values
    }

    mutating func truth(_ json: inout JSONTokenizer) throws(FormatError) -> Bool {
        guard json.token == .true || json.token == .false else { throw wrong(&json, "true or false") }
        return json.token == .true
    }

    mutating func time(_ json: inout JSONTokenizer) throws(FormatError) -> Timestamp {
        guard let ticks = json.integer else { throw wrong(&json, "a whole number of ticks") }
        guard Timestamp(ticks: ticks).isRepresentable else { throw wrong(&json, "a time within 100 years") }
        return Timestamp(ticks: ticks)
    }

    mutating func confidence(_ json: inout JSONTokenizer) throws(FormatError) -> Confidence {
        guard let confidence = json.double.flatMap(Confidence.init) else { throw wrong(&json, "a number from 0 to 1") }
        return confidence
    }

    /// One of the cases whose raw values are names.
    mutating func named<Value: RawRepresentable<String> & CaseIterable>(_ json: inout JSONTokenizer, _: Value.Type) throws(FormatError) -> Value {
        guard json.token == .string, let value = Value(rawValue: json.text) else {
            throw wrong(&json, "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }

    mutating func attributes(_ json: inout JSONTokenizer) throws(FormatError) -> [Attribute] {
        try list(&json) { (reader, json) throws(FormatError) in
            let place = json.position()
            let pair = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.text(&json) }
            guard pair.count == 2 else { throw reader.wrong(place, "\(pair.count) strings", "a pair of strings, name and value") }
            return Attribute(pair[0], pair[1])
        }
    }

    // MARK: Errors

    /// An error about the latest value, which is well-formed JSON.
    mutating func wrong(_ json: inout JSONTokenizer, _ expected: String) -> FormatError {
        isAboutValue = true
        return json.unexpected(expected)
    }

    mutating func wrong(_ place: TextPosition, _ found: String, _ expected: String) -> FormatError {
        isAboutValue = true
        return FormatError(.malformed, file: log.file, at: place, found: found, expected: expected)
    }

    /// A value that must be there.
    mutating func required<Value>(_ value: Value?, _ name: String, _ place: TextPosition) throws(FormatError) -> Value {
        guard let value else { throw wrong(place, "an object without \"\(name)\"", "a value") }
        return value
    }

    /// A broken rule that a lenient reading mends.
    mutating func mend(_ code: String, at place: TextPosition? = nil, _ found: String, _ expected: String, _ effect: String) throws(FormatError) {
        if mode == .strict { throw FormatError(.malformed, file: log.file, at: place, found: found, expected: expected) }
        log.add(.warning, code, at: place, found: found, expected: expected, effect: effect)
    }
}
