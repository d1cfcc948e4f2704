/// The language that a subtitle file's name states.
public enum SubtitleLanguage {
    /// BCP 47, from names such as `film.en.srt`; nil when the name states none.
    public static func stated(in path: String) -> String? { SubtitleStem(FilePath.stem(path)).language }
}
