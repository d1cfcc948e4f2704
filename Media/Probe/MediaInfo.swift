import Timeline

/// What a media file holds, as its container and its first packets say. All times are media times: presentation time
/// minus the container's start.
public struct MediaInfo: Hashable, Sendable {
    public let path: String
    /// Bytes in the file.
    public let size: Int64
    /// FFmpeg's short names of the container, such as `matroska,webm`.
    public let container: String
    /// The zero of media time on the container's own clock.
    public let start: Timestamp
    /// As the container states it, or as estimated from bit rates where it states nothing.
    public let duration: TimeDelta?
    /// Bits per second over all streams; nil when unknown.
    public let bitRate: Int64?
    public let streams: [StreamInfo]
    public let chapters: [Chapter]
    /// The container's entries, keys in lower case, sorted by key.
    public let tags: [Tag]

    public var title: String? { tags.first { $0.key == "title" }?.value }
}

/// One entry of a container's or stream's metadata.
public struct Tag: Hashable, Sendable {
    public let key, value: String
}

/// A named stretch of a file.
public struct Chapter: Hashable, Sendable {
    public let start, end: Timestamp
    public let title: String?
}

/// One stream of a file.
public struct StreamInfo: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case sound, video, subtitle, data, attachment, picture
    }

    public let index: Int
    /// Cover art is a `picture`, not a `video`.
    public let kind: Kind
    /// FFmpeg's short name of the codec, such as `aac`; `none` when it is not known.
    public let codec: String
    public let profile: String?
    /// The unit of the stream's timestamps.
    public let timeBase: TimeBase?
    /// Where the stream's first sample or frame is presented, priming cut.
    public let start: Timestamp?
    /// Its length as the container states it.
    public let duration: TimeDelta?
    public let bitRate: Int64?
    /// As the container writes it, such as `eng`; nil for none or `und`.
    public let language: String?
    public let title: String?
    /// `default`, `forced`, `comment`, `hearing_impaired` … as FFmpeg names them.
    public let dispositions: [String]
    public let isEncrypted: Bool
    /// For sound only.
    public let sound: SoundInfo?
    /// For video and pictures only.
    public let picture: PictureInfo?
}

/// What a sound stream is made of.
public struct SoundInfo: Hashable, Sendable {
    /// Samples per second.
    public let sampleRate: Int
    public let channels: Int
    /// FFmpeg's name of the layout, such as `stereo` or `5.1(side)`.
    public let layout: String
    /// Bits in a sample; nil for codecs that have no such thing.
    public let bitsPerSample: Int?
}

/// What a video stream or a picture is made of.
public struct PictureInfo: Hashable, Sendable {
    /// Pixels as stored, before rotation and before non-square pixels are stretched.
    public let width, height: Int
    /// Frames per second on average; nil when unknown.
    public let frameRate: Ratio?
    /// Width of a pixel over its height; 1:1 when not stated.
    public let pixelAspect: Ratio
    /// Degrees by which the picture is to be turned clockwise for display: 0, 90, 180, 270, or another angle.
    public let rotation: Int
    public let pixelFormat: String?
}

/// An exact quotient of two whole numbers above zero.
public struct Ratio: Hashable, Sendable, CustomStringConvertible {
    public let numerator, denominator: Int

    /// Nil unless both are above zero.
    public init?(_ numerator: Int, _ denominator: Int) {
        guard numerator > 0, denominator > 0 else { return nil }
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// 1:1.
    public static let one = Ratio(unchecked: 1, 1)

    private init(unchecked numerator: Int, _ denominator: Int) {
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    public var description: String { "\(numerator)/\(denominator)" }
    public var approximate: Double { Double(numerator) / Double(denominator) }
}
