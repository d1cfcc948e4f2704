import Timeline

extension CueRules {
    /// The names of the built-in rules.
    public static let names = ["netflix", "netflix-children", "bbc"]

    /// Built-in rules by name, in the variant for a language; nil for any other name.
    public static func named(_ name: String, language: String = "en") -> CueRules? {
        switch name {
        case "netflix": netflix(language, isForChildren: false)
        case "netflix-children": netflix(language, isForChildren: true)
        case "bbc": bbc(language)
        default: nil
        }
    }

    /// Netflix Timed Text Style Guide: General Requirements (sections Duration, Frame Gap, Line Treatment), Subtitle Timing
    /// Guidelines (in-times, out-times, gaps, shot changes), and the guide of the language (Character Limitation, Reading Speed
    /// Limits).
    private static func netflix(_ language: String, isForChildren: Bool) -> CueRules {
        let (columns, adults, children) = netflixText(language)
        return CueRules(
            name: isForChildren ? "netflix-children" : "netflix", language: language, columnsPerLine: columns,
            columnsPerSecond: isForChildren ? children : adults, minimumDuration: TimeDelta(units: 5, perSecond: 6),
            maximumDuration: .seconds(7), gapFrames: 2, chaining: .milliseconds(500), shotSnap: TimeDelta(units: 7, perSecond: 24))
    }

    /// Columns a line, and columns a second for adults and children. The guides of Chinese, Japanese and Korean count a full-width
    /// letter as one character and a half-width one as half; here these are two columns and one.
    private static func netflixText(_ language: String) -> (columns: Int, adults: Int, children: Int) {
        switch BreakWords.primary(language) {
        case "en": (42, 20, 17)
        case "ja": (26, 8, 8)
        case "zh", "yue": (32, 18, 14)
        case "ko": (32, 24, 18)
        case "ru": (39, 17, 13)
        default: (42, 17, 13)
        }
    }

    /// BBC Subtitle Guidelines: Line length, Target minimum timing (0.3 s a word), Recommended word rate (160 to 180 words a minute),
    /// Gaps (at least one second or none), Shot changes.
    private static func bbc(_ language: String) -> CueRules {
        CueRules(
            name: "bbc", language: language, columnsPerLine: 37, timePerWord: .milliseconds(300), comfortPerWord: TimeDelta(units: 1, perSecond: 3),
            chaining: .seconds(1), longestPause: .milliseconds(1500), shotSnap: TimeDelta(units: 6, perSecond: 25))
    }
}
