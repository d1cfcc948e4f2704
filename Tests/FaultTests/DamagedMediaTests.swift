import Foundation
import Testing
import Timeline

@Suite(.enabled(if: SlateProgram.path != nil, "\(SlateProgram.isMissing)"))
struct DamagedMediaTests {
    private static let hasFFmpeg = access("/usr/bin/ffmpeg", X_OK) == 0
    /// Containers and codecs that every FFmpeg of a distribution can write.
    private static let formats = ["mp4", "mkv", "mp3", "ogg", "flac", "ts", "avi", "mov", "m4a", "wav"]
    private static let filesOfFormat = 20

    @Test(.enabled(if: hasFFmpeg, "needs ffmpeg to make the files"), arguments: formats)
    func `damaged files are read as far as they go or refused`(format: String) throws {
        let folder = try TemporaryFolder()
        let whole = try Self.make(format, in: folder)
        for number in 0..<Self.filesOfFormat {
            var random = SplitMix64(seed: UInt64(number))
            let bytes = number % 2 == 0 ? Self.truncated(whole, &random) : Self.flipped(whole, &random)
            try folder.write("damaged-\(number).\(format)", bytes)
            try expectOrderly(folder, "damaged-\(number)", format)
        }
        let files = (0..<Self.filesOfFormat).map { folder.file("damaged-\($0).\(format)") }
        let probed = try SlateProgram.run(["probe"] + files)
        #expect([0, 1, 2].contains(probed.status), "\(probed)")
        #expect(probed.status == 0 || !probed.errors.isEmpty, "\(probed)")
    }

    /// Ends by itself with one of the documented exit codes, says why, and writes nothing when it refuses.
    private func expectOrderly(_ folder: TemporaryFolder, _ name: String, _ format: String) throws {
        let output = "\(name).srt"
        let ended = try SlateProgram.run(
            "align", folder.file("\(name).\(format)"), folder.file("film.srt"), "-o", folder.file(output), "--max-offset", "1",
            "--no-cuts", "--quiet")
        #expect([0, 1, 2].contains(ended.status), "\(name).\(format): \(ended)")
        #expect(ended.status != 2 || ended.errors.contains(name), "\(name).\(format): \(ended)")
        #expect(folder.exists(output) == (ended.status == 0), "\(name).\(format): \(ended)")
    }

    private static func make(_ format: String, in folder: TemporaryFolder) throws -> [UInt8] {
        let clip = SpokenClip(seed: 3, seconds: 5, late: 300)
        try folder.write("film.wav", clip.sound)
        try folder.write("film.srt", clip.subtitles)
        let picture = ["mp4", "mkv", "ts", "avi", "mov"].contains(format)
        let inputs = ["-i", folder.file("film.wav")] + (picture ? ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=5"] : [])
        let made = try RunningProgram(
            ["/usr/bin/ffmpeg", "-nostdin", "-v", "error", "-bitexact"] + inputs + ["-shortest", folder.file("whole.\(format)")]
        ).wait()
        try #require(made.status == 0, "\(made)")
        return try folder.read("whole.\(format)")
    }

    private static func truncated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        Array(bytes.prefix(Int.random(in: 1..<bytes.count, using: &random)))
    }

    /// One to sixty bits turned, every other time only in the first two kilobytes, where the headers are.
    private static func flipped(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        let end = Bool.random(using: &random) ? min(2048, bytes.count) : bytes.count
        for _ in 0..<Int.random(in: 1...60, using: &random) {
            bytes[Int.random(in: 0..<end, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        return bytes
    }
}
