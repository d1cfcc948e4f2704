import Testing

@testable import Media
@testable import Timeline

/// Frame exactness: every frame is compared, byte for byte and time for time, with what the ffmpeg program extracts.
@Suite(.enabled(if: VideoFixture.isAvailable)) struct VideoFrameTests {
    private let gray = FrameReader.Options(layout: .gray)

    @Test(arguments: VideoRecipe.all) func `every frame and its time equal those of ffmpeg`(recipe: VideoRecipe) throws
    {
        let fixture = try VideoFixture(recipe)
        let expected = try fixture.reference()
        let reader = try FrameReader(path: fixture.path, options: gray)
        var count = 0
        while let frame = try reader.next() {
            try #require(count < expected.count)
            #expect(frame.time == expected[count].time, "frame \(count)")
            #expect(expected[count].shows(frame), "frame \(count)")
            #expect(frame.index == count)
            count += 1
        }
        #expect(count == expected.count)
        #expect(count >= 10)
        #expect(reader.damagedPackets == 0)
    }

    @Test(arguments: VideoRecipe.all) func `a frame found by seeking equals the one decoded in order`(
        recipe: VideoRecipe
    ) throws {
        let fixture = try VideoFixture(recipe)
        let expected = try fixture.reference()
        let reader = try FrameReader(path: fixture.path, options: gray)
        var random = SplitMix64(seed: 20)
        for round in 0..<40 {
            let wanted = Int.random(in: 0..<expected.count, using: &random)
            // Any instant from the frame's own up to the next frame's shows the same picture.
            let end = wanted + 1 < expected.count ? expected[wanted + 1].time : expected[wanted].time + .seconds(1)
            let late = TimeDelta(ticks: Int64.random(in: 0..<(end - expected[wanted].time).ticks, using: &random))
            let target = expected[wanted].time + (round.isMultiple(of: 2) ? .zero : late)
            let frame = try #require(try reader.frame(at: target), "round \(round), frame \(wanted)")
            #expect(frame.time == expected[wanted].time, "round \(round), frame \(wanted)")
            #expect(expected[wanted].shows(frame), "round \(round), frame \(wanted)")
            // Reading goes on from there.
            for step in 1...3 where wanted + step < expected.count {
                let frame = try #require(try reader.next())
                #expect(frame.time == expected[wanted + step].time, "round \(round), frame \(wanted) + \(step)")
                #expect(expected[wanted + step].shows(frame), "round \(round), frame \(wanted) + \(step)")
            }
        }
    }
}
