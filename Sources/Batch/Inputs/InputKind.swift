/// What a file is taken for by the suffix of its name. Nothing is opened to find out.
public enum InputKind: Sendable {
    case media, subtitles

    /// Nil for names that are neither, and for hidden files and the `._` companions that macOS leaves on foreign disks.
    public init?(name: String) {
        guard !name.hasPrefix(".") else { return nil }
        let suffix = FilePath.suffix(name)
        if Self.mediaSuffixes.contains(suffix) {
            self = .media
        } else if Self.subtitleSuffixes.contains(suffix) {
            self = .subtitles
        } else {
            return nil
        }
    }

    /// Suffixes of files that carry sound, lowercased, without the dot.
    public static let mediaSuffixes: Set<String> = [
        "3g2", "3gp", "aac", "ac3", "aif", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "divx", "dts", "dv", "eac3",
        "f4v", "flac", "flv", "m1a", "m2a", "m2t", "m2ts", "m2v", "m4a", "m4b", "m4v", "mka", "mkv", "mov", "mp2",
        "mp3",
        "mp4", "mpeg", "mpg", "mts", "mxf", "nut", "oga", "ogg", "ogm", "ogv", "opus", "qt", "ra", "rm", "rmvb", "spx",
        "tak", "thd", "ts", "tta", "vob", "w64", "wav", "webm", "wma", "wmv", "wtv", "wv",
    ]

    /// Suffixes of the subtitle formats that Slate reads, lowercased, without the dot.
    public static let subtitleSuffixes: Set<String> = ["ass", "srt", "ssa", "vtt", "webvtt"]
}
