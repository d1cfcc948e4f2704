import Timeline

/// One picture of a video track, with the instant from which it is shown.
public struct VideoFrame: Hashable, Sendable {
    /// When the frame appears: its presentation time minus the start of the container, on the clock that sound shares.
    public internal(set) var time: Timestamp
    /// How long the container says it stays; zero when it does not say. With a variable rate the next frame's
    /// time is the better answer.
    public internal(set) var duration: TimeDelta
    /// Its place in presentation order, from 0. Nil after a seek, where nothing says how many frames came before;
    /// one who knows may fill it in.
    public var index: Int?
    /// Whether decoding can start here.
    public internal(set) var isKey: Bool
    /// Whether the decoder met damage in it and made up the missing parts.
    public internal(set) var isDamaged: Bool
    public internal(set) var picture: Picture

    public var width: Int { picture.width }
    public var height: Int { picture.height }
    /// Rows from the top without padding, 1 (gray) or 3 (RGB) bytes to a pixel.
    public var pixels: [UInt8] { picture.pixels }
}
