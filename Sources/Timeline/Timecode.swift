/// SMPTE time code (ST 12-1): hours, minutes, seconds and frames that count the frames of a video.
///
/// At 30000/1001 and 60000/1001 frames a second, drop-frame code leaves out the first two (four) frame numbers of every
/// minute that is not a multiple of ten, so that it keeps pace with the clock: 00:01:00;02 is frame 1800.
public struct Timecode: Hashable, Sendable, CustomStringConvertible {
    /// Whole frame numbers a second: 30 for 30000/1001.
    public let base: Int
    public let dropsFrames: Bool
    /// Frames since 00:00:00:00.
    public let frame: Int

    /// Nil for a frame below zero, a base of zero, or drop-frame code at a base that is not a multiple of 30.
    public init?(frame: Int, base: Int, dropsFrames: Bool = false) {
        guard frame >= 0, (1...1000).contains(base), !dropsFrames || base % 30 == 0 else { return nil }
        (self.frame, self.base, self.dropsFrames) = (frame, base, dropsFrames)
    }

    /// Reads `hh:mm:ss:ff`, or `hh:mm:ss;ff` for drop-frame code.
    ///
    /// - Returns: nil for text of another form, fields out of range, and frame numbers that drop-frame code leaves out.
    public init?(_ text: String, base: Int) {
        let fields = text.utf8.split(omittingEmptySubsequences: false) { $0 == 0x3A || $0 == 0x3B || $0 == 0x2E }
        let numbers = fields.compactMap { field in field.count <= 6 && field.allSatisfy { (0x30...0x39).contains($0) } ? Int(String(decoding: field, as: UTF8.self)) : nil }
        guard fields.count == 4, numbers.count == 4, numbers[1] < 60, numbers[2] < 60, numbers[3] < base else { return nil }
        let drops = text.utf8.contains(0x3B)
        let minutes = numbers[0] * 60 + numbers[1]
        var frame = (minutes * 60 + numbers[2]) * base + numbers[3]
        if drops {
            let dropped = Self.dropped(base)
            if minutes % 10 != 0, numbers[2] == 0, numbers[3] < dropped { return nil }
            frame -= dropped * (minutes - minutes / 10)
        }
        self.init(frame: frame, base: base, dropsFrames: drops)
    }

    private static func dropped(_ base: Int) -> Int { base / 15 }

    /// The time of the frame at a rate.
    public func time(at rate: FrameRate) -> Timestamp? { rate.time(ofFrame: frame) }

    public var description: String {
        let number = dropsFrames ? Self.numbered(frame, base) : frame
        let seconds = number / base
        let separator = dropsFrames ? ";" : ":"
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(Self.padded).joined(separator: ":")
        return clock + separator + Self.padded(number % base)
    }

    /// The frame number that drop-frame code shows for a count of frames.
    private static func numbered(_ frame: Int, _ base: Int) -> Int {
        let dropped = Self.dropped(base)
        let tenMinutes = base * 600 - dropped * 9
        let minute = base * 60 - dropped
        let (tens, rest) = frame.quotientAndRemainder(dividingBy: tenMinutes)
        let more = rest < base * 60 ? 0 : 1 + (rest - base * 60) / minute
        return frame + dropped * (9 * tens + more)
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
