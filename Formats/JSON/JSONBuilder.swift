/// Builds a ``JSONValue`` from tokens, with its own stack in place of recursion.
struct JSONBuilder {
    /// Values and names of the arrays and objects that are open, outermost first.
    private var values: [JSONValue] = []
    private var names: [(name: String, offset: Int)] = []
    private var open: [(values: Int, names: Int)] = []

    /// Takes the tokenizer's latest token.
    ///
    /// - Parameter repeated: called with the offset and text of every member name that its object had before.
    /// - Returns: the value when it is complete.
    mutating func add(_ json: borrowing JSONTokenizer, _ repeated: (Int, String) -> Void) -> JSONValue? {
        switch json.token {
        case .beginObject, .beginArray:
            open.append((values.count, names.count))
            return nil
        case .name:
            names.append((json.text, json.range.lowerBound - 1))
            return nil
        case .string: values.append(.string(json.text))
        case .number: values.append(.number(json.bytes.string(json.range)))
        case .true: values.append(.bool(true))
        case .false: values.append(.bool(false))
        case .null, .end: values.append(.null)
        case .endObject: closeObject(repeated)
        case .endArray: closeArray()
        }
        return open.isEmpty ? values.popLast() : nil
    }

    private mutating func closeArray() {
        let start = open.removeLast().values
        let items = Array(values[start...])
        values.removeSubrange(start...)
        values.append(.array(items))
    }

    private mutating func closeObject(_ repeated: (Int, String) -> Void) {
        let (start, firstName) = open.removeLast()
        let members = zip(names[firstName...], values[start...]).map { JSONMember($0.name, $1) }
        reportRepeats(names[firstName...], repeated)
        values.removeSubrange(start...)
        names.removeSubrange(firstName...)
        values.append(.object(members))
    }

    /// Few names are compared one by one, many are hashed.
    private func reportRepeats(_ names: ArraySlice<(name: String, offset: Int)>, _ repeated: (Int, String) -> Void) {
        var hashed: Set<String> = []
        for index in names.indices {
            let name = names[index].name
            let isKnown = names.count > 16 ? !hashed.insert(name).inserted : names[..<index].contains { $0.name == name }
            if isKnown { repeated(names[index].offset, name) }
        }
    }
}
