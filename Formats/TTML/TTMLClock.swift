import Timeline

/// What the times of a TTML document count in: TTML2 section 7.2 (`ttp:` parameters) and section 12.3 (time expressions).
struct TTMLClock: Hashable, Sendable {
    /// Frames a second before the multiplier; 30 where the document does not say.
    var frameRate: Int64 = 30
    private var multiplierNumerator: Int64 = 1
    private var multiplierDenominator: Int64 = 1
    var subFrameRate: Int64 = 1
    /// Ticks a second; nil for frames times sub-frames, or 1 where the document states no frame rate.
    private var statedTickRate: Int64?
    private var statesFrameRate = false
    /// Whether frame numbers of 30000/1001 leave out two a minute (`ttp:dropMode="dropNTSC"` under `smpte`).
    private(set) var dropsFrames = false
    private(set) var isSMPTE = false

    var rate: FrameRate? { FrameRate(frameRate * multiplierNumerator, over: multiplierDenominator) }

    private var tickRate: Int64 { statedTickRate ?? (statesFrameRate ? frameRate * subFrameRate : 1) }

    /// Takes one `ttp:` attribute of the root.
    mutating func take(_ name: String, _ value: String) {
        let numbers = value.split { $0 == " " || $0 == ":" }.compactMap { Int64($0) }.filter { (1...1_000_000_000).contains($0) }
        switch name {
        case "frameRate": if let rate = numbers.first { (frameRate, statesFrameRate) = (rate, true) }
        case "subFrameRate": if let rate = numbers.first { subFrameRate = rate }
        case "tickRate": statedTickRate = numbers.first
        case "frameRateMultiplier": if numbers.count == 2 { (multiplierNumerator, multiplierDenominator) = (numbers[0], numbers[1]) }
        case "timeBase": isSMPTE = value == "smpte"
        case "dropMode": dropsFrames = value == "dropNTSC"
        default: break
        }
    }

    /// A time and whether it stated a frame beyond the frame rate, which counts as the last of its second.
    struct Reading: Hashable {
        let length: TimeDelta
        let hasFrameTooMany: Bool
    }

    /// Nil for text that is no time expression, and for times beyond 100 years.
    func reading(_ text: String) -> Reading? {
        let bytes = Array(text.utf8)
        let range = bytes.trimmed(0..<bytes.count)
        guard !range.isEmpty else { return nil }
        return bytes[range].contains(.ascii(":")) ? clock(bytes, range) : offset(bytes, range)
    }

    /// `12.5s`, `300f`, `0.25m`.
    private func offset(_ bytes: [UInt8], _ range: Range<Int>) -> Reading? {
        let metric = bytes[range].reversed().prefix { Byte.isLetter($0) }.count
        guard metric > 0, let number = Decimal(bytes, range.lowerBound..<range.upperBound - metric) else { return nil }
        let unit: (numerator: Int64, denominator: Int64)
        switch bytes.string(range.upperBound - metric..<range.upperBound) {
        case "h": unit = (3600, 1)
        case "m": unit = (60, 1)
        case "s": unit = (1, 1)
        case "ms": unit = (1, 1000)
        case "f": unit = frame
        case "t": unit = (1, tickRate)
        default: return nil
        }
        guard let length = number.length(of: unit) else { return nil }
        return Reading(length: length, hasFrameTooMany: false)
    }

    private var frame: (numerator: Int64, denominator: Int64) { (multiplierDenominator, frameRate * multiplierNumerator) }

    /// `hh:mm:ss`, `hh:mm:ss.fff`, `hh:mm:ss:ff` or `hh:mm:ss:ff.sub`.
    private func clock(_ bytes: [UInt8], _ range: Range<Int>) -> Reading? {
        let fields = bytes[range].split(separator: .ascii(":"), omittingEmptySubsequences: false)
        guard fields.count == 3 || fields.count == 4, let hours = Self.digits(fields[0]), let minutes = Self.digits(fields[1]) else { return nil }
        guard minutes < 60, let seconds = Decimal(bytes, fields[2].startIndex..<fields[2].endIndex), fields[2].count >= 2 else { return nil }
        let whole = TimeDelta.seconds(hours * 3600 + minutes * 60)
        guard let rest = seconds.length(of: (1, 1)), rest <= .seconds(60) else { return nil }
        guard fields.count == 4 else { return made(whole + rest) }
        guard seconds.scale == 1, let (stated, subFrames) = frameField(fields[3]) else { return nil }
        let frames = min(stated, frameRate - 1)
        if isSMPTE { return smpte(seconds: hours * 3600 + minutes * 60 + seconds.digits, frames: frames, subFrames: subFrames, isTooMany: stated >= frameRate) }
        guard let count = Decimal(digits: frames * subFrameRate + subFrames, scale: subFrameRate).length(of: frame) else { return nil }
        return made(whole + rest + count, hasFrameTooMany: stated >= frameRate)
    }

    /// Under `smpte` the whole code counts frames, which pass at the rate times the multiplier.
    private func smpte(seconds: Int64, frames: Int64, subFrames: Int64, isTooMany: Bool) -> Reading? {
        var count = seconds * frameRate + frames
        if dropsFrames {
            let minutes = seconds / 60
            count -= 2 * (minutes - minutes / 10)
        }
        guard let length = Decimal(digits: count * subFrameRate + subFrames, scale: subFrameRate).length(of: frame) else { return nil }
        return made(length, hasFrameTooMany: isTooMany)
    }

    private func made(_ length: TimeDelta, hasFrameTooMany: Bool = false) -> Reading? {
        length.isRepresentable ? Reading(length: length, hasFrameTooMany: hasFrameTooMany) : nil
    }

    private func frameField(_ field: ArraySlice<UInt8>) -> (Int64, Int64)? {
        let parts = field.split(separator: .ascii("."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let frames = Self.digits(parts[0]) else { return nil }
        guard parts.count == 2 else { return (frames, 0) }
        return Self.digits(parts[1]).map { (frames, $0) }
    }

    private static func digits(_ field: ArraySlice<UInt8>) -> Int64? {
        guard (1...9).contains(field.count), field.allSatisfy(Byte.isDigit) else { return nil }
        return field.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}

/// A decimal number as whole digits over a power of ten.
private struct Decimal {
    let digits, scale: Int64

    init(digits: Int64, scale: Int64) { (self.digits, self.scale) = (digits, scale) }

    /// Nil unless the range is digits with at most one point among them; of the fraction nine digits count.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        var (digits, scale, whole, fraction) = (Int64(0), Int64(1), 0, 0)
        var inFraction = false
        for byte in bytes[range] {
            if byte == .ascii("."), !inFraction {
                inFraction = true
                continue
            }
            guard Byte.isDigit(byte) else { return nil }
            if inFraction { fraction += 1 } else { whole += 1 }
            guard whole <= 10 else { return nil }
            if inFraction, fraction > 9 { continue }
            digits = digits * 10 + Int64(byte - 0x30)
            if inFraction { scale *= 10 }
        }
        guard whole > 0, !inFraction || fraction > 0, digits < 1_000_000_000_000_000_000 else { return nil }
        (self.digits, self.scale) = (digits, scale)
    }

    /// So many units of a fraction of a second, rounded once.
    func length(of unit: (numerator: Int64, denominator: Int64)) -> TimeDelta? {
        let (numerator, overflow) = ticksPerSecond.multipliedReportingOverflow(by: unit.numerator)
        let (denominator, other) = scale.multipliedReportingOverflow(by: unit.denominator)
        guard !overflow, !other else { return nil }
        return digits.scaled(by: numerator, over: denominator).map { TimeDelta(ticks: $0) }
    }
}
