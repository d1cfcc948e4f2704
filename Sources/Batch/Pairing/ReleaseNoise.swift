/// Words of a release's file name that say how it was made, not what it is.
enum ReleaseNoise {
    /// The title part of a row of words: everything before the first word that is surely noise, but at least one word.
    static func title(of words: [NameWord]) -> ArraySlice<NameWord> {
        let end = words.indices.dropFirst().first { isSure(words[$0].text) } ?? words.endIndex
        var title = words[..<end]
        guard end < words.endIndex else { return title }
        while title.count > 1, let last = title.last, doubtful.contains(last.text) { title.removeLast() }
        return title
    }

    private static func isSure(_ word: String) -> Bool { sure.contains(word) || isResolution(word) }

    /// 480p, 1080i and their like.
    private static func isResolution(_ word: String) -> Bool {
        guard let last = word.last, last == "p" || last == "i", let lines = Int(word.dropLast()) else { return false }
        return lines >= 240 && lines <= 8640
    }

    private static let sure: Set<String> = [
        "10bit", "8bit", "aac", "aac2", "ac3", "amzn", "atmos", "av1", "avc", "bdremux", "bdrip", "bluray", "brrip",
        "ddp",
        "ddp5", "dd5", "dolby", "dsnp", "dts", "dvdrip", "dvdscr", "eac3", "h264", "h265", "hdr", "hdr10", "hdrip",
        "hdtv",
        "hevc", "hmax", "nf", "pdtv", "remux", "rarbg", "truehd", "uhd", "webdl", "webrip", "x264", "x265", "xvid",
        "yify",
        "yts", "4k", "2k", "8k", "divx", "hdcam", "telesync",
    ]

    /// Words that are noise only where noise follows; in front of anything else they may be part of a title.
    private static let doubtful: Set<String> = [
        "web", "dl", "hd", "sd", "proper", "repack", "internal", "multi", "limited", "complete", "dual", "audio", "sub",
        "subs", "subbed", "dubbed", "h", "x", "cam", "ts", "blu", "ray", "bd", "dvd", "tv", "rip", "real", "read",
        "nfo", "imax",
    ]
}
