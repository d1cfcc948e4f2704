/// The remarks of one reading, in the order of the file. Past a limit they are counted and no longer kept, so that a
/// file of ten million bad lines costs no more memory than one of a thousand.
public struct DiagnosticLog: Sendable {
    /// Remarks kept in full.
    public static let limit = 1000

    public let file: String
    public private(set) var diagnostics: [Diagnostic] = []
    /// Remarks beyond ``limit``, by severity.
    public private(set) var omitted: [Diagnostic.Severity: Int] = [:]

    /// Where the first remark of each repeated kind stands in ``diagnostics``.
    private var repeated: [String: Int] = [:]

    public init(file: String) { self.file = file }

    public mutating func append(_ diagnostic: Diagnostic) {
        guard diagnostics.count < Self.limit else { return omitted[diagnostic.severity, default: 0] += 1 }
        diagnostics.append(diagnostic)
    }

    /// Adds a remark about this file.
    public mutating func add(
        _ severity: Diagnostic.Severity, _ code: String, at position: TextPosition? = nil, found: @autoclosure () -> String,
        expected: String? = nil, effect: String? = nil
    ) {
        guard diagnostics.count < Self.limit else { return omitted[severity, default: 0] += 1 }
        diagnostics.append(
            Diagnostic(severity, code, file: file, at: position, found: found(), expected: expected, effect: effect))
    }

    /// Adds a remark about a habit of the file: the first place is kept, further ones are counted.
    public mutating func addHabit(
        _ severity: Diagnostic.Severity, _ code: String, at position: @autoclosure () -> TextPosition,
        found: @autoclosure () -> String, expected: String? = nil, effect: String? = nil
    ) {
        if let index = repeated[code] { return diagnostics[index].count += 1 }
        add(severity, code, at: position(), found: found(), expected: expected, effect: effect)
        if diagnostics.last?.code == code { repeated[code] = diagnostics.count - 1 }
    }

    /// Takes over the remarks on another file, such as one of a folder.
    mutating func collect(_ other: DiagnosticLog) {
        for diagnostic in other.diagnostics { append(diagnostic) }
        for (severity, count) in other.omitted { omitted[severity, default: 0] += count }
    }

    /// Takes over what is remarked on another file.
    mutating func collect(file: String, _ body: (inout DiagnosticLog) -> Void) {
        var other = DiagnosticLog(file: file)
        body(&other)
        collect(other)
    }

    /// Puts the remarks in the order of the file; those about the whole file come first.
    mutating func sort() {
        let start = TextPosition(line: 0, column: 0)
        let order = diagnostics.indices.sorted {
            (diagnostics[$0].position ?? start, $0) < (diagnostics[$1].position ?? start, $1)
        }
        diagnostics = order.map { diagnostics[$0] }
        repeated.removeAll()
    }

    /// Remarks of a severity, kept or not.
    public func count(_ severity: Diagnostic.Severity) -> Int {
        omitted[severity, default: 0] + diagnostics.count { $0.severity == severity }
    }
}
