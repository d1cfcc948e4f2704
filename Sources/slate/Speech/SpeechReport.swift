import Diarization
import Timeline

/// What `slate speech` prints for machines.
enum SpeechReport {
    /// A line for each segment, then one for the file. Times in seconds.
    static func lines(_ document: Document, file: String) -> String {
        let labels = document.layers.flatMap(\.labels)
        return labels.map { line($0, file) }.joined() + summary(labels.map(\.span), document, file)
    }

    /// `start,end,speech`: a line for each value, times in seconds.
    static func table(_ posterior: SpeechPosterior) -> [UInt8] {
        var text = "start,end,speech\n"
        for (index, value) in posterior.values.enumerated() {
            text += "\(Decimal.seconds(posterior.hop * index)),\(Decimal.seconds(posterior.hop * (index + 1))),\(thousandths(value))\n"
        }
        return Array(text.utf8)
    }

    private static func line(_ label: Label, _ file: String) -> String {
        let confidence = label.confidence.map { JSONValue.digits(thousandths(Float($0.value))) } ?? .null
        return JSONValue.object([
            ("type", .string("segment")), ("file", .string(file)), ("start", seconds(label.span.start)), ("end", seconds(label.span.end)),
            ("confidence", confidence),
        ]).text + "\n"
    }

    private static func summary(_ spans: [Span], _ document: Document, _ file: String) -> String {
        let speech = spans.reduce(TimeDelta.zero) { $0 + ($1.end - $1.start) }
        return JSONValue.object([
            ("type", .string("file")), ("file", .string(file)), ("duration", seconds(.zero + (document.media.duration ?? .zero))),
            ("speech", seconds(.zero + speech)), ("segments", JSONValue(spans.count)),
        ]).text + "\n"
    }

    private static func seconds(_ time: Timestamp) -> JSONValue { .digits(Decimal.seconds(time - .zero)) }

    /// A value of 0...1 to three digits behind the point.
    private static func thousandths(_ value: Float) -> String {
        Decimal.seconds(.milliseconds(Int64((value * 1000).rounded())))
    }
}
