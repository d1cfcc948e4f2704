import Timeline

/// A cue to be placed: when it is shown, and whether it stands for speech.
public struct AlignableCue: Hashable, Sendable {
    public let segment: Segment
    /// False for cues such as `[MUSIC PLAYING]` or `♪`, which move with their neighbours but say nothing on where they are.
    public let isSpeech: Bool

    public init(segment: Segment, isSpeech: Bool) { (self.segment, self.isSpeech) = (segment, isSpeech) }
}
