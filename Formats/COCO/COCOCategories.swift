import Timeline

/// The categories of a file to be: those that were stated, and new ones for names that are not among them.
struct COCOCategories {
    private var ids: [String: String] = [:]
    private var stated: [JSONValue] = []
    private let text: String?
    private var added: [(id: Int64, name: String)] = []
    private var next: Int64 = 1

    /// - Parameter text: the array that the file had.
    init(_ text: String?) {
        self.text = text
        var log = DiagnosticLog(file: "")
        guard let text, let json = try? JSONReader.read(Array(text.utf8), log: &log), let values = json.array else { return }
        stated = values
        for value in values {
            guard let id = value["id"] else { continue }
            if let number = id.integer, number < .max { next = max(next, number + 1) }
            guard let shown = Self.text(id) else { continue }
            let name = value["name"]?.string ?? id.string ?? shown
            if ids[name] == nil { ids[name] = shown }
        }
    }

    private static func text(_ id: JSONValue) -> String? {
        if let number = id.double.flatMap({ Int64(exactly: $0) }) { return String(number) }
        guard let text = id.string else { return nil }
        return Int64(text) == nil ? String(decoding: JSONWriter.write(id, flatDepth: 0).dropLast(), as: UTF8.self) : text
    }

    /// The id of a name as JSON.
    mutating func id(_ name: String) -> String {
        if let known = ids[name] { return known }
        let id = String(next)
        added.append((next, name))
        ids[name] = id
        next += 1
        return id
    }

    /// Appends the array, as it was where nothing is new.
    func append(to bytes: inout [UInt8]) {
        if let text, added.isEmpty {
            bytes += text.utf8
            return
        }
        bytes.append(.ascii("["))
        var isFirst = true
        func separate() {
            bytes.append(plain: isFirst ? "\n" : ",\n")
            isFirst = false
        }
        for value in stated {
            separate()
            bytes += JSONWriter.write(value, flatDepth: 0).dropLast()
        }
        for category in added {
            separate()
            bytes.append(plain: "{\"id\":")
            bytes.appendDecimal(category.id)
            bytes.append(plain: ",\"name\":")
            bytes.appendJSON(category.name)
            bytes.append(.ascii("}"))
        }
        bytes.append(plain: isFirst ? "]" : "\n]")
    }
}
