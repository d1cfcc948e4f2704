import Timeline

/// Writes the fields of a line that are parted by spaces.
enum LineField {
    /// Appends a space and a field; `absent` where there is nothing to say. Blanks and control characters inside become `_`.
    static func append(_ value: String?, absent: StaticString = "<NA>", to bytes: inout [UInt8]) {
        bytes.append(Byte.space)
        guard let value, !value.isEmpty else {
            absent.withUTF8Buffer { bytes.append(contentsOf: $0) }
            return
        }
        appendWord(value, to: &bytes)
    }

    /// Appends a text as one word: blanks and control characters become `_`.
    static func appendWord(_ value: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += value.utf8
        for index in start..<bytes.count where bytes[index] <= Byte.space || bytes[index] == 0x7F { bytes[index] = .ascii("_") }
    }
}

extension [Attribute] {
    /// The value of an attribute as a small whole number.
    func count(of name: String) -> Int? { self[name].flatMap { Int($0) }.map { Swift.min(Swift.max(0, $0), 20) } }
}

/// What a writer derives from a layer, kept while labels of the same layer follow each other.
struct LayerCache<Value> {
    private var latest: (number: Int, value: Value)?

    mutating func value(_ place: LabelPlace, _ make: () -> Value) -> Value {
        if let latest, latest.number == place.number { return latest.value }
        let value = make()
        latest = (place.number, value)
        return value
    }
}
