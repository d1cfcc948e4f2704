import Foundation
import Media
import Testing
import Timeline

struct MediaFaultTests {
    private func failure(_ path: String) -> MediaError.Reason? {
        do {
            _ = try SoundReader(path: path)
            return nil
        } catch {
            return (error as? MediaError)?.reason
        }
    }

    @Test func `what is no plain file with bytes in it is refused by its kind`() throws {
        let folder = try MediaFolder()
        #expect(failure(folder.path) == .notAFile("a folder"))
        #expect(failure("/dev/null") == .notAFile("a device"))
        #expect(failure(try folder.write([], as: "empty.mp4")) == .empty)
        #expect(failure(folder.file("missing.mp4")) == .system("No such file or directory"))
        mkfifo(folder.file("pipe.mp4"), 0o600)
        #expect(failure(folder.file("pipe.mp4")) == .notAFile("a pipe"))
    }

    @Test func `text and noise are not recognised, whatever they are called`() throws {
        let folder = try MediaFolder()
        var generator = SplitMix64(seed: 7)
        let noise = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for (name, bytes) in [("a.txt", Array("no sound here\n".utf8)), ("a.mp4", noise), ("a.mkv", Array("x".utf8))] {
            #expect(failure(try folder.write(bytes, as: name)) != nil, "\(name)")
        }
    }

    /// Playlists in the formats that FFmpeg follows, each naming the file that must not be opened.
    private static let playlists: [(String, String)] = [
        ("hls", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nSECRET\n#EXT-X-ENDLIST\n"),
        ("concat", "ffconcat version 1.0\nfile SECRET\n"),
        ("sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"),
        (
            "dash",
            "<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
                + "profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\" type=\"static\"><Period><AdaptationSet>"
                + "<Representation id=\"0\"><BaseURL>SECRET</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
        ),
    ]

    @Test(arguments: ["mp4", "mkv", "wav", "m3u8", "ffconcat", "mpd", "sdp"])
    func `a playlist never opens what it names`(suffix: String) throws {
        let folder = try MediaFolder()
        let secret = try MediaFolder()
        let path = try secret.wav([Int16](repeating: 1000, count: 48_000), as: "secret.wav")
        for (kind, text) in Self.playlists {
            let list = try folder.write(
                Array(text.replacingOccurrences(of: "SECRET", with: path).utf8), as: "\(kind).\(suffix)")
            let reason = failure(list)
            #expect(reason != nil, "\(kind).\(suffix) was opened")
        }
    }

    @Test(.enabled(if: hasFFmpeg)) func `a file without sound says so`() throws {
        let folder = try MediaFolder()
        try folder.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x64:d=1", "-c:v", "mpeg4", "silent.mp4")
        #expect(failure(folder.file("silent.mp4")) == .noSound)
    }

    @Test(.enabled(if: hasFFmpeg)) func `an encrypted track is refused`() throws {
        let folder = try MediaFolder()
        try folder.ffmpeg(
            "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key",
            "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid", "a7e61c373e219033c21091fa607bf3b8", "locked.mp4")
        #expect(failure(folder.file("locked.mp4")) == .encrypted(stream: 0))
    }

    @Test(.enabled(if: hasFFmpeg)) func `a file that breaks off gives what could be decoded`() throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(48_000 * 4))
        for storage in ["a.mkv -c:a aac", "a.ogg -c:a libvorbis", "a.flac -c:a flac", "a.ts -c:a mp2"] {
            let words = storage.split(separator: " ").map(String.init)
            try folder.run(["-i", "source.wav"] + words[1...] + [words[0]])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file(words[0])))
            let half = try folder.write(Array(bytes.prefix(bytes.count / 2)), as: "half-" + words[0])
            let whole = try samples(folder.file(words[0]))
            let read = try samples(half)
            #expect((48_000...48_000 * 3).contains(read.count), "\(storage): \(read.count)")
            let common = min(read.count, whole.count) - 4096
            #expect(worstDifference(read[..<common], whole[..<common]) < 1e-5, "\(storage)")
        }
    }

    @Test(.enabled(if: hasFFmpeg)) func `sound that breaks off is reported, and refused when strict`() throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(48_000 * 4))
        try folder.ffmpeg("-i", "source.wav", "-c:a", "aac", "-movflags", "+faststart", "whole.m4a")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("whole.m4a")))
        let path = try folder.write(Array(bytes.prefix(bytes.count / 2)), as: "half.m4a")
        let reader = try SoundReader(path: path)
        let count = try reader.rest().count
        #expect(reader.damageCount > 0)
        #expect(reader.damage.last?.what == "the sound breaks off; the file says that it goes on until 0:00:04.000")
        #expect(reader.damage.last?.time?.units(perSecond: 48_000) == Int64(count))
        let whole = try SoundReader(path: folder.file("whole.m4a"), options: .init(strict: true))
        // The last AAC frame is kept whole: up to 1023 samples of silence follow the sound.
        #expect((192_000..<193_024).contains(try whole.rest().count))
        #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(strict: true)).rest() }
    }

    private static let fuzzed = [
        "a.wav -c:a pcm_s16le", "a.flac -c:a flac", "a.mp3 -c:a libmp3lame", "a.m4a -c:a aac", "a.mkv -c:a libopus",
        "a.webm -c:a libvorbis", "a.ogg -c:a libvorbis", "aac.ts -c:a aac", "mp2.ts -c:a mp2", "a.avi -c:a ac3",
    ]

    @Test(.enabled(if: hasFFmpeg), arguments: fuzzed)
    func `damaged files give an error or samples, in bounded time and memory`(storage: String) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(48_000), as: "source.wav")
        let words = storage.split(separator: " ").map(String.init)
        try folder.run(["-i", "source.wav"] + words[1...] + [words[0]])
        let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file(words[0]))))
        for seed in 0..<20 {
            var generator = SplitMix64(seed: UInt64(seed))
            var bytes = good
            if seed % 4 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator)) }
            for _ in 0..<(1 << (seed % 7)) {
                // Half of the damage goes to the header, where it does most.
                let end = Bool.random(using: &generator) ? min(bytes.count, 600) : bytes.count
                let place = Int.random(in: 0..<end, using: &generator)
                bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            }
            let path = try folder.write(bytes, as: "bad-" + words[0])
            guard let reader = try? SoundReader(path: path, options: .init(sampleRate: 8000, timeLimit: 20)) else {
                continue
            }
            // Two hours at most: a damaged clock cannot make the sound longer without bound.
            let count = (try? reader.rest(block: 80_000).count) ?? 0
            #expect(count <= 7200 * 8000, "seed \(seed)")
            try? reader.seek(to: 4000..<6000)
            #expect(((try? reader.rest().count) ?? 0) <= 2000, "seed \(seed)")
        }
    }
}
