import Testing

@testable import Media
@testable import Timeline

/// Damaged videos end in an error or in fewer frames, never in a trap or a loop.
@Suite(.enabled(if: VideoFixture.isAvailable)) struct VideoFaultTests {
    private static let recipes = VideoRecipe.all.filter { ["mp4", "mkv", "ts", "avi"].contains($0.suffix) }

    @Test(arguments: recipes) func `a truncated video gives the frames before the break or an error`(
        recipe: VideoRecipe
    ) throws {
        let fixture = try VideoFixture(recipe)
        let whole = try fixture.bytes(fixture.name)
        var random = SplitMix64(seed: 7)
        for _ in 0..<4 {
            let length = Int.random(in: 1..<whole.count, using: &random)
            try fixture.write(Array(whole[..<length]), to: fixture.name)
            #expect(read(fixture.path) <= 160, "\(length) of \(whole.count) bytes")
        }
    }

    @Test(arguments: recipes) func `a video with flipped bits gives what can be decoded or an error`(
        recipe: VideoRecipe
    ) throws {
        let fixture = try VideoFixture(recipe)
        let whole = try fixture.bytes(fixture.name)
        for seed in UInt64(0)..<4 {
            var (random, damaged) = (SplitMix64(seed: seed), whole)
            for _ in 0..<1 << (2 * seed) {
                damaged[Int.random(in: 0..<whole.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            try fixture.write(damaged, to: fixture.name)
            #expect(read(fixture.path) <= 400, "seed \(seed)")
        }
    }

    @Test func `frames before the break of a Matroska file are all there`() throws {
        let recipe = try #require(VideoRecipe.all.first { $0.suffix == "mkv" })
        let fixture = try VideoFixture(recipe)
        let expected = try fixture.reference()
        let whole = try fixture.bytes(fixture.name)
        try fixture.write(Array(whole[..<(whole.count / 2)]), to: fixture.name)
        let reader = try FrameReader(path: fixture.path, options: .init(layout: .gray))
        var count = 0
        while let frame = try reader.next(), count < expected.count, expected[count].shows(frame) { count += 1 }
        #expect(count > expected.count / 4)
    }

    /// Reads frames in order and by seeking; the number of frames, or 0 when the file is refused.
    private func read(_ path: String) -> Int {
        guard let reader = try? FrameReader(path: path, options: .init(layout: .gray, timeLimit: 20)) else { return 0 }
        var (count, random) = (0, SplitMix64(seed: 3))
        do {
            while count < 1000, try reader.next() != nil { count += 1 }
            for _ in 0..<4 {
                _ = try reader.frame(at: .milliseconds(Int64.random(in: -500..<7000, using: &random)))
                _ = try reader.next()
            }
        } catch {}
        return count
    }
}
