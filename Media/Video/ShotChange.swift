import Timeline

/// Where one shot ends and the next begins.
public struct ShotChange: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// From one frame to the next.
        case cut
        /// Through black or white.
        case fade
    }

    public let kind: Kind
    /// The time of the new shot's first frame; after a fade, of the first that is not black or white any more.
    public let time: Timestamp
    /// That frame's place in presentation order, from 0; nil when reading did not begin at the start.
    public let index: Int?
    /// How much the frames on both sides of a cut differ, from 0 to 1; 1 for a fade.
    public let strength: Float
}
