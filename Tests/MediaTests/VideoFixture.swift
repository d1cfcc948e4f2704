import Foundation
import Testing

@testable import Media
@testable import Timeline

/// A small video made by the ffmpeg program for one test, and removed with it.
final class VideoFixture {
    let folder: URL
    var path: String { folder.appendingPathComponent(name).path }
    let name: String

    static let isAvailable = FileManager.default.isExecutableFile(atPath: program)
    static let program = "/usr/bin/ffmpeg"

    init(_ recipe: VideoRecipe) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("slate-video-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        name = "made." + recipe.suffix
        for step in recipe.steps { try run(step) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs ffmpeg in the fixture's folder.
    func run(_ arguments: String) throws {
        let words = arguments.split(separator: " ").map { word in
            word == "OUT" ? name : String(word)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.currentDirectoryURL = folder
        process.arguments = ["-nostdin", "-v", "error", "-y"] + words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw FixtureError(arguments: arguments, message: text) }
    }

    /// What the ffmpeg program extracts from the file: the time and the gray bytes of every frame.
    func reference(filter: String = "null", pixels: String = "gray") throws -> [ReferenceFrame] {
        let shared = "-map 0:v:0 -fps_mode passthrough -enc_time_base -1 -vf \(filter) -pix_fmt \(pixels)"
        // The third output keeps the sound in use: of a transport stream ffmpeg else takes the picture's own start as zero.
        let everything = "-map 0 -c copy -f null -"
        try run("-noautorotate -i OUT \(shared) -f rawvideo frames.raw \(shared) -f framecrc frames.txt \(everything)")
        let bytes = try bytes("frames.raw")
        let text = try String(contentsOf: folder.appendingPathComponent("frames.txt"), encoding: .utf8)
        return ReferenceFrame.list(text, bytes)
    }

    /// A file of the fixture's folder.
    func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: folder.appendingPathComponent(name))) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
}

struct FixtureError: Error {
    let arguments, message: String
}

/// A frame as the ffmpeg program sees it.
struct ReferenceFrame {
    let time: Timestamp
    let pixels: [UInt8]

    /// Whether a frame holds these bytes; a Bool, so that a failure does not print them.
    func shows(_ frame: VideoFrame) -> Bool { frame.pixels == pixels }

    /// From the text of `-f framecrc` (`stream, dts, pts, duration, size, checksum`) and the bytes of `-f rawvideo`.
    static func list(_ text: String, _ bytes: [UInt8]) -> [ReferenceFrame] {
        var base: (numerator: Int64, denominator: Int64) = (1, 1)
        var frames: [ReferenceFrame] = []
        var offset = 0
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#tb 0:") {
                let parts = line.dropFirst(6).split(separator: "/").compactMap {
                    Int64($0.trimmingCharacters(in: .whitespaces))
                }
                base = (parts[0], parts[1])
            } else if !line.hasPrefix("#") {
                let fields = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                let size = Int(fields[4])!
                let time = Timestamp(value: Int64(fields[2])!, timeBase: base.numerator, over: base.denominator)!
                frames.append(ReferenceFrame(time: time, pixels: Array(bytes[offset..<offset + size])))
                offset += size
            }
        }
        return frames
    }
}

/// How to make a video with the ffmpeg program.
struct VideoRecipe: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let suffix: String
    /// The arguments of one ffmpeg run each; `OUT` stands for the finished file.
    let steps: [String]
}

extension VideoRecipe {
    private static let source = "-f lavfi -i testsrc2=size=160x120:rate=25:duration=6"
    private static let sound = "-f lavfi -i sine=duration=6"
    private static let h264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params"

    static let constantRate = VideoRecipe(
        testDescription: "MP4, H.264 with B-frames", suffix: "mp4",
        steps: ["\(source) \(h264) keyint=30:bframes=3:scenecut=0 OUT"])

    /// Every kind of timing and every kind of seeking that the reader claims to be exact on.
    static let all: [VideoRecipe] = [
        constantRate,
        VideoRecipe(
            testDescription: "MP4 at 30000/1001 with sound", suffix: "mp4",
            steps: [
                "-f lavfi -i testsrc2=size=160x120:rate=30000/1001:duration=5 \(sound) \(h264) keyint=40:bframes=2 -c:a aac OUT"
            ]),
        VideoRecipe(
            testDescription: "MKV with a variable rate", suffix: "mkv",
            steps: [
                "\(source) -vf select='not(mod(n\\,7))+gt(mod(n\\,31)\\,20)' -fps_mode vfr \(h264) keyint=12:bframes=2 OUT"
            ]),
        VideoRecipe(
            testDescription: "MP4 with a variable rate", suffix: "mp4",
            steps: [
                "\(source) -vf select='not(mod(n\\,5))+gt(mod(n\\,37)\\,25)' -fps_mode vfr \(h264) keyint=12:bframes=2 OUT"
            ]),
        VideoRecipe(
            testDescription: "MPEG-TS that starts at 10 s", suffix: "ts",
            steps: ["\(source) \(sound) \(h264) keyint=30:bframes=3 -c:a aac -output_ts_offset 10 OUT"]),
        VideoRecipe(
            testDescription: "MPEG-TS whose clock wraps around", suffix: "ts",
            steps: ["\(source) \(h264) keyint=30:bframes=3 -output_ts_offset 95438 OUT"]),
        VideoRecipe(
            testDescription: "MPEG-TS with open groups", suffix: "ts",
            steps: ["\(source) \(h264) keyint=24:bframes=3:open-gop=1:b-adapt=0:scenecut=0 OUT"]),
        VideoRecipe(
            testDescription: "MP4 with open groups", suffix: "mp4",
            steps: ["\(source) \(h264) keyint=24:bframes=3:open-gop=1:b-adapt=0:scenecut=0 OUT"]),
        VideoRecipe(
            testDescription: "MP4 with an edit list", suffix: "mp4",
            steps: [
                "\(source) \(sound) \(h264) keyint=50:bframes=3:scenecut=0 -c:a aac TMP.mp4",
                "-ss 1.3 -i TMP.mp4 -c copy OUT",
            ]),
        VideoRecipe(
            testDescription: "MP4 whose picture starts later than its sound", suffix: "mp4",
            steps: ["\(sound) -itsoffset 0.7 \(source) \(h264) keyint=30:bframes=2 -c:a aac OUT"]),
        VideoRecipe(
            testDescription: "AVI with MPEG-4", suffix: "avi", steps: ["\(source) -c:v mpeg4 -g 20 -q:v 4 OUT"]),
        VideoRecipe(
            testDescription: "AVI with MPEG-4 and B-frames", suffix: "avi",
            steps: ["\(source) -c:v mpeg4 -bf 2 -g 20 -q:v 4 OUT"]),
        VideoRecipe(
            testDescription: "WebM with VP9", suffix: "webm",
            steps: ["\(source) -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 40 -b:v 300k OUT"]),
        VideoRecipe(
            testDescription: "MPEG-PS with MPEG-2", suffix: "mpg",
            steps: ["\(source) -c:v mpeg2video -bf 2 -g 15 -q:v 4 OUT"]),
    ]

    static let rotated = VideoRecipe(
        testDescription: "MP4 filmed sideways", suffix: "mp4",
        steps: [
            "-f lavfi -i testsrc2=size=160x96:rate=25:duration=0.4 \(h264) keyint=30 TMP.mp4",
            "-i TMP.mp4 -c copy -metadata:s:v:0 rotate=270 OUT",
        ])
}
