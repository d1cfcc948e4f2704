import Foundation
import Testing
import Timeline

@testable import Media

struct SoundFileWriterTests {
    typealias Container = SoundFileWriter.Container
    typealias Encoding = SoundFileWriter.Encoding

    private static let steps: [Encoding: Float] = [.pcm16: 32_768, .pcm24: 8_388_608, .float32: 8_388_608]

    /// Values that an encoding holds exactly, the greatest and the least among them.
    private func exact(_ encoding: Encoding, _ count: Int) -> [Float] {
        let scale = Self.steps[encoding] ?? 1
        var generator = SplitMix64(seed: 3)
        let random = (0..<count - 2).map { _ in
            Float(Int.random(in: -Int(scale)..<Int(scale), using: &generator)) / scale
        }
        return [-1, (scale - 1) / scale] + random
    }

    private static let kinds: [(Container, Encoding)] = Container.allCases.flatMap { container in
        Encoding.allCases.filter { container != .flac || $0 != .float32 }.map { (container, $0) }
    }

    @Test(arguments: kinds) func `what was written is read back bit by bit`(container: Container, encoding: Encoding)
        throws
    {
        let folder = try MediaFolder()
        let source = exact(encoding, 20_000)
        for channels in [1, 2, 4] {
            let path = folder.file("\(channels).sound")
            let writer = try SoundFileWriter(path, container, encoding, sampleRate: 44_100, channelCount: channels)
            try writer.write(Array(source[..<12_000]))
            #expect(!FileManager.default.fileExists(atPath: path))
            try writer.write(Array(source[12_000...]))
            try writer.commit()
            let reader = try SoundReader(path: path, options: .init(mono: false))
            #expect(reader.backend == .libsndfile)
            #expect((reader.nativeRate, reader.channelCount) == (44_100, channels))
            #expect(try reader.rest() == source)
        }
    }

    @Test(.enabled(if: hasFFmpeg), arguments: kinds)
    func `FFmpeg reads the same samples`(container: Container, encoding: Encoding) throws {
        let folder = try MediaFolder()
        let source = exact(encoding, 9000)
        let writer = try SoundFileWriter(
            folder.file("sound"), container, encoding, sampleRate: 48_000, channelCount: 1)
        try writer.write(source)
        try writer.commit()
        #expect(try folder.reference("sound") == source)
    }

    @Test func `integer samples are rounded, clipped, and zero where there is no number`() throws {
        let folder = try MediaFolder()
        let path = folder.file("a.wav")
        let writer = try SoundFileWriter(path, .wav, .pcm16, sampleRate: 8000, channelCount: 1)
        let step: Float = 1 / 32_768
        try writer.write([0.4 * step, 0.6 * step, -0.6 * step, 2, -2, .nan, .infinity])
        try writer.commit()
        #expect(try samples(path) == [0, step, -step, 1 - step, -1, 0, 1 - step])
    }

    @Test func `the same samples give the same bytes`() throws {
        let folder = try MediaFolder()
        func writeAll(_ prefix: String) throws -> [Data] {
            try Container.allCases.map { container in
                let path = folder.file("\(prefix)-\(container)")
                let encoding: Encoding = container == .flac ? .pcm24 : .float32
                let writer = try SoundFileWriter(path, container, encoding, sampleRate: 8000, channelCount: 1)
                try writer.write(exact(.pcm16, 1000))
                try writer.commit()
                return try Data(contentsOf: URL(fileURLWithPath: path))
            }
        }
        let first = try writeAll("first")
        // libsndfile's peak chunk would hold the second of writing.
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try writeAll("second") == first)
    }

    @Test func `a file that would outgrow its size field is refused`() throws {
        let folder = try MediaFolder()
        let writer = try SoundFileWriter(folder.file("a.wav"), .wav, .pcm24, sampleRate: 8000, channelCount: 1)
        #expect(writer.bytesLeft == (1 << 32) - 4097)
        writer.bytesLeft = 5
        try writer.write([0])
        let error = #expect(throws: MediaError.self) { try writer.write([0]) }
        #expect(error?.reason == .output("it would exceed 4 GB; w64 and caf hold more"))
    }

    @Test func `a file that is not committed leaves nothing behind`() throws {
        let folder = try MediaFolder()
        try SoundFileWriter(folder.file("a.wav"), .wav, .pcm16, sampleRate: 8000, channelCount: 1).write([0, 1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `a file that exists is replaced only when asked`() throws {
        let folder = try MediaFolder()
        let path = try folder.write([1, 2, 3], as: "a.wav")
        let error = #expect(throws: MediaError.self) {
            try SoundFileWriter(path, .wav, .pcm16, sampleRate: 8000, channelCount: 1)
        }
        #expect(error?.description == "\(path): cannot be written: a file of that name exists already")
        let writer = try SoundFileWriter(path, .wav, .pcm16, sampleRate: 8000, channelCount: 1, replaces: true)
        try writer.write([0.5])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 3)
        try writer.commit()
        #expect(try samples(path) == [0.5])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.wav"])
    }

    @Test func `what a container cannot hold is refused`() throws {
        let folder = try MediaFolder()
        let path = folder.file("a.flac")
        let error = #expect(throws: MediaError.self) {
            try SoundFileWriter(path, .flac, .float32, sampleRate: 8000, channelCount: 1)
        }
        #expect(
            error?.description == "\(path): cannot be written: flac cannot hold float32 at 8000 Hz in 1 channels")
        #expect(throws: MediaError.self) { try SoundFileWriter(path, .wav, .pcm16, sampleRate: 8000, channelCount: 0) }
        let lost = #expect(throws: MediaError.self) {
            try SoundFileWriter(folder.file("no/a.wav"), .wav, .pcm16, sampleRate: 8000, channelCount: 1)
        }
        #expect(lost?.reason == .output("No such file or directory"))
    }
}
