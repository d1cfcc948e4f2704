import Alignment
import Formats
import Timeline

/// Tells cues that write down speech from those that describe sounds.
enum SpeechCues {
    /// The cues with what they stand for. When most of a file is in brackets, brackets mean nothing in it.
    static func alignable(_ cues: [SubtitleCue]) -> [AlignableCue] {
        let speech = cues.map { standsForSpeech($0.text) }
        let tellsApart = 2 * speech.count { $0 } >= speech.count
        return zip(cues, speech).map { AlignableCue(segment: $0.segment, isSpeech: $1 || !tellsApart) }
    }

    /// Whether a text writes down speech: not `[MUSIC]`, `(door slams)`, `♪ la la ♪` or nothing.
    ///
    /// Only a cue wholly in brackets, set between notes, or without a letter or digit is taken out.
    static func standsForSpeech(_ text: String) -> Bool {
        var depth = 0
        var speaks = false
        for character in text {
            switch character {
            case "[", "(", "{", "（", "【", "［": depth += 1
            case "]", ")", "}", "）", "】", "］": depth = max(0, depth - 1)
            case "♪", "♫", "♬": return false
            default: speaks = speaks || (depth == 0 && (character.isLetter || character.isNumber))
            }
        }
        return speaks
    }
}
