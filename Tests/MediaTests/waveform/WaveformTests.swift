import Foundation
import Media
import Testing

struct WaveformTests {
    /// Two points of four frames and one of two, in full-scale fractions that are exact in 16 bits.
    private let source: [Int16] = [0, 16_384, -8192, 0, 8192, 8192, 8192, 8192, -32_768, 0]

    private func waveform(_ folder: MediaFolder, framesPerPoint: Int = 4) throws -> Waveform {
        try Waveform(path: folder.wav(source, rate: 8000), options: .init(framesPerPoint: framesPerPoint))
    }

    @Test func `every point has the lowest, the highest and the root mean square of its frames`() throws {
        let waveform = try waveform(MediaFolder())
        let level = try #require(waveform.levels.first)
        #expect(level.minimum == [-0.25, 0.25, -1])
        #expect(level.maximum == [0.5, 0.25, 0])
        #expect(abs(level.rms[0] - (0.3125 / 4).squareRoot()) < 1e-6)
        #expect(level.rms[1] == 0.25)
        #expect(abs(level.rms[2] - Float(0.5).squareRoot()) < 1e-6)
        #expect(waveform.sampleFrames == 10 && waveform.sampleRate == 8000 && waveform.damage.isEmpty)
    }

    @Test func `a coarser level joins two points of the finer one`() throws {
        let folder = try MediaFolder()
        let path = try folder.wav(noise(20_000), rate: 8000)
        let fine = try Waveform(path: path, options: .init(framesPerPoint: 10))
        let coarse = try Waveform(path: path, options: .init(framesPerPoint: 20))
        #expect(fine.levels.map(\.points) == [2000, 1000, 500])
        #expect(fine.levels[1].minimum == coarse.levels[0].minimum)
        #expect(fine.levels[1].maximum == coarse.levels[0].maximum)
        #expect(worstDifference(fine.levels[1].rms, coarse.levels[0].rms) < 1e-6)
    }

    @Test func `the dat format has its header and little-endian pairs`() throws {
        let bytes = try waveform(MediaFolder()).peaksData()
        let header: [UInt8] = [2, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x1F, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0]
        #expect(Array(bytes.prefix(24)) == header)
        // -8192, 16384; 8192, 8192; -32768, 0
        #expect(Array(bytes.dropFirst(24)) == [0, 0xE0, 0, 0x40, 0, 0x20, 0, 0x20, 0, 0x80, 0, 0])
        let small = try waveform(MediaFolder()).peaksData(.eight)
        #expect(small[4] == 1)
        #expect(Array(small.dropFirst(24)) == [0xE0, 0x40, 0x20, 0x20, 0x80, 0])
    }

    @Test func `the peaks JSON is that of audiowaveform`() throws {
        let text = String(decoding: try waveform(MediaFolder()).peaksJSON(), as: UTF8.self)
        #expect(
            text
                == "{\"version\":2,\"channels\":1,\"sample_rate\":8000,\"samples_per_pixel\":4,\"bits\":16,\"length\":3,"
                + "\"data\":[-8192,16384,8192,8192,-32768,0]}\n")
    }

    @Test func `the native JSON holds every level`() throws {
        let waveform = try waveform(MediaFolder())
        let object = try JSONSerialization.jsonObject(with: Data(waveform.json())) as? [String: Any]
        #expect(object?["sample_frames"] as? Int == 10)
        let levels = try #require(object?["levels"] as? [[String: Any]])
        #expect(levels.count == 1)
        #expect(levels[0]["min"] as? [Double] == [-0.25, 0.25, -1])
        #expect(levels[0]["max"] as? [Double] == [0.5, 0.25, 0])
    }

    @Test func `channels are kept apart when asked`() throws {
        let folder = try MediaFolder()
        let path = try folder.wav([100, -200, 300, -400].map { $0 * 64 }, rate: 8000, channels: 2)
        let waveform = try Waveform(path: path, options: .init(framesPerPoint: 2, mono: false))
        let level = try #require(waveform.levels.first)
        #expect(waveform.channels == 2 && level.points == 1)
        #expect(level.maximum.map { $0 * 512 } == [300, -200])
        #expect(level.minimum.map { $0 * 512 } == [100, -400])
    }

    @Test func `pictures are drawn at the size asked for`() throws {
        let drawing = try WaveformDrawing(waveform(MediaFolder()), width: 30, height: 20)
        let png = try drawing.png()
        #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(Array(png[16..<24]) == [0, 0, 0, 30, 0, 0, 0, 20])
        let svg = String(decoding: drawing.svg(), as: UTF8.self)
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\""))
        #expect(svg.components(separatedBy: "<path").count == 3)
    }
}
