/// The media that a document speaks about.
public struct Media: Hashable, Sendable {
    /// As a person knows it, most often the name of its file.
    public var name: String
    public var duration: TimeDelta?
    public var contentHash: ContentHash?
    /// What is known of the video; nil when nothing is.
    public var video: VideoStream?
    /// What is known of the sound; nil when nothing is.
    public var sound: SoundStream?

    public init(
        name: String, duration: TimeDelta? = nil, contentHash: ContentHash? = nil, video: VideoStream? = nil, sound: SoundStream? = nil
    ) {
        (self.name, self.duration, self.contentHash) = (name, duration, contentHash)
        (self.video, self.sound) = (video, sound)
    }
}

/// The video of a medium: its size in pixels, and when its frames are shown.
public struct VideoStream: Hashable, Sendable {
    public var width, height: Int?
    public var timing: FrameTiming?
    public var frameCount: Int?

    public init(width: Int? = nil, height: Int? = nil, timing: FrameTiming? = nil, frameCount: Int? = nil) {
        (self.width, self.height, self.timing, self.frameCount) = (width, height, timing, frameCount)
    }
}

/// The sound of a medium.
public struct SoundStream: Hashable, Sendable {
    /// Samples a second.
    public var sampleRate: Int?
    public var channelCount: Int?

    public init(sampleRate: Int? = nil, channelCount: Int? = nil) { (self.sampleRate, self.channelCount) = (sampleRate, channelCount) }
}

/// When the frames of a video are shown.
public enum FrameTiming: Hashable, Sendable {
    case constant(FrameRate)
    /// Variable rate: the time of every frame, ascending.
    case times([Timestamp])

    /// The time of a frame, counted from 0; nil where the table has none or the time does not fit.
    public func time(ofFrame frame: Int) -> Timestamp? {
        switch self {
        case .constant(let rate): rate.time(ofFrame: frame)
        case .times(let times): times.indices.contains(frame) ? times[frame] : nil
        }
    }

    /// The frame shown at a time, counted from 0: the last that starts at or before it; nil before the first.
    public func frame(at time: Timestamp) -> Int? {
        switch self {
        case .constant(let rate): return rate.frame(at: time)
        case .times(let times):
            var (low, high) = (0, times.count)
            while low < high {
                let middle = (low + high) / 2
                if times[middle] <= time { low = middle + 1 } else { high = middle }
            }
            return low > 0 ? low - 1 : nil
        }
    }
}

/// Frames a second as a fraction, such as 30000/1001.
public struct FrameRate: Hashable, Sendable {
    public let numerator, denominator: Int64

    /// Nil unless both are above zero and the rate is at most 1,000,000 frames a second.
    public init?(_ numerator: Int64, over denominator: Int64 = 1) {
        guard numerator > 0, denominator > 0, numerator / denominator <= 1_000_000 else { return nil }
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        (self.numerator, self.denominator) = (numerator / divisor, denominator / divisor)
    }

    /// The start of a frame counted from 0, rounded once to a tick; nil when it does not fit.
    public func time(ofFrame frame: Int) -> Timestamp? {
        Timestamp(value: Int64(frame), timeBase: denominator, over: numerator)
    }

    /// The frame shown at a time, counted from 0; nil before the start.
    public func frame(at time: Timestamp) -> Int? {
        guard time >= .zero else { return nil }
        let nearest = Int(time.units(of: denominator, over: numerator))
        guard let start = self.time(ofFrame: nearest) else { return nil }
        return start <= time ? nearest : nearest - 1
    }

    private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}

/// A digest of a file's bytes, by which the file is known under any name.
public struct ContentHash: Hashable, Sendable {
    /// The algorithm in lower case, such as `sha256`.
    public let algorithm: String
    /// The digest in lower-case hexadecimal.
    public let digest: String

    /// Nil unless the digest is hexadecimal, of an even number of digits and not empty.
    public init?(algorithm: String, digest: String) {
        let digits = digest.lowercased()
        guard !algorithm.isEmpty, !digits.isEmpty, digits.utf8.count % 2 == 0, digits.utf8.allSatisfy(\.isHexadecimal)
        else { return nil }
        (self.algorithm, self.digest) = (algorithm.lowercased(), digits)
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
