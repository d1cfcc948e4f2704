import Foundation
import Testing

@Suite(.enabled(if: SlateProgram.path != nil, "\(SlateProgram.isMissing)"))
struct SingleFaultTests {
    private let folder: TemporaryFolder
    private let clip = SpokenClip(seed: 1, seconds: 8)

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("film.wav", clip.sound)
        try folder.write("film.srt", clip.subtitles)
    }

    private func align(_ media: String, _ subtitles: String, to output: String) throws -> Ended {
        try SlateProgram.run(
            "align", folder.file(media), folder.file(subtitles), "-o", folder.file(output), "--max-offset", "2")
    }

    @Test func `the clip of these tests is put on time`() throws {
        let ended = try align("film.wav", "film.srt", to: "out.srt")
        #expect(ended.status == 0, "\(ended)")
        #expect(try folder.read("out.srt") != clip.subtitles)
    }

    @Test func `the JSON of a single pair states how long it took`() throws {
        let ended = try SlateProgram.run(
            "align", folder.file("film.wav"), folder.file("film.srt"), "-o", folder.file("out.srt"), "--json")
        let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        #expect(try #require(object?["seconds"] as? Double) > 0, "\(ended)")
    }

    @Test(arguments: [
        "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nfilm.wav\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile film.wav\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><BaseURL>film.wav</BaseURL></Period></MPD>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
    ])
    func `a playlist named as a film is refused`(text: String) throws {
        try folder.write("list.mp4", text)
        try expectRefused(try align("list.mp4", "film.srt", to: "out.srt"), naming: "list.mp4")
        let probed = try SlateProgram.run("probe", folder.file("list.mp4"))
        #expect(probed.status == 2 && probed.errors.contains("list.mp4"), "\(probed)")
    }

    @Test func `an empty film is refused`() throws {
        try folder.write("empty.mkv", "")
        try expectRefused(try align("empty.mkv", "film.srt", to: "out.srt"), naming: "empty.mkv")
    }

    @Test func `empty subtitles are refused`() throws {
        try folder.write("empty.srt", "")
        try expectRefused(try align("film.wav", "empty.srt", to: "out.srt"), naming: "empty.srt")
    }

    @Test func `a folder that is not there is named`() throws {
        try expectRefused(try align("film.wav", "film.srt", to: "missing/out.srt"), naming: "missing/out.srt")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `a folder that may not be written is named`() throws {
        try FileManager.default.createDirectory(atPath: folder.file("locked"), withIntermediateDirectories: true)
        chmod(folder.file("locked"), 0o555)
        try expectRefused(try align("film.wav", "film.srt", to: "locked/out.srt"), naming: "locked/out.srt")
    }

    @Test func `a folder of the system is no place to write`() throws {
        let ended = try SlateProgram.run("align", folder.file("film.wav"), folder.file("film.srt"), "-o", "/proc/self/out.srt")
        #expect(ended.status == 2 && ended.errors.contains("/proc/self/out.srt"), "\(ended)")
    }

    @Test func `an output that exists stays as it is`() throws {
        try folder.write("out.srt", "mine")
        let ended = try align("film.wav", "film.srt", to: "out.srt")
        #expect(ended.status == 2 && ended.errors.contains("exists"), "\(ended)")
        #expect(try folder.read("out.srt") == Array("mine".utf8))
    }

    @Test(arguments: ["film.srt", "./film.srt", "film.wav", "link.srt"])
    func `an input is never the output`(output: String) throws {
        symlink(folder.file("film.srt"), folder.file("link.srt"))
        let ended = try SlateProgram.run(
            "align", folder.file("film.wav"), folder.file("film.srt"), "-o", folder.file(output), "--replace")
        #expect(ended.status == 2 && ended.errors.contains("is an input"), "\(ended)")
        #expect(try folder.read("film.srt") == clip.subtitles)
        #expect(try folder.read("film.wav") == clip.sound)
    }

    @Test(arguments: [["align", "film.wav", "film.srt", "--max-offset", "2"], ["probe", "film.wav"], ["--help"]])
    func `a reader that closes the pipe ends the program quietly`(arguments: [String]) throws {
        // The reader is gone before the first word is written: `wait` holds the program back until then.
        let words = arguments.map { $0.hasPrefix("film") ? "'\(folder.file($0))'" : $0 }.joined(separator: " ")
        let ended = try SlateProgram.shell(
            "{ sleep 0.2; \"$SLATE\" \(words) 2>\"$1\"; echo $? >&2; } | true", folder.file("errors"))
        #expect(ended.errors == "0\n", "\(ended)")
    }

    @Test func `a full device is reported`() throws {
        let arguments = ["align", folder.file("film.wav"), folder.file("film.srt"), "--max-offset", "2", "--quiet"]
        let ended = try SlateProgram.run(arguments, output: "/dev/full")
        #expect(ended.status == 2 && ended.errors.contains("No space left on device"), "\(ended)")
    }

    /// Whether the program runs at all under such a limit: built with the thread sanitizer it does not.
    private static let runsLimited =
        (try? SlateProgram.shell("(trap '' XFSZ; ulimit -f 0; \"$SLATE\" --version; echo $?) | tail -n 1").output) == "0\n"

    @Test(.enabled(if: runsLimited, "the program needs to write files of its own"))
    func `a limit on file sizes leaves no piece of a file`() throws {
        let ended = try SlateProgram.shell(
            """
            (trap '' XFSZ; ulimit -f 0
            "$SLATE" align "$1/film.wav" "$1/film.srt" -o "$1/out.srt" --max-offset 2 2>&1; echo $?) | cat
            """, folder.path)
        #expect(ended.output.contains("File too large") && ended.output.hasSuffix("\n2\n"), "\(ended)")
        #expect(folder.list() == ["film.srt", "film.wav"])
    }

    /// A closed descriptor is the next to be given out: the output file's, into which the remarks would go.
    @Test func `closed standard streams change nothing`() throws {
        let open = try align("film.wav", "film.srt", to: "open.srt")
        let closed = try SlateProgram.shell(
            "\"$SLATE\" align \"$1/film.wav\" \"$1/film.srt\" -o \"$1/closed.srt\" --max-offset 2 <&- >&- 2>&-", folder.path)
        #expect(open.status == 0 && closed.status == 0, "\(open)\(closed)")
        #expect(try folder.read("closed.srt") == folder.read("open.srt"))
    }

    private func expectRefused(_ ended: Ended, naming name: String) throws {
        #expect(ended.status == 2 && ended.errors.contains(name), "\(ended)")
        #expect(!folder.exists("out.srt"))
    }
}
