import Timeline

/// Vectors of stretches of speech, all along a recording.
public struct EmbeddingTrack: Sendable {
    /// The length of one frame.
    public static let hop = TimeDelta.milliseconds(20)

    /// Speech, in order and apart from each other.
    public struct Stretch: Hashable, Sendable {
        public let segment: Segment
        /// The stretch in whole frames, at least one.
        public let frames: Range<Int>
        /// The windows in it, by index.
        public let windows: Range<Int>
    }

    public internal(set) var stretches: [Stretch] = []
    /// The frames of each window.
    public internal(set) var windows: [Range<Int>] = []
    /// A vector of length 1 for each window.
    public internal(set) var vectors = Vectors(size: EmbeddingNetwork.size)
    /// For each frame of the recording, how likely it is that two people speak, 0...255.
    public internal(set) var overlap: [UInt8] = []
}
