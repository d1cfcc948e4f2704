import Media
import Timeline

/// One way to store sound, for tests that hold of all of them.
struct Storage: CustomStringConvertible, Sendable {
    let file: String
    let arguments: [String]
    /// Whether decoding gives back exactly what was encoded.
    let lossless: Bool
    /// How far a range may be from the same samples of the whole. Opus predicts from frame to frame and only
    /// converges; AC-3 and FFmpeg's MP2 decoder add dither, which is random.
    let seekError: Float
    /// Samples by which the encoder's delay moves the sound where the container has no place to declare it, so that the
    /// `ffmpeg` program puts it there as well.
    let delay: Int

    init(_ file: String, _ arguments: String, lossless: Bool = false, seekError: Float = 1e-6, delay: Int = 0) {
        self.file = file
        self.arguments = arguments.split(separator: " ").map(String.init)
        (self.lossless, self.seekError, self.delay) = (lossless, seekError, delay)
    }

    var description: String { "\(file) \(arguments.joined(separator: " "))" }

    static let all = [
        Storage("a.wav", "-c:a pcm_s16le", lossless: true),
        Storage("a.flac", "-c:a flac", lossless: true),
        Storage("a.mp3", "-c:a libmp3lame -b:a 128k"),
        Storage("a.m4a", "-c:a aac -aac_pns 0 -b:a 128k"),
        Storage("a.mkv", "-c:a aac -aac_pns 0 -b:a 128k", delay: 1024),
        Storage("opus.mkv", "-c:a libopus -b:a 96k", seekError: 0.01),
        Storage("a.webm", "-c:a libopus -b:a 96k", seekError: 0.01),
        Storage("a.opus", "-c:a libopus -b:a 96k", seekError: 0.01),
        Storage("a.ogg", "-c:a libvorbis -b:a 128k"),
        Storage("vorbis.webm", "-c:a libvorbis -b:a 128k"),
        Storage("aac.ts", "-c:a aac -aac_pns 0 -b:a 128k", delay: 1024),
        Storage("mp2.ts", "-c:a mp2 -b:a 192k", seekError: 1e-4, delay: 481),
        Storage("ac3.mkv", "-c:a ac3 -b:a 192k", seekError: 0.2, delay: 256),
        Storage("flac.mkv", "-c:a flac", lossless: true),
        Storage("pcm.mkv", "-c:a pcm_s16le", lossless: true),
        Storage("a.aiff", "-c:a pcm_s16be", lossless: true),
        Storage("pcm.mov", "-c:a pcm_s16le", lossless: true),
        Storage("alac.m4a", "-c:a alac", lossless: true),
        Storage("a.avi", "-c:a libmp3lame -b:a 128k", delay: 1105),
        Storage("a.caf", "-c:a pcm_s16le", lossless: true),
        Storage("a.w64", "-c:a pcm_s16le", lossless: true),
    ]
}

extension MediaFolder {
    /// Encodes `source.wav` as a kind of storage.
    func store(_ storage: Storage, source: String = "source.wav", extra: [String] = []) throws -> String {
        try run(["-i", source] + extra + storage.arguments + [storage.file])
        return file(storage.file)
    }
}

/// All samples of a file, read in blocks of an awkward length.
func samples(
    _ path: String, rate: Int? = nil, mono: Bool = true, range: Range<Int>? = nil, track: TrackChoice = .main,
    block: Int = 7001
) throws -> [Float] {
    let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: rate, mono: mono))
    if let range { try reader.seek(to: range) }
    return try reader.rest(block: block)
}

extension SoundReader {
    func rest(block: Int = 7001) throws -> [Float] {
        var all: [Float] = []
        var buffer = [Float](repeating: 0, count: block * channelCount)
        while case let count = try read(into: &buffer), count > 0 { all += buffer[..<(count * channelCount)] }
        return all
    }
}

/// The index of the sample furthest from zero.
func loudest(_ samples: [Float]) -> Int? { samples.indices.max { abs(samples[$0]) < abs(samples[$1]) } }

/// The greatest distance between samples at the same place.
func worstDifference(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

/// Speech-like noise of a known length: never silent, never periodic.
func noise(_ count: Int, seed: UInt64 = 1, channels: Int = 1) -> [Int16] {
    var generator = SplitMix64(seed: seed)
    var low = 0.0
    return (0..<count * channels).map { _ in
        low = 0.9 * low + Double.random(in: -2500...2500, using: &generator)
        return Int16(low.rounded())
    }
}
