import Timeline

/// The time of each frame in a format that counts frames.
struct FrameClock: Sendable {
    let timing: FrameTiming

    /// What is taken where neither the file nor the options say it.
    static let assumedRate = FrameRate(30)!

    init(_ timing: FrameTiming) { self.timing = timing }

    /// What the file states, else what the options state, else an assumed rate with a warning `<format>-rate`.
    init(stated: FrameTiming?, _ options: ReadingOptions, format: String, assumed: FrameRate = assumedRate, log: inout DiagnosticLog) {
        if let timing = stated ?? options.frameTiming {
            self.timing = timing
        } else {
            timing = .constant(assumed)
            log.add(
                .warning, "\(format)-rate", found: "frames without their rate", expected: "the rate as an option",
                effect: "\(FrameRateText(assumed)) frames a second are assumed")
        }
    }

    /// The timing to write with: the document's, else the options', else the assumed rate.
    init(_ media: Media, _ options: WritingOptions) {
        timing = media.video?.timing ?? options.frameTiming ?? .constant(Self.assumedRate)
    }

    /// The time of a frame counted from 0; nil when it does not fit or the table of times has no such frame.
    func time(_ frame: Int) -> Timestamp? {
        guard let time = timing.time(ofFrame: frame), time.isRepresentable else { return nil }
        return time
    }

    /// The frame shown at a time; the first for times before it.
    func frame(_ time: Timestamp) -> Int { timing.frame(at: time) ?? 0 }
}

/// A frame rate in text: `25`, `29.97`, `12.5`, and `1000/37` where decimals do not reach.
struct FrameRateText: CustomStringConvertible {
    let rate: FrameRate
    init(_ rate: FrameRate) { self.rate = rate }

    /// Decimals that stand for the rates of NTSC.
    private static let ntsc: [(text: String, numerator: Int64)] = [
        ("23.976", 24_000), ("29.97", 30_000), ("47.952", 48_000), ("59.94", 60_000), ("119.88", 120_000),
    ]

    /// Nil for text that is no rate above zero.
    init?(_ text: String) {
        if let known = Self.ntsc.first(where: { $0.text == text }), let rate = FrameRate(known.numerator, over: 1001) {
            self.rate = rate
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = Self.decimal(parts[0]), let second = parts.count == 2 ? Self.decimal(parts[1]) : (1, 1) else { return nil }
        let (numerator, overflow) = first.digits.multipliedReportingOverflow(by: second.scale)
        let (denominator, other) = second.digits.multipliedReportingOverflow(by: first.scale)
        guard !overflow, !other, let rate = FrameRate(numerator, over: denominator) else { return nil }
        self.rate = rate
    }

    private static func decimal(_ text: Substring) -> (digits: Int64, scale: Int64)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 14, let digits = Int64(parts.joined()), !parts.joined().isEmpty else { return nil }
        return (digits, (0..<(parts.count == 2 ? parts[1].utf8.count : 0)).reduce(Int64(1)) { scale, _ in scale * 10 })
    }

    var description: String {
        if let known = Self.ntsc.first(where: { $0.numerator == rate.numerator }), rate.denominator == 1001 { return known.text }
        if rate.denominator == 1 { return String(rate.numerator) }
        var bytes: [UInt8] = []
        bytes.appendNumber(Double(rate.numerator) / Double(rate.denominator))
        let decimal = String(decoding: bytes, as: UTF8.self)
        return FrameRateText(decimal)?.rate == rate ? decimal : "\(rate.numerator)/\(rate.denominator)"
    }
}
