import Timeline

/// What the `meta` element of a CVAT file says. Its text is kept, so that it can be written as it was.
struct CVATMeta {
    /// A task, of which a file of a project has several.
    struct Task {
        var id = "", name = "", source = ""
        var width, height: Int?
        /// Frames of the task.
        var size: Int?
    }

    private(set) var tasks: [Task] = []
    private(set) var labels: Set<String> = []
    private(set) var isFinished = false
    private var writer = XMLWriter(indent: 0, declaration: false)
    private var path: [String] = []
    private var source = ""

    mutating func start(_ tag: borrowing XMLTag) {
        let name = tag.name.local
        if name == "task" || name == "job" { tasks.append(Task()) }
        writer.open(tag.name.description, keepsSpace: true)
        for index in 0..<tag.count { writer.attribute(tag.attributeName(index).description, tag.string(index)) }
        path.append(name)
    }

    mutating func text(_ text: [UInt8]) {
        // White space between elements is layout.
        guard text.contains(where: { $0 > Byte.space }) else { return }
        let value = String(decoding: text, as: UTF8.self)
        writer.text(value)
        let place = Array(path.suffix(2))
        switch place {
        case ["label", "name"]: labels.insert(value)
        case ["meta", "source"]: source = value
        case ["task", "id"], ["job", "id"]: change { $0.id = value }
        case ["task", "name"]: change { $0.name = value }
        case ["task", "source"], ["job", "source"]: change { $0.source = value }
        case ["task", "size"], ["job", "size"]: change { $0.size = Self.number(value) }
        case ["original_size", "width"]: change { $0.width = Self.number(value) }
        case ["original_size", "height"]: change { $0.height = Self.number(value) }
        default: break
        }
    }

    /// Nil unless above zero and of a size that video can have.
    private static func number(_ text: String) -> Int? { Int(text).flatMap { (1...1 << 40).contains($0) ? $0 : nil } }

    private mutating func change(_ body: (inout Task) -> Void) {
        if tasks.isEmpty { tasks.append(Task()) }
        body(&tasks[tasks.count - 1])
    }

    mutating func end() {
        writer.close()
        path.removeLast()
        isFinished = path.isEmpty
    }

    /// The element as XML on one line.
    var text: String {
        var bytes = writer.bytes
        if bytes.last == Byte.lineFeed { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name of a task's media: the file it was made of, else its own name.
    func mediaName(of task: Task) -> String? {
        let names = [tasks.count == 1 ? source : "", task.source, task.name]
        return names.first { !$0.isEmpty }
    }
}
