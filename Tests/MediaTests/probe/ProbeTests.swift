import Media
import Testing
import Timeline

@Suite(.enabled(if: hasFFmpeg)) struct ProbeTests {
    @Test func `streams, languages, titles, chapters and times are what was written`() throws {
        let folder = try MediaFolder()
        let chapters = """
            ;FFMETADATA1
            title=A show
            [CHAPTER]
            TIMEBASE=1/1000
            START=500
            END=1500
            title=Middle
            """
        _ = try folder.write(Array(chapters.utf8), as: "meta.txt")
        try folder.ffmpeg(
            "-f", "lavfi", "-i", "testsrc=s=64x48:r=30000/1001:d=2", "-f", "lavfi", "-i", "sine=d=2:r=44100", "-i",
            "meta.txt", "-map_metadata", "2", "-map", "0", "-map", "1", "-c:v", "mpeg4", "-c:a", "flac",
            "-metadata:s:a:0", "language=ger", "-metadata:s:a:0", "title=Kommentar", "-disposition:a:0", "comment",
            "show.mkv")
        let info = try Probe.info(path: folder.file("show.mkv"))
        #expect(info.container == "matroska,webm")
        #expect(info.title == "A show")
        #expect(info.start == .zero)
        #expect(info.streams.map(\.kind) == [.video, .sound])
        let (video, sound) = (info.streams[0], info.streams[1])
        #expect(video.picture?.width == 64 && video.picture?.height == 48)
        #expect(video.picture?.frameRate == Ratio(30_000, 1001))
        #expect(sound.codec == "flac" && sound.language == "ger" && sound.title == "Kommentar")
        #expect(sound.sound?.sampleRate == 44_100 && sound.sound?.layout == "mono")
        #expect(sound.dispositions == ["comment"])
        #expect(sound.start == .zero && !sound.isEncrypted)
        #expect(sound.timeBase == TimeBase(numerator: 1, denominator: 1000))
        let chapter = try #require(info.chapters.first)
        #expect(info.chapters.count == 1 && chapter.title == "Middle")
        #expect(chapter.start == .milliseconds(500) && chapter.end == .milliseconds(1500))
        #expect(info.duration.map { abs($0.milliseconds - 2000) <= 40 } == true)
    }

    @Test func `the container's start is the zero of every time`() throws {
        let folder = try MediaFolder()
        try folder.ffmpeg(
            "-f", "lavfi", "-i", "testsrc=s=64x48:d=1", "-itsoffset", "0.25", "-f", "lavfi", "-i", "sine=d=1:r=48000",
            "-map", "0", "-map", "1", "-c:v", "mpeg4", "-c:a", "flac", "-output_ts_offset", "7", "late.mkv")
        let info = try Probe.info(path: folder.file("late.mkv"))
        #expect(info.start == .seconds(7))
        #expect(info.streams.map(\.start) == [.zero, .milliseconds(250)])
    }

    @Test func `a turned picture and an encrypted track are reported`() throws {
        let folder = try MediaFolder()
        try folder.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x48:d=1", "-c:v", "mpeg4", "up.mp4")
        try folder.ffmpeg("-i", "up.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90", "turned.mp4")
        #expect(try Probe.info(path: folder.file("up.mp4")).streams[0].picture?.rotation == 0)
        let turned = try Probe.info(path: folder.file("turned.mp4")).streams[0].picture?.rotation
        // FFmpeg 5.1 writes the tag as a matrix that turns counterclockwise; ours are clockwise degrees.
        #expect(turned == 270)
        try folder.ffmpeg(
            "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key",
            "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid", "a7e61c373e219033c21091fa607bf3b8", "locked.mp4")
        #expect(try Probe.info(path: folder.file("locked.mp4")).streams[0].isEncrypted)
    }

    @Test func `language codes of one language are the same`() {
        #expect(Language.same("de", "ger") && Language.same("deu", "ger") && Language.same("en-GB", "eng"))
        #expect(!Language.same("de", "eng") && !Language.same("und", "und") && !Language.same("", ""))
    }
}
