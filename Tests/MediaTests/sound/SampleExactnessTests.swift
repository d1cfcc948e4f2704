import Media
import Testing

@Suite(.enabled(if: hasFFmpeg)) struct SampleExactnessTests {
    @Test(arguments: Storage.all) func `a click is found where it was put`(storage: Storage) throws {
        let folder = try MediaFolder()
        let place = 100_003
        var source = [Int16](repeating: 0, count: 150_000)
        source[place] = 30_000
        _ = try folder.wav(source)
        let path = try folder.store(storage)
        for rate in [48_000, 16_000, 8000] {
            let found = try #require(loudest(try samples(path, rate: rate)))
            #expect(abs(Double(found) - Double(place + storage.delay) * Double(rate) / 48_000) <= 1, "at \(rate) Hz")
        }
    }

    @Test(arguments: Storage.all) func `a range holds the samples of the whole`(storage: Storage) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(48_000 * 6))
        let path = try folder.store(storage)
        for rate in [48_000, 16_000, 44_100] {
            let whole = try samples(path, rate: rate)
            let reader = try SoundReader(path: path, options: .init(sampleRate: rate))
            for start in [rate * 4 + 17, 1, rate / 2 + 3, rate * 5, rate * 2 + 1234] {
                let range = start..<(start + rate / 3)
                try reader.seek(to: range)
                let part = try reader.rest()
                #expect(part.count == range.count, "from \(start) at \(rate) Hz")
                let worst = worstDifference(part, whole[range])
                #expect(worst <= storage.seekError, "from \(start) at \(rate) Hz")
            }
        }
    }

    @Test(arguments: Storage.all.filter(\.lossless)) func `lossless sound comes back unchanged`(storage: Storage) throws
    {
        let folder = try MediaFolder()
        let source = noise(100_000)
        _ = try folder.wav(source)
        let read = try samples(try folder.store(storage))
        #expect(read.count == source.count)
        #expect(worstDifference(read, source.map { Float($0) / 32_768 }) == 0)
    }

    @Test(arguments: Storage.all) func `samples are those of the ffmpeg program`(storage: Storage) throws {
        let folder = try MediaFolder()
        _ = try folder.wav(noise(100_000, channels: 2), channels: 2)
        let path = try folder.store(storage)
        let expected = try folder.reference(storage.file, "-ac", "1", "-ar", "16000")
        let read = try samples(path, rate: 16_000)
        #expect(abs(read.count - expected.count) <= 400)
        #expect(worstDifference(read, expected) < 1e-5)
    }
}
