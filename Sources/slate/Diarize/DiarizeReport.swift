import Timeline

/// What `slate diarize` prints for machines.
enum DiarizeReport {
    /// A line for each turn, then one for the file. Times in seconds.
    static func lines(_ document: Document, file: String) -> String {
        let labels = document.layers.flatMap(\.labels)
        return labels.map { line($0, file) }.joined() + summary(labels, document, file)
    }

    private static func line(_ label: Label, _ file: String) -> String {
        let confidence = label.confidence.map { JSONValue.digits(Decimal.seconds(.milliseconds(Int64(($0.value * 1000).rounded())))) } ?? .null
        return JSONValue.object([
            ("type", .string("turn")), ("file", .string(file)), ("start", seconds(label.span.start)), ("end", seconds(label.span.end)),
            ("speaker", JSONValue(label.content.speaker)), ("confidence", confidence),
        ]).text + "\n"
    }

    private static func summary(_ labels: [Label], _ document: Document, _ file: String) -> String {
        var lengths: [String: TimeDelta] = [:]
        for label in labels { lengths[label.content.speaker ?? "", default: .zero] = lengths[label.content.speaker ?? "", default: .zero] + (label.span.end - label.span.start) }
        let speakers = lengths.sorted { $0.key < $1.key }.map { name, length in
            JSONValue.object([("speaker", .string(name)), ("seconds", .digits(Decimal.seconds(length)))])
        }
        return JSONValue.object([
            ("type", .string("file")), ("file", .string(file)), ("duration", seconds(.zero + (document.media.duration ?? .zero))),
            ("turns", JSONValue(labels.count)), ("speakers", .array(speakers)),
        ]).text + "\n"
    }

    private static func seconds(_ time: Timestamp) -> JSONValue { .digits(Decimal.seconds(time - .zero)) }
}
