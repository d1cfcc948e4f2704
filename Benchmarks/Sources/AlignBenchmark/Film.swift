/// A film of a given length and subtitles for it that are 2.5 s late.
struct Film {
    let minutes: Int
    let folder: String

    /// Milliseconds by which the subtitles are late.
    static let delay = 2500

    var media: String { "\(folder)/film-\(minutes).mkv" }
    var subtitles: String { "\(folder)/film-\(minutes).srt" }
    /// The same cues where they belong.
    var truth: String { "\(folder)/film-\(minutes).truth.srt" }
}
