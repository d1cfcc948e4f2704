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
        /// The short windows in it, by index.
        public let details: Range<Int>
    }

    public internal(set) var stretches: [Stretch] = []
    /// The frames of each window.
    public internal(set) var windows: [Range<Int>] = []
    /// A vector of length 1 for each window.
    public internal(set) var vectors = Vectors(size: EmbeddingNetwork.size)
    /// The frames of each short window, of which the edges of turns are found.
    public internal(set) var details: [Range<Int>] = []
    /// A vector for each short window, in steps of 1/127.
    var detailValues: [Int8] = []
    /// The mean log-mel spectrum of the speech, which was taken off.
    public internal(set) var meanSpectrum: [Float] = []
    /// For each frame of the recording, how likely it is that two people speak, 0...255.
    public internal(set) var overlap: [UInt8] = []

    mutating func append(detail vector: [Float]) {
        detailValues.append(contentsOf: vector.map { Int8(max(-127, min(127, ($0 * 127).rounded()))) })
    }

    /// The inner product of a short window's vector with another one.
    func product(detail index: Int, _ other: [Float]) -> Float {
        let first = index * other.count
        var sum: Float = 0
        for place in other.indices { sum += Float(detailValues[first + place]) * other[place] }
        return sum / 127
    }
}
