/// The first record of a JSON or JSON Lines file, as far as a sample of it reaches.
struct JSONSample {
    /// Names of the members of the first object; of the first object of an array, where the file is one.
    private(set) var names: Set<String> = []
    /// Texts of those members that are strings.
    private(set) var texts: [String: String] = [:]
    /// Whether the file is an array.
    private(set) var isArray = false

    /// Nil when the text does not begin with an object or with an array of objects.
    init?(_ text: [UInt8]) {
        guard var json = try? JSONTokenizer(text, in: 0..<Self.wholeLength(text), file: "", sizeLimit: .max) else { return nil }
        isArray = (try? json.next()) == .beginArray
        if isArray { _ = try? json.next() }
        guard json.token == .beginObject else { return nil }
        while (try? json.next()) == .name {
            let name = json.text
            names.insert(name)
            guard let token = try? json.next() else { return }
            if token == .string { texts[name] = json.text }
            guard (try? json.skipValue()) != nil else { return }
        }
    }

    /// Without a character that is cut at the end of the sample.
    private static func wholeLength(_ text: [UInt8]) -> Int {
        var length = text.count
        while length > 0, text.count - length < 3, text[length - 1] & 0xC0 == 0x80 { length -= 1 }
        return length > 0 && text[length - 1] >= 0xC0 ? length - 1 : text.count
    }
}
