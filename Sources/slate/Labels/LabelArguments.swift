import ArgumentParser
import Formats
import Timeline

extension LabelFormat: ExpressibleByArgument {
    public init?(argument: String) { self.init(named: argument) }
    public static var allValueStrings: [String] { all.map(\.name) }
    public var defaultValueDescription: String { name }
}

/// A ratio as typed: `25/23.976`, `30000/1001` or `1.001`. Exact.
struct TypedRatio: ExpressibleByArgument {
    let numerator, denominator: Int64

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Self.number($0) }
        guard (1...2).contains(parts.count), let first = parts[0], let second = parts.count == 2 ? parts[1] : (1, 1) else { return nil }
        let (numerator, overflow) = first.digits.multipliedReportingOverflow(by: second.scale)
        let (denominator, other) = second.digits.multipliedReportingOverflow(by: first.scale)
        guard !overflow, !other, numerator > 0, denominator > 0 else { return nil }
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// A decimal number as whole digits over a power of ten; the NTSC rates as what they stand for.
    private static func number(_ text: Substring) -> (digits: Int64, scale: Int64)? {
        let ntsc: [Substring: Int64] = ["23.976": 24_000, "29.97": 30_000, "59.94": 60_000, "119.88": 120_000]
        if let exact = ntsc[text] { return (exact, 1001) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.joined().count <= 12, parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }), let digits = Int64(parts.joined()) else { return nil }
        let scale = (0..<(parts.count == 2 ? parts[1].count : 0)).reduce(Int64(1)) { scale, _ in scale * 10 }
        return (digits, scale)
    }
}

/// The size of a picture as typed: `1920x1080`.
struct TypedSize: ExpressibleByArgument {
    let size: PictureSize

    init?(argument: String) {
        let parts = argument.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ (1...1 << 20).contains($0) }) else { return nil }
        size = PictureSize(width: parts[0], height: parts[1])
    }
}

/// How label files are read.
struct LabelReadingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Format of the input. Default: found out from its content and name.", valueName: "format"))
    var from: LabelFormat?

    @Option(help: ArgumentHelp("Encoding of the input. Default: found out.", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("Frames a second, such as 25 or 30000/1001, where the labels count frames and do not say.", valueName: "rate"))
    var rate: TypedRatio?

    @Option(help: ArgumentHelp("Size of the picture, such as 1920x1080, where positions are shares of it.", valueName: "size"))
    var size: TypedSize?

    func validate() throws {
        if let rate, FrameRate(rate.numerator, over: rate.denominator) == nil { throw ValidationError("--rate is above 0 and at most 1,000,000 frames a second.") }
    }

    func options(mode: ReadingMode = .lenient) -> ReadingOptions {
        ReadingOptions(
            mode: mode, encodingName: encoding, frameTiming: rate.flatMap { FrameRate($0.numerator, over: $0.denominator) }.map(FrameTiming.constant),
            pictureSize: size?.size)
    }
}
