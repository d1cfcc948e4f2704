import Timeline

/// What a media fragment picks out of a medium: a stretch of time, a box, or both.
///
/// W3C Media Fragments URI 1.0 (basic), section 4.2.
struct MediaFragment: Hashable {
    var time: Time?
    var box: Area?

    struct Time: Hashable {
        var start: Timestamp
        /// Nil for a stretch that lasts to the end of the medium.
        var end: Timestamp?
    }

    struct Area: Hashable {
        var box: Box
        /// Whether the sides are hundredths of the picture, and not pixels.
        var isPercent: Bool
    }

    /// The dimensions of a fragment such as `t=12.5,20&xywh=percent:25,25,50,50`; the last of each counts. Dimensions that are not
    /// well formed are as if they were not there, which the specification asks for.
    init(_ text: String) {
        for part in text.utf8.split(separator: .ascii("&")) {
            let pair = Array(part)
            guard let equals = pair.firstIndex(of: .ascii("=")) else { continue }
            let value = PercentEscapes.resolved(Array(pair[(equals + 1)...]))
            switch PercentEscapes.resolved(Array(pair[..<equals])) {
            case Array("t".utf8): time = Self.time(value) ?? time
            case Array("xywh".utf8): box = Self.area(value) ?? box
            default: break
            }
        }
    }

    // MARK: Times

    private static func time(_ value: [UInt8]) -> Time? {
        var (range, clock) = (0..<value.count, FragmentClock.normalPlayTime)
        if let colon = value.firstIndex(of: .ascii(":")), let named = FragmentClock(rawValue: value.string(0..<colon)) {
            (range, clock) = (colon + 1..<value.count, named)
        }
        let comma = value.position(of: .ascii(","), in: range)
        let startRange = range.lowerBound..<(comma ?? range.upperBound)
        var start = Timestamp.zero
        // Only the start may be left out, and only before a comma.
        if !startRange.isEmpty {
            guard let stated = clock.time(value, startRange) else { return nil }
            start = stated
        } else if comma == nil {
            return nil
        }
        guard let comma else { return Time(start: start) }
        guard let end = clock.time(value, comma + 1..<range.upperBound), start < end else { return nil }
        return Time(start: start, end: end)
    }

    // MARK: Boxes

    private static func area(_ value: [UInt8]) -> Area? {
        var (position, isPercent) = (0, false)
        if value.has("pixel:", at: 0) { position = 6 } else if value.has("percent:", at: 0) { (position, isPercent) = (8, true) }
        var sides: [Double] = []
        for field in value[position...].split(separator: .ascii(","), omittingEmptySubsequences: false) {
            guard let side = Double(value, field.startIndex..<field.endIndex), side.isFinite else { return nil }
            sides.append(side)
        }
        guard sides.count == 4 else { return nil }
        return Area(box: Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3]), isPercent: isPercent)
    }
}

/// The clocks that times in media fragments are read on.
enum FragmentClock: String {
    case normalPlayTime = "npt"
    /// 30 frames a second where no rate is stated.
    case smpte
    case smpte25 = "smpte-25"
    case smpte30 = "smpte-30"
    case smpte30Drop = "smpte-30-drop"

    /// Nil for a text that is no time on this clock.
    func time(_ text: [UInt8], _ range: Range<Int>) -> Timestamp? {
        switch self {
        case .normalPlayTime: Self.normalPlayTime(text, range)
        case .smpte, .smpte30: Self.timecode(text.string(range), base: 30, FrameRate(30))
        case .smpte25: Self.timecode(text.string(range), base: 25, FrameRate(25))
        case .smpte30Drop: Self.timecode(text.string(range).lastColonAsDrop, base: 30, FrameRate(30_000, over: 1001))
        }
    }

    /// Seconds, minutes and seconds, or hours, minutes and seconds, with a decimal fraction (RFC 2326, section 3.6).
    private static func normalPlayTime(_ text: [UInt8], _ range: Range<Int>) -> Timestamp? {
        let fields = text[range].split(separator: .ascii(":"), omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), let last = fields.last, let first = last.first, Byte.isDigit(first),
            let seconds = DecimalSeconds(text, last.startIndex..<last.endIndex), !seconds.hasComma
        else { return nil }
        var minutes: Int64 = 0
        for field in fields.dropLast() {
            guard field.count <= 9, let value = Int64(bytes: text, field.startIndex..<field.endIndex), value >= 0 else { return nil }
            if field.startIndex > range.lowerBound, value > 59 { return nil }
            minutes = minutes * 60 + value
        }
        if fields.count > 1, seconds.ticks >= 60 * ticksPerSecond { return nil }
        let time = Timestamp.seconds(minutes * 60) + TimeDelta(ticks: seconds.ticks)
        return time.isRepresentable ? time : nil
    }

    /// Hours, minutes, seconds, and frames or none; parts of frames are passed over.
    private static func timecode(_ text: String, base: Int, _ rate: FrameRate?) -> Timestamp? {
        let whole = text.prefix { $0 != "." }
        let colons = whole.utf8.count { $0 == 0x3A || $0 == 0x3B }
        guard let rate, let code = Timecode(colons == 2 ? whole + ":00" : String(whole), base: base), let time = code.time(at: rate), time.isRepresentable
        else { return nil }
        return time
    }
}

extension String {
    /// Media fragments write drop-frame code with four equal colons; ``Timecode`` reads it with a semicolon before the frames.
    fileprivate var lastColonAsDrop: String {
        guard utf8.count(where: { $0 == 0x3A }) == 3, let last = lastIndex(of: ":") else { return self }
        return self[..<last] + ";" + self[index(after: last)...]
    }
}

extension [UInt8] {
    /// Appends a media fragment in normal play time and pixels.
    ///
    /// - Parameter span: an instant is written as its start alone.
    mutating func appendFragment(_ span: Span, _ box: Box?) {
        self += "t=".utf8
        DecimalSeconds.append(span.start.ticks, least: 0, to: &self)
        if case .segment(let segment) = span {
            append(.ascii(","))
            DecimalSeconds.append(segment.end.ticks, least: 0, to: &self)
        }
        guard let box else { return }
        self += "&xywh=".utf8
        for (index, side) in [box.x, box.y, box.width, box.height].enumerated() {
            if index > 0 { append(.ascii(",")) }
            appendNumber(side)
        }
    }
}
