/// A packed label: 48 bytes. Which fields mean what depends on ``form``.
struct LabelRecord: Sendable {
    /// Ticks; of the end only where the span is a segment.
    var start: Int64 = 0
    var end: Int64 = 0
    /// Below zero where nobody stated one.
    var confidence = -1.0
    /// Where the id, and after it the text, begin in the pool's bytes; the index of a whole label for ``Form/whole``.
    var offset: UInt32 = 0
    var textLength: UInt32 = 0
    /// Numbers of shared values in the pool; -1 for none.
    var name: Int32 = -1
    var attributes: Int32 = -1
    var source: Int16 = -1
    var idLength: UInt16 = 0
    var form = Form.whole
    var spanForm = SpanForm.segment
    var review: UInt8 = 0

    enum Form: UInt8, Sendable {
        /// Stored as it is.
        case whole
        case cue, word, phone, turn, turnWithText, tag
        /// A track with one plain box; its four numbers stand in place of text.
        case box
    }

    enum SpanForm: UInt8, Sendable { case segment, instant, open }

    /// Nil for ``Form/whole``.
    var span: Span? {
        guard form != .whole else { return nil }
        let time = Timestamp(ticks: start)
        switch spanForm {
        case .instant: return .instant(time)
        case .open: return .open(time)
        case .segment: return Segment(start: time, end: Timestamp(ticks: end)).map(Span.segment) ?? .instant(time)
        }
    }

    mutating func setSpan(_ span: Span) {
        (start, end) = (span.start.ticks, span.end.ticks)
        switch span {
        case .segment: spanForm = .segment
        case .instant: spanForm = .instant
        case .open: spanForm = .open
        }
    }
}
