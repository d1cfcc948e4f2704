import Foundation
import Media
import Testing
import Timeline

/// Plain sound files are read by libsndfile, and nothing shows it but the marker list.
@Suite(.enabled(if: hasFFmpeg)) struct SoundFileTests {
    static let plain = [
        "a.wav -c:a pcm_s16le", "a.wav -c:a pcm_u8", "a.wav -c:a pcm_s24le", "a.wav -c:a pcm_s32le",
        "a.wav -c:a pcm_f32le", "a.wav -c:a pcm_s16le -rf64 always", "a.w64 -c:a pcm_s16le", "a.w64 -c:a pcm_s24le",
        "a.aiff -c:a pcm_s16be", "a.aiff -c:a pcm_s24be", "a.aiff -c:a pcm_f32be", "a.aiff -c:a pcm_s16le",
        "a.caf -c:a pcm_s16le", "a.caf -c:a pcm_s24be", "a.caf -c:a pcm_f32le", "a.flac -c:a flac",
        "a.flac -c:a flac -sample_fmt s32",
    ]

    private func store(_ words: String, in folder: MediaFolder) throws -> String {
        let words = words.split(separator: " ").map(String.init)
        try folder.run(["-i", "source.wav"] + words[1...] + [words[0]])
        return words[0]
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test(arguments: plain) func `its samples are those that FFmpeg gives`(storage: String) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(60_000, channels: 2), channels: 2)
        let name = try store(storage, in: folder)
        #expect(try SoundReader(path: folder.file(name)).backend == .libsndfile)
        #expect(try samples(folder.file(name), mono: false) == folder.reference(name))
        for rate in [48_000, 16_000, 44_100] {
            let expected = try folder.reference(name, "-ac", "1", "-ar", "\(rate)")
            let read = try samples(folder.file(name), rate: rate)
            #expect(worstDifference(read, expected) < 1e-6, "at \(rate) Hz")
            #expect(read.count == 60_000 * rate / 48_000)
        }
    }

    @Test(arguments: plain) func `a click lies where it was put, in the whole and in a range`(storage: String) throws {
        let folder = try MediaFolder()
        var source = [Int16](repeating: 0, count: 150_000)
        source[100_003] = 30_000
        _ = try folder.wav(source)
        let path = folder.file(try store(storage, in: folder))
        let reader = try SoundReader(path: path)
        #expect(loudest(try reader.rest()) == 100_003)
        try reader.seek(to: 100_000..<100_010)
        #expect(loudest(try reader.rest()) == 3)
        #expect(reader.backend == .libsndfile)
        #expect(reader.statedDuration?.units(perSecond: 48_000) == 150_000)
    }

    @Test func `the content decides, not the suffix`() throws {
        let folder = try MediaFolder()
        let source = noise(10_000)
        let path = try folder.wav(source, as: "film.mp4")
        #expect(try SoundReader(path: path).backend == .libsndfile)
        #expect(try samples(path) == source.map { Float($0) / 32_768 })
        try folder.ffmpeg("-i", "film.mp4", "-c:a", "libmp3lame", "-f", "mp3", "music.wav")
        #expect(try SoundReader(path: folder.file("music.wav")).backend == .ffmpeg)
    }

    @Test(arguments: ["a.wav -c:a pcm_mulaw", "a.wav -c:a adpcm_ms", "a.wav -c:a pcm_f64le", "a.ogg -c:a libvorbis"])
    func `what libsndfile would give otherwise than FFmpeg stays with FFmpeg`(storage: String) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(20_000))
        let name = try store(storage, in: folder)
        #expect(try SoundReader(path: folder.file(name)).backend == .ffmpeg)
        #expect(try samples(folder.file(name), rate: 16_000).count > 0)
    }

    @Test func `surround sound is mixed by FFmpeg, which knows where its channels are`() throws {
        let folder = try MediaFolder()
        let source = noise(10_000, channels: 6)
        let path = try folder.wav(source, channels: 6)
        #expect(try SoundReader(path: path).backend == .ffmpeg)
        #expect(try SoundReader(path: path, options: .init(mono: false)).backend == .libsndfile)
        #expect(try samples(path, mono: false) == source.map { Float($0) / 32_768 })
    }

    @Test func `AC-3 that poses as samples is decoded as AC-3`() throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(96_000, channels: 2), channels: 2)
        try folder.ffmpeg("-i", "source.wav", "-c:a", "ac3", "-f", "spdif", "cable.raw")
        let words = try bytes(folder.file("cable.raw")).withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
        let path = try folder.wav(words, channels: 2, as: "cable.wav")
        #expect(try SoundReader(path: path).backend == .ffmpeg)
    }

    @Test func `a language is not to be had from a plain sound file`() throws {
        let folder = try MediaFolder()
        let path = try folder.wav(noise(1000))
        #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(track: .language("en"))) }
        #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(track: .stream(1))) }
        #expect(try SoundReader(path: path, options: .init(track: .stream(0))).stream == 0)
    }
}

// MARK: - Interruption

extension SoundFileTests {
    @Test(arguments: ["a.wav -c:a pcm_s16le", "a.flac -c:a flac"])
    func `reading stops when its task is cancelled, or its time is over`(storage: String) async throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(480_000))
        let path = folder.file(try store(storage, in: folder))
        let reading = Task {
            let reader = try SoundReader(path: path)
            withUnsafeCurrentTask { $0?.cancel() }
            return try reader.rest().count
        }
        let cancelled = await #expect(throws: MediaError.self) { try await reading.value }
        #expect(cancelled?.reason == .cancelled)
        let late = #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(timeLimit: 0)) }
        #expect(late?.reason == .tooSlow(seconds: 0))
    }
}

// MARK: - Damage

extension SoundFileTests {
    @Test(arguments: ["a.wav -c:a pcm_s16le", "a.aiff -c:a pcm_s16be", "a.w64 -c:a pcm_s16le", "a.caf -c:a pcm_s16le"])
    func `a file that breaks off is left to FFmpeg, which gives what is there`(storage: String) throws {
        let folder = try MediaFolder()
        let source = noise(96_000)
        _ = try folder.wav(source)
        let name = try store(storage, in: folder)
        let half = try folder.write(Array(try bytes(folder.file(name)).prefix(100_000)), as: "half-" + name)
        let reader = try SoundReader(path: half)
        #expect(reader.backend == .ffmpeg)
        let read = try reader.rest()
        #expect((48_000...50_000).contains(read.count))
        #expect(read == source[..<read.count].map { Float($0) / 32_768 })
    }

    @Test func `a FLAC file that breaks off gives what is there and says where it ends`() throws {
        let folder = try MediaFolder()
        let source = noise(192_000)
        _ = try folder.wav(source)
        let whole = try bytes(folder.file(try store("a.flac -c:a flac", in: folder)))
        let path = try folder.write(Array(whole.prefix(whole.count / 2)), as: "half.flac")
        let reader = try SoundReader(path: path)
        #expect(reader.backend == .libsndfile)
        let read = try reader.rest()
        #expect((80_000...110_000).contains(read.count))
        #expect(worstDifference(read.prefix(80_000), source.prefix(80_000).map { Float($0) / 32_768 }) == 0)
        #expect(reader.backend == .ffmpeg)
        #expect(reader.damage.contains { $0.what.hasPrefix("the sound breaks off") })
        try reader.seek(to: 1000..<2000)
        #expect(try reader.rest() == source[1000..<2000].map { Float($0) / 32_768 })
        #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(strict: true)).rest() }
    }

    @Test func `a damaged place in FLAC is noticed, and all before and after it is given`() throws {
        let folder = try MediaFolder()
        let source = noise(192_000)
        _ = try folder.wav(source)
        var bytes = try bytes(folder.file(try store("a.flac -c:a flac", in: folder)))
        for place in bytes.count / 2..<bytes.count / 2 + 40 { bytes[place] ^= 0x55 }
        let path = try folder.write(bytes, as: "bad.flac")
        for rate in [48_000, 16_000] {
            let reader = try SoundReader(path: path, options: .init(sampleRate: rate))
            let read = try reader.rest()
            let expected = try samples(folder.file("source.wav"), rate: rate)
            #expect(read.count == expected.count)
            #expect(worstDifference(read.prefix(rate * 3 / 2), expected.prefix(rate * 3 / 2)) < 1e-6)
            #expect(worstDifference(read.suffix(rate * 3 / 2), expected.suffix(rate * 3 / 2)) < 1e-6)
            let time = try #require(reader.damage.first?.time)
            #expect(abs(time.milliseconds - 2000) < 300)
        }
        #expect(throws: MediaError.self) { try SoundReader(path: path, options: .init(strict: true)).rest() }
    }

    @Test(arguments: ["a.aiff -c:a pcm_s24be", "a.caf -c:a pcm_s16le", "a.w64 -c:a pcm_s16le", "a.wav -rf64 always"])
    func `damaged headers give an error or samples`(storage: String) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(4000))
        let good = try bytes(folder.file(try store(storage, in: folder)))
        for seed in 0..<60 {
            var generator = SplitMix64(seed: UInt64(seed))
            var bytes = good
            for _ in 0..<(1 << (seed % 5)) {
                bytes[Int.random(in: 0..<160, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            }
            let path = try folder.write(bytes, as: "bad")
            guard let reader = try? SoundReader(path: path, options: .init(sampleRate: 8000, timeLimit: 20)) else {
                continue
            }
            // 12 000 bytes of sound at 1000 Hz or more.
            #expect(((try? reader.rest().count) ?? 0) <= 12 * 8000 * 8, "seed \(seed)")
        }
    }
}

// MARK: - Markers

extension SoundFileTests {
    /// A RIFF chunk; sizes are little endian and chunks begin on even bytes.
    private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        Array(name.utf8) + word(body.count) + body + (body.count % 2 == 1 ? [0] : [])
    }

    private func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    private func cue(_ id: Int, _ sample: Int) -> [UInt8] {
        word(id) + word(sample) + Array("data".utf8) + word(0) + word(0) + word(sample)
    }

    @Test func `cue points of a WAV file are its markers`() throws {
        let folder = try MediaFolder()
        var file = try bytes(folder.wav(noise(48_000)))
        file += chunk("cue ", word(2) + cue(1, 12_000) + cue(2, 36_000))
        let labels = chunk("labl", word(1) + Array("start\0".utf8)) + chunk("labl", word(2) + Array("fin\0".utf8))
        file += chunk("LIST", Array("adtl".utf8) + labels)
        file.replaceSubrange(4..<8, with: word(file.count - 8))
        let reader = try SoundReader(path: folder.write(file, as: "cues.wav"))
        #expect(reader.markers.map { $0.time.milliseconds } == [250, 750])
        #expect(reader.markers.map(\.name) == ["start", "fin"])
        #expect(try reader.rest().count == 48_000)
        #expect(try SoundReader(path: folder.file("source.wav")).markers == [])
    }
}
