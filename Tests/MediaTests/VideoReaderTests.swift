import Testing

@testable import Media
@testable import Timeline

@Suite(.enabled(if: VideoFixture.isAvailable)) struct VideoReaderTests {
    private let gray = FrameReader.Options(layout: .gray)

    @Test func `colour frames equal those of ffmpeg`() throws {
        let fixture = try VideoFixture(.constantRate)
        let expected = try fixture.reference(pixels: "rgb24")
        let reader = try FrameReader(path: fixture.path)
        for wanted in expected {
            let frame = try #require(try reader.next())
            #expect(wanted.shows(frame), "\(wanted.time.clock)")
        }
    }

    @Test func `scaled frames equal those of ffmpeg`() throws {
        let fixture = try VideoFixture(.constantRate)
        let expected = try fixture.reference(filter: "scale=64:36:flags=area")
        let options = FrameReader.Options(layout: .gray, size: .exact(width: 64, height: 36), scaling: .area)
        let reader = try FrameReader(path: fixture.path, options: options)
        for wanted in expected {
            let frame = try #require(try reader.next())
            #expect((frame.width, frame.height) == (64, 36))
            #expect(wanted.shows(frame), "\(wanted.time.clock)")
        }
    }

    @Test func `no frame is shown before the first, and the last one stays`() throws {
        let fixture = try VideoFixture(.constantRate)
        let reader = try FrameReader(path: fixture.path, options: gray)
        #expect(try reader.frame(at: .milliseconds(-1)) == nil)
        #expect(try reader.next()?.time == .zero)
        #expect(try reader.frame(at: .seconds(3600))?.time == .milliseconds(5960))
        #expect(reader.isAtEnd)
        #expect(try reader.next() == nil)
        #expect(try reader.frame(at: .seconds(2))?.time == .seconds(2))
        #expect(!reader.isAtEnd)
    }

    @Test func `key frames alone are the key frames among all`() throws {
        let fixture = try VideoFixture(.constantRate)
        var (all, options) = ([VideoFrame](), gray)
        let everything = try FrameReader(path: fixture.path, options: gray)
        while let frame = try everything.next() { if frame.isKey { all.append(frame) } }
        options.keyframesOnly = true
        let keys = try FrameReader(path: fixture.path, options: options)
        for wanted in all {
            let frame = try #require(try keys.next())
            #expect(frame.time == wanted.time)
            #expect(frame.pixels == wanted.pixels)
            #expect(frame.index == nil)
        }
        #expect(try keys.next() == nil)
        #expect(all.map { $0.time } == (0..<5).map { .milliseconds($0 * 1200) })
    }

    @Test func `two decoder threads give the frames that one gives`() throws {
        let fixture = try VideoFixture(.constantRate)
        var options = gray
        let single = try FrameReader(path: fixture.path, options: options)
        options.threads = 2
        let double = try FrameReader(path: fixture.path, options: options)
        while let frame = try single.next() { #expect(try double.next() == frame) }
        #expect(try double.next() == nil)
    }

    @Test func `a frame read into another one reuses its pixels`() throws {
        let fixture = try VideoFixture(.constantRate)
        let reader = try FrameReader(path: fixture.path, options: gray)
        var frame = try #require(try reader.next())
        let before = frame.pixels.withUnsafeBufferPointer { $0.baseAddress }
        #expect(try reader.next(into: &frame))
        #expect(frame.pixels.withUnsafeBufferPointer { $0.baseAddress } == before)
        #expect(frame.index == 1)
    }

    @Test func `a picture filmed sideways says how to turn it, and turned equals what ffmpeg shows`() throws {
        let fixture = try VideoFixture(.rotated)
        // Written as 270 degrees counterclockwise to play, which is a quarter clockwise or its opposite: ffmpeg decides.
        let reader = try FrameReader(path: fixture.path, options: gray)
        #expect(reader.track.turn.swapsSides)
        try fixture.run("-i OUT -map 0:v:0 -frames:v 1 -pix_fmt gray -f rawvideo frames.raw")
        let upright = try #require(try reader.next()).picture.turned(reader.track.turn)
        #expect((upright.width, upright.height) == (96, 160))
        #expect(try fixture.bytes("frames.raw") == upright.pixels)
    }

    @Test func `an unknown track is refused with those there are`() throws {
        let fixture = try VideoFixture(.constantRate)
        let wanted = MediaError(path: fixture.path, reason: .noSuchTrack("7", available: ["0"]))
        #expect(throws: wanted) { try FrameReader(path: fixture.path, options: .init(track: 7)) }
    }

    @Test func `sound alone has no picture`() throws {
        let fixture = try VideoFixture(
            VideoRecipe(testDescription: "", suffix: "wav", steps: ["-f lavfi -i sine=duration=1 OUT"]))
        #expect(throws: MediaError(path: fixture.path, reason: .noPicture)) { try FrameReader(path: fixture.path) }
    }
}
