/// What is measured.
enum Subject: String, CaseIterable {
    case slate = "slate align"
    case thorough = "slate align --thorough"
    case ffmpeg = "ffmpeg -vn -f null"
    case ffsubsync

    /// Whether it writes subtitles, so that its result can be looked at.
    var aligns: Bool { self != .ffmpeg }
    var isSlate: Bool { self == .slate || self == .thorough }

    func command(_ film: Film, output: String, programs: Programs) -> [String] {
        switch self {
        case .slate: [programs.slate, "align", film.media, film.subtitles, "-o", output, "--quiet"]
        case .thorough: [programs.slate, "align", film.media, film.subtitles, "-o", output, "--quiet", "--thorough"]
        case .ffmpeg: ["ffmpeg", "-nostdin", "-v", "error", "-i", film.media, "-vn", "-f", "null", "-"]
        case .ffsubsync: [programs.ffsubsync ?? "", film.media, "-i", film.subtitles, "-o", output]
        }
    }
}

/// Where the programs are.
struct Programs {
    let slate: String
    /// nil when it is not installed.
    let ffsubsync: String?
}
