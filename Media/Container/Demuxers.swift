/// Which of FFmpeg's demuxers may be used on a file that nobody vouches for.
enum Demuxers {
    /// Containers and raw streams that hold their media in one file. Everything else is refused: playlists, image
    /// sequences, session descriptions, capture devices and formats of no use here.
    static let selfContained: Set<String> = [
        "3g2", "3gp", "aac", "ac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "au", "av1", "avi", "caf", "dsf",
        "dts", "dtshd", "dv", "eac3", "flac", "flv", "gxf", "h261", "h263", "h264", "hevc", "ivf", "loas", "m4a",
        "m4v", "matroska", "mj2", "mjpeg", "mlp", "mov", "mp3", "mp4", "mpc", "mpc8", "mpeg", "mpegts", "mpegvideo",
        "mxf", "nut", "obu", "ogg", "oma", "rm", "sox", "spx", "tak", "truehd", "tta", "vc1", "voc", "w64", "wav",
        "webm", "wtv", "wv", "xwma", "yuv4mpegpipe",
    ]

    /// Demuxers known to open what their file names, for a message that says so.
    private static let indirect: Set<String> = [
        "applehttp", "bluray", "concat", "dash", "hls", "image2", "imf", "kux", "lavfi", "rtp", "rtsp", "sap", "sdp",
        "tedcaptions", "webm_dash_manifest",
    ]

    /// Whether a demuxer, by its name or comma-separated names, is self-contained.
    static func allows(_ name: String) -> Bool { matches(name, selfContained) }

    static func refusal(of name: String) -> MediaError.Reason {
        let opensOthers = matches(name, indirect) || name.hasSuffix("_pipe") || name.hasPrefix("image2")
        return opensOthers ? .opensOtherFiles(format: name) : .unsupportedContainer(name)
    }

    private static func matches(_ name: String, _ set: Set<String>) -> Bool {
        name.split(separator: ",").contains { set.contains(String($0)) }
    }
}
