import Timeline

/// A line as nearly every diarizer writes it, read in one go:
///
///     SPEAKER talk 1 12.340 3.450 <NA> <NA> ann <NA> <NA>
///
/// One space between fields, times of at most eight digits after the point, a speaker, and nothing else stated.
struct RTTMPlainTurn {
    let span: Span
    let speaker: Range<Int>

    /// - Parameters:
    ///   - head: type, file and channel that the line must begin with; those of a line of type SPEAKER.
    ///   - line: without blanks at its ends.
    /// - Returns: nil for any other line, which may be right too.
    init?(_ text: [UInt8], _ line: Range<Int>, head: [UInt8]) {
        guard line.count > head.count, text.has(head, at: line.lowerBound..<line.lowerBound + head.count) else { return nil }
        let found = text.withUnsafeBufferPointer { bytes in
            var scan = Scan(bytes: UnsafeBufferPointer(rebasing: bytes[line]), position: head.count)
            return scan.turn()
        }
        guard let found else { return nil }
        let start = Timestamp(ticks: found.start)
        span = Segment(start: start, end: start + TimeDelta(ticks: found.duration)).map(Span.segment) ?? .instant(start)
        speaker = line.lowerBound + found.speaker.lowerBound..<line.lowerBound + found.speaker.upperBound
    }

    private struct Scan {
        let bytes: UnsafeBufferPointer<UInt8>
        var position: Int

        mutating func turn() -> (start: Int64, duration: Int64, speaker: Range<Int>)? {
            guard let start = time(), let duration = time(), take(" <NA> <NA> ") else { return nil }
            let first = position
            while position < bytes.count, !Byte.isBlank(bytes[position]) { position += 1 }
            let speaker = first..<position
            let isNamed = !speaker.isEmpty && (bytes[first] != .ascii("<") || speaker.count != 4)
            guard isNamed, take(" <NA>"), position == bytes.count || take(" <NA>") && position == bytes.count else { return nil }
            return (start, duration, speaker)
        }

        /// A space, at most nine digits, and at most eight more behind a point; rounded to ticks, halves up.
        private mutating func time() -> Int64? {
            guard position < bytes.count, bytes[position] == Byte.space else { return nil }
            position += 1
            let (seconds, wholeDigits) = digits()
            guard (1...9).contains(wholeDigits) else { return nil }
            guard position < bytes.count, bytes[position] == .ascii(".") else { return seconds * ticksPerSecond }
            position += 1
            let (fraction, fractionDigits) = digits()
            guard (1...8).contains(fractionDigits) else { return nil }
            if fractionDigits <= 5 { return seconds * ticksPerSecond + fraction * Self.unit(fractionDigits) }
            let scale: Int64 = fractionDigits == 6 ? 1_000_000 : fractionDigits == 7 ? 10_000_000 : 100_000_000
            return seconds * ticksPerSecond + (fraction * ticksPerSecond + scale / 2) / scale
        }

        /// The value of up to eighteen digits, and how many there are.
        private mutating func digits() -> (value: Int64, count: Int) {
            var (value, count) = (Int64(0), 0)
            while position < bytes.count, count < 18, Byte.isDigit(bytes[position]) {
                value = value * 10 + Int64(bytes[position] &- 0x30)
                position += 1
                count += 1
            }
            return (value, count)
        }

        private mutating func take(_ literal: StaticString) -> Bool {
            let length = literal.utf8CodeUnitCount
            guard bytes.count - position >= length else { return false }
            for index in 0..<length where bytes[position + index] != literal.utf8Start[index] { return false }
            position += length
            return true
        }

        /// Ticks of a unit in the last of 1 to 5 digits.
        private static func unit(_ digits: Int) -> Int64 {
            switch digits {
            case 1: 70_560_000
            case 2: 7_056_000
            case 3: 705_600
            case 4: 70_560
            default: 7056
            }
        }
    }
}
