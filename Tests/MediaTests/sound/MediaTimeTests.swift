import Foundation
import Media
import Testing

/// Sound lies where its timestamps say, however the container came by them.
@Suite(.enabled(if: hasFFmpeg)) struct MediaTimeTests {
    /// A click in two seconds of silence, at 1 s.
    private func click(_ folder: MediaFolder) throws {
        var source = [Int16](repeating: 0, count: 96_000)
        source[48_000] = 30_000
        _ = try folder.wav(source)
    }

    /// How far from 0.5 s the file itself says that the sound begins, in samples: edit lists of FFmpeg's MP4 are in
    /// milliseconds, and its WebM leaves the 312 samples of Opus priming out of timestamps that do not begin at zero.
    @Test(arguments: [
        ("late.mkv -c:a flac", 1), ("late.mp4 -c:a aac", 48), ("late.mov -c:a pcm_s16le", 48),
        ("late.webm -c:a libopus", 312),
    ])
    func `sound that starts half a second after the picture begins with silence`(format: String, rounding: Int) throws {
        let folder = try MediaFolder()
        try click(folder)
        let words = format.split(separator: " ").map(String.init)
        let video = words[0].hasSuffix("webm") ? ["-c:v", "libvpx", "-g", "10"] : ["-c:v", "mpeg4"]
        try folder.run(
            ["-f", "lavfi", "-i", "testsrc=s=64x64:r=25:d=3", "-itsoffset", "0.5", "-i", "source.wav"] + video
                + words[1...] + ["-map", "0", "-map", "1", words[0]])
        let read = try samples(folder.file(words[0]))
        let found = try #require(loudest(read))
        #expect(abs(found - 72_000) <= rounding)
        #expect(read[..<23_000].allSatisfy { abs($0) < 1e-3 })
    }

    @Test func `a picture that starts before zero in its container does not move the sound`() throws {
        let folder = try MediaFolder()
        try click(folder)
        // All of the container's clock starts at 100 s: media time begins there.
        try folder.ffmpeg("-i", "source.wav", "-c:a", "flac", "-output_ts_offset", "100", "offset.mkv")
        #expect(try loudest(samples(folder.file("offset.mkv"))) == 48_000)
    }

    @Test func `a gap between packets is silence of its length`() throws {
        let folder = try MediaFolder()
        try click(folder)
        // Packets of the stretch 0.25 s to 0.75 s are left out; the click stays at 1 s.
        try folder.ffmpeg("-i", "source.wav", "-c:a", "flac", "-frame_size", "480", "full.mkv")
        try folder.ffmpeg(
            "-i", "full.mkv", "-c", "copy", "-bsf:a", "noise=drop=between(pts\\,250\\,750)", "gap.mkv")
        let read = try samples(folder.file("gap.mkv"))
        #expect(try #require(loudest(read)) == 48_000)
        #expect(read.count == 96_000)
        let reader = try SoundReader(path: folder.file("gap.mkv"))
        try reader.seek(to: 40_000..<60_000)
        #expect(loudest(try reader.rest()) == 8000)
    }

    @Test func `an edit list that cuts the beginning is obeyed to the sample`() throws {
        let folder = try MediaFolder()
        try click(folder)
        try folder.ffmpeg("-i", "source.wav", "-c:a", "aac", "full.m4a")
        try folder.ffmpeg("-ss", "0.3", "-i", "full.m4a", "-c", "copy", "cut.m4a")
        let expected = try folder.reference("cut.m4a", "-ac", "1")
        let read = try samples(folder.file("cut.m4a"))
        #expect(try #require(loudest(read)) == #require(loudest(expected)))
    }

    @Test func `the clock of a transport stream may wrap around`() throws {
        let folder = try MediaFolder()
        try click(folder)
        // 2^33 / 90 000 = 95 443.7 s: the wrap falls between the start and the click.
        try folder.ffmpeg(
            "-i", "source.wav", "-c:a", "mp2", "-output_ts_offset", "95442.2", "-muxdelay", "0", "-muxpreload", "0",
            "wrap.ts")
        let found = try #require(loudest(try samples(folder.file("wrap.ts"))))
        #expect(abs(found - 48_481) <= 1)
    }

    @Test func `a track is chosen by its language or its index`() throws {
        let folder = try MediaFolder()
        try click(folder)
        try folder.ffmpeg(
            "-i", "source.wav", "-f", "lavfi", "-i", "sine=440:d=1:r=44100", "-map", "0", "-map", "1", "-c:a", "flac",
            "-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=eng", "-disposition:a:1", "0", "two.mkv")
        let path = folder.file("two.mkv")
        #expect(try SoundReader(path: path, options: .init(track: .language("en"))).nativeRate == 44_100)
        #expect(try SoundReader(path: path, options: .init(track: .language("deu"))).nativeRate == 48_000)
        #expect(try SoundReader(path: path, options: .init(track: .stream(1))).nativeRate == 44_100)
        #expect(try SoundReader(path: path).stream == 0)
        let error = #expect(throws: MediaError.self) {
            try SoundReader(path: path, options: .init(track: .language("fr")))
        }
        #expect(error?.description == "\(path): has no track fr; there is 0 (ger), 1 (eng)")
    }

    @Test func `sound that goes from mono to stereo in mid-stream goes on without a break`() throws {
        let folder = try MediaFolder()
        let tone = "sine=440:r=48000:d=1"
        try folder.ffmpeg("-f", "lavfi", "-i", tone, "-ac", "1", "-c:a", "mp2", "-b:a", "192k", "mono.mp2")
        try folder.ffmpeg("-f", "lavfi", "-i", tone, "-ac", "2", "-c:a", "mp2", "-b:a", "192k", "stereo.mp2")
        let parts = try ["mono.mp2", "stereo.mp2"].flatMap {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file($0))))
        }
        let reader = try SoundReader(path: folder.write(parts, as: "both.mp2"), options: .init(sampleRate: 16_000))
        let read = try reader.rest()
        #expect(reader.damageCount == 0)
        #expect(abs(read.count - 32_000) < 1600)
        for second in 0..<2 {
            let part = read[(second * 16_000 + 4000)..<(second * 16_000 + 12_000)]
            #expect((part.map { $0 * $0 }.reduce(0, +) / 8000).squareRoot() > 0.05, "second \(second)")
        }
    }

    @Test func `all channels come interleaved and unmixed`() throws {
        let folder = try MediaFolder()
        let source = noise(10_000, channels: 2)
        _ = try folder.wav(source, channels: 2)
        let read = try samples(folder.file("source.wav"), mono: false)
        #expect(read == source.map { Float($0) / 32_768 })
    }

    @Test func `a range that passes the end is cut there, and one beyond it is empty`() throws {
        let folder = try MediaFolder()
        let path = try folder.wav(noise(10_000))
        #expect(try samples(path, range: 9000..<20_000).count == 1000)
        #expect(try samples(path, range: 20_000..<30_000).isEmpty)
        #expect(try samples(path, range: 5..<5).isEmpty)
    }
}
