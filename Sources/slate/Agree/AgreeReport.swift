import Agreement

/// The figures of a study as text for people and as lines of JSON.
struct AgreeReport {
    private let study: AgreeStudy
    private let options: AgreeOptions
    private let rows: [Row]
    private let categories: [Row]

    /// Categories that --categories prints at most: those that are used most.
    private static let categoryLimit = 50

    private struct Row {
        let name: String
        let figure: Figure
        let interval: Result<ConfidenceInterval, Undefined>?
    }

    init(_ study: AgreeStudy, _ measures: [AgreeMeasure], _ options: AgreeOptions) {
        (self.study, self.options) = (study, options)
        let bootstrap = options.replicates > 0 && study.recordings.count > 1
            ? RecordingBootstrap(
                recordings: study.recordings.count, replicates: options.replicates, seed: options.seed, confidence: options.confidence) : nil
        func row(_ name: String, _ figure: ([Int]) -> Figure) -> Row {
            Row(name: name, figure: figure(study.all), interval: bootstrap.map { $0.interval(figure) })
        }
        rows = measures.map { measure in row(measure.rawValue) { study.figure(measure, $0)! } }
        categories = options.categories ? study.mostUsed(Self.categoryLimit).map { member in
            row(study.memberNames[member]) { study.categoryAlpha(member, $0) }
        } : []
    }

    private var confusions: [(name: String, weight: Int, share: Double)] {
        guard options.categories else { return [] }
        let all = study.patterns.confusions(study.patterns.weights(study.all))
        let sum = all.reduce(0.0) { $0 + Double($1.weight) }
        let names = study.patterns.categories
        return all.prefix(10).map { ("\(names[$0.first]) / \(names[$0.second])", $0.weight, Double($0.weight) / sum) }
    }

    var text: String {
        var lines = ["\(study.annotators.count) annotators, \(study.hasRecordings ? "\(study.recordings.count) recordings, " : "")\(study.units) labels"]
        lines += rows.map(line)
        if !categories.isEmpty { lines += ["", "alpha of one category against all others"] + categories.map(line) }
        if !confusions.isEmpty {
            lines += ["", "what is confused most"]
            lines += confusions.map { "\(Self.padded($0.name)) \(study.weightText($0.weight)), \(Decimal.digits(100 * $0.share, 1)) % of all disagreement" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ row: Row) -> String {
        switch (row.figure, row.interval) {
        case (.undefined(let reason), _): return "\(Self.padded(row.name)) undefined: \(reason)"
        case (.value(let value), .success(let ends)?):
            let percent = Decimal.digits(100 * options.confidence, options.confidence * 100 == (options.confidence * 100).rounded() ? 0 : 1)
            return "\(Self.padded(row.name)) \(Decimal.digits(value, 4))  \(percent) % from \(Decimal.digits(ends.lower, 4)) to \(Decimal.digits(ends.upper, 4))"
        case (.value(let value), _): return "\(Self.padded(row.name)) \(Decimal.digits(value, 4))"
        }
    }

    private static func padded(_ name: String) -> String { name + String(repeating: " ", count: max(0, 16 - name.count)) }

    var jsonLines: String {
        var lines = rows.map { json($0, type: "agreement", key: "measure") }
        lines += categories.map { json($0, type: "category", key: "category") }
        lines += confusions.map {
            JSONValue.object([("type", .string("confusion")), ("categories", .string($0.name)), ("weight", .string(study.weightText($0.weight))), ("share", .digits("\($0.share)"))])
        }
        lines.append(.object([
            ("type", .string("summary")), ("annotators", .array(study.annotators.map { .string($0) })),
            ("recordings", study.hasRecordings ? JSONValue(study.recordings.count) : .null), ("labels", JSONValue(study.units)),
            ("confidence", .digits("\(options.confidence)")), ("replicates", JSONValue(options.replicates)), ("seed", .digits("\(options.seed)")),
        ]))
        return lines.map { $0.text + "\n" }.joined()
    }

    private func json(_ row: Row, type: String, key: String) -> JSONValue {
        let number = { (value: Double?) in value.map { JSONValue.digits("\($0)") } ?? .null }
        let ends = row.interval.flatMap { try? $0.get() }
        var reason = row.figure.undefined
        if reason == nil, case .failure(let why)? = row.interval { reason = why }
        return .object([
            ("type", .string(type)), (key, .string(row.name)), ("value", number(row.figure.value)), ("lower", number(ends?.lower)),
            ("upper", number(ends?.upper)), ("undefined", JSONValue(reason?.description)),
        ])
    }
}

