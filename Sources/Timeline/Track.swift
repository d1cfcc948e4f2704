/// An object in the picture: what it is, and where it is at its keyframes. A still picture or a single detection has one.
public struct Track: Hashable, Sendable {
    /// Such as `person`.
    public var category: String
    /// In ascending order of time, at most one at a time.
    public var keyframes: [Keyframe]
    /// How positions between two keyframes are to be read.
    public var interpolation: Interpolation

    public init(_ category: String, keyframes: [Keyframe], interpolation: Interpolation = .none) {
        (self.category, self.keyframes, self.interpolation) = (category, keyframes, interpolation)
    }

    public enum Interpolation: String, Hashable, Sendable, CaseIterable {
        /// Nothing is said about the frames between keyframes.
        case none
        /// Corner by corner, in proportion to the time, as CVAT does.
        case linear
    }
}

/// Where an object is in one video frame.
public struct Keyframe: Hashable, Sendable {
    /// The frame's presentation time.
    public var time: Timestamp
    public var shape: Shape
    public var state: State
    /// Whether a program filled the position in between two that somebody stated.
    public var isInterpolated: Bool
    private var score: Double
    public var attributes: [Attribute]

    public enum State: UInt8, Hashable, Sendable, CaseIterable {
        case visible
        /// In the picture but hidden in part or wholly.
        case occluded
        /// No longer in the picture: the track ends or pauses here, before this frame.
        case outside
    }

    /// How sure the maker was of this position; nil when nobody stated it.
    public var confidence: Confidence? {
        get { Confidence(score) }
        set { score = newValue?.value ?? Self.noScore }
    }

    /// Below every confidence; not NaN, so that equal keyframes are equal.
    private static let noScore = -1.0

    public init(
        time: Timestamp, shape: Shape, state: State = .visible, isInterpolated: Bool = false, confidence: Confidence? = nil,
        attributes: [Attribute] = []
    ) {
        (self.time, self.shape, self.state, self.isInterpolated) = (time, shape, state, isInterpolated)
        (score, self.attributes) = (confidence?.value ?? Self.noScore, attributes)
    }
}
