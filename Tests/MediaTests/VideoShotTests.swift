import Testing

@testable import Media
@testable import Timeline

@Suite struct VideoShotTests {
    /// One letter is one frame of a shot of its own look; a dot is a black frame.
    private func changes(_ shots: String) throws -> [String] {
        var (detector, found) = (ShotDetector(), [ShotChange]())
        for (index, look) in shots.enumerated() {
            found += detector.update(try frame(look, index))
        }
        found += detector.finish()
        return found.map { "\($0.kind) \($0.index ?? -1)" }
    }

    private func frame(_ look: Character, _ index: Int) throws -> VideoFrame {
        var pixels = [UInt8](repeating: 0, count: 64 * 36)
        if look != "." {
            var random = SplitMix64(seed: UInt64(look.asciiValue ?? 0))
            // Blocks of 8 x 6 pixels of random shades.
            let shades = (0..<48).map { _ in UInt8.random(in: 20...255, using: &random) }
            for y in 0..<36 { for x in 0..<64 { pixels[y * 64 + x] = shades[y / 6 * 8 + x / 8] } }
        }
        let picture = try #require(Picture(width: 64, height: 36, layout: .gray, pixels: pixels))
        return VideoFrame(
            time: .milliseconds(Int64(index) * 40), duration: .milliseconds(40), index: index, isKey: false,
            isDamaged: false, picture: picture)
    }

    @Test func `a cut is found at the first frame of the new shot`() throws {
        #expect(try changes("AAAAAAAAAABBBBBBBBBBBBBB") == ["cut 10"])
    }

    @Test func `two cuts within one window are both found`() throws {
        #expect(try changes("AAAAAAAAAABBBBBBCCCCCCCCCCCC") == ["cut 10", "cut 16"])
    }

    @Test func `a steady picture has no cut`() throws {
        #expect(try changes(String(repeating: "A", count: 40)) == [])
    }

    @Test func `a flash is no cut`() throws {
        #expect(try changes("AAAAAAAAAAFFAAAAAAAAAAAAAAAA") == [])
    }

    @Test func `a picture that is new in every frame has no cut`() throws {
        #expect(try changes("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == [])
    }

    @Test func `black between two shots is one fade, at the first frame after it`() throws {
        #expect(try changes("AAAAAAAAAA......BBBBBBBBBBBB") == ["fade 16"])
    }

    @Test func `a film that begins or ends in black has no fade there`() throws {
        #expect(try changes("........AAAAAAAAAAAA........") == [])
    }

    @Test func `a short film is decided when it ends`() throws {
        #expect(try changes("AAAAABB") == ["cut 5"])
    }
}
