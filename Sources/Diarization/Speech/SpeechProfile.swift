import Timeline

/// Segment settings for a use.
public enum SpeechProfile: String, CaseIterable, Sendable {
    /// Missed speech and false alarms weigh the same.
    case general
    /// Quiet and far talkers count, short pauses do not.
    case meeting
    /// Segments that a subtitle can stand for: pauses are kept, single sounds dropped.
    case subtitles
    /// The settings that Silero VAD has unless told otherwise, for its detector.
    case silero
}

extension SpeechSegmenter {
    public init(_ profile: SpeechProfile) {
        self.init()
        switch profile {
        case .general: break
        case .meeting: (onset, offset, shortestPause) = (0.3, 0.15, .milliseconds(500))
        case .subtitles: (shortestPause, shortestSpeech, padding) = (.milliseconds(200), .milliseconds(250), .milliseconds(40))
        case .silero:
            (onset, offset, shortestPause, shortestSpeech) = (0.5, 0.35, .milliseconds(100), .milliseconds(250))
            pausesAreConfirmed = true
        }
    }
}
