import Foundation
import Testing

/// A folder of media made for one test by the `ffmpeg` program; removed with the value.
final class MediaFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "slate-media-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file of bytes and returns its path.
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    /// Writes 16-bit samples, interleaved, as a WAV file and returns its path.
    func wav(_ samples: [Int16], rate: Int = 48_000, channels: Int = 1, as name: String = "source.wav") throws -> String
    {
        let data = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        var bytes = Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        bytes += little(1, 2) + little(channels, 2) + little(rate, 4) + little(rate * channels * 2, 4)
        bytes += little(channels * 2, 2) + little(16, 2) + Array("data".utf8) + little(data.count, 4) + data
        return try write(bytes, as: name)
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Runs `ffmpeg` in the folder and returns the path of the last argument.
    @discardableResult func ffmpeg(_ arguments: String...) throws -> String {
        try run(arguments)
        return file(arguments.last ?? "")
    }

    /// What `ffmpeg` decodes from a file as 32-bit float samples.
    func reference(_ name: String, _ arguments: String...) throws -> [Float] {
        try run(["-i", name] + arguments + ["-f", "f32le", "reference.f32"])
        let data = try Data(contentsOf: URL(fileURLWithPath: file("reference.f32")))
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-bitexact"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "ffmpeg \(arguments.joined(separator: " "))")
    }
}

/// Whether the `ffmpeg` program is there to make media with.
let hasFFmpeg = ["/usr/bin/ffmpeg", "/usr/local/bin/ffmpeg"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
}
