/// Writes JSON as UTF-8, value by value: members in the order given, numbers with the digits given.
///
///     var json = JSONWriter(.oneLine)
///     json.beginObject()
///     json.add("id", "a")
///     json.name("times")
///     json.beginArray()
///     json.add(1.5)
///     json.endArray()
///     json.endObject()
///     json.endLine()                       // {"id": "a", "times": [1.5]}
///
/// ``bytes`` may be taken and emptied between values, so that a long file passes in constant memory.
public struct JSONWriter {
    public var bytes: [UInt8] = []
    private let flatDepth: Int
    private let isCompact: Bool
    private var depth = 0
    private var isFirst = true
    private var isAfterName = false

    public enum Layout: Hashable, Sendable {
        /// Two blanks of indent; values `flatDepth` deep and deeper stand on one line.
        case indented(flatDepth: Int = .max)
        /// A blank after each comma and colon, as Python's `json.dumps` has it.
        case oneLine
        /// No white space.
        case compact
    }

    public init(_ layout: Layout) {
        isCompact = layout == .compact
        if case .indented(let depth) = layout { flatDepth = depth } else { flatDepth = 0 }
    }

    /// The text of a value, with a line end after it.
    ///
    /// - Parameter flatDepth: values this deep and deeper stand on one line; 0 puts everything on one.
    public static func write(_ value: JSONValue, flatDepth: Int = .max) -> [UInt8] {
        var writer = JSONWriter(.indented(flatDepth: flatDepth))
        writer.add(value)
        writer.endLine()
        return writer.bytes
    }

    // MARK: Structure

    public mutating func beginObject() { open(.ascii("{")) }
    public mutating func endObject() { close(.ascii("}")) }
    public mutating func beginArray() { open(.ascii("[")) }
    public mutating func endArray() { close(.ascii("]")) }

    /// The name of the member whose value comes next.
    public mutating func name(_ name: String) {
        separate()
        bytes.appendJSON(name)
        bytes.append(.ascii(":"))
        if !isCompact { bytes.append(Byte.space) }
        isAfterName = true
    }

    /// Ends the text of a value; another may follow, as in JSON Lines.
    public mutating func endLine() {
        bytes.append(Byte.lineFeed)
        isFirst = true
    }

    // MARK: Values

    public mutating func add(_ text: String) {
        separate()
        bytes.appendJSON(text)
    }

    public mutating func add(_ number: Int64) {
        separate()
        bytes.appendDecimal(number)
    }

    /// The shortest digits that read back as the same number; null for infinities and NaN, which JSON cannot hold.
    public mutating func add(_ number: Double) {
        guard number.isFinite else { return addNull() }
        separate()
        bytes.appendShortest(number)
    }

    public mutating func add(_ truth: Bool) {
        separate()
        bytes += (truth ? "true" : "false").utf8
    }

    public mutating func addNull() {
        separate()
        bytes += "null".utf8
    }

    /// A value that is JSON already, such as the digits of a number or the text of an unknown member; it is not checked.
    public mutating func add(raw json: some Collection<UInt8>) {
        separate()
        bytes += json
    }

    /// Members that are JSON already, with commas between them; they are not checked.
    mutating func add(members json: some Collection<UInt8>) { add(raw: json) }

    /// Seconds with the fewest digits, from `least` after the point on, that read back as the same ticks.
    mutating func add(secondsOf ticks: Int64, least: Int) {
        separate()
        DecimalSeconds.append(ticks, least: least, to: &bytes)
    }

    public mutating func add(_ value: JSONValue) {
        switch value {
        case .null: addNull()
        case .bool(let truth): add(truth)
        case .number(let digits): add(raw: digits.utf8)
        case .string(let text): add(text)
        case .array(let values):
            beginArray()
            for value in values { add(value) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members { add(member.name, member.value) }
            endObject()
        }
    }

    // MARK: Members

    public mutating func add(_ name: String, _ text: String) {
        self.name(name)
        add(text)
    }

    public mutating func add(_ name: String, _ number: Int64) {
        self.name(name)
        add(number)
    }

    public mutating func add(_ name: String, _ number: Double) {
        self.name(name)
        add(number)
    }

    public mutating func add(_ name: String, _ truth: Bool) {
        self.name(name)
        add(truth)
    }

    public mutating func add(_ name: String, _ value: JSONValue) {
        self.name(name)
        add(value)
    }

    // MARK: White space

    /// What stands between the value before and the one that comes.
    private mutating func separate() {
        if isAfterName { return isAfterName = false }
        guard depth > 0 else { return }
        if !isFirst { bytes.append(.ascii(",")) }
        if depth <= flatDepth { newLine() } else if !isFirst, !isCompact { bytes.append(Byte.space) }
        isFirst = false
    }

    private mutating func newLine() {
        bytes.append(Byte.lineFeed)
        bytes.append(contentsOf: repeatElement(Byte.space, count: 2 * depth))
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        depth += 1
        isFirst = true
    }

    private mutating func close(_ bracket: UInt8) {
        depth -= 1
        if !isFirst, depth < flatDepth { newLine() }
        bytes.append(bracket)
        isFirst = false
    }
}
