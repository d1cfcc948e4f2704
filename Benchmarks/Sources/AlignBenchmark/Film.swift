/// A film of a given length and subtitles for it that are 2.5 s late.
struct Film {
    /// How sound and picture are stored. The suffix of the file.
    enum Container: String, CaseIterable {
        case matroska = "mkv"
        case mp4
    }

    let minutes: Int
    let container: Container
    let folder: String

    /// Milliseconds by which the subtitles are late.
    static let delay = 2500

    var media: String { "\(folder)/film-\(minutes).\(container.rawValue)" }
    var subtitles: String { "\(folder)/film-\(minutes).srt" }
    /// The same cues where they belong.
    var truth: String { "\(folder)/film-\(minutes).truth.srt" }
}
