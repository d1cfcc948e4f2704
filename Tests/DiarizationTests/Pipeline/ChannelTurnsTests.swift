import Testing
import Timeline

@testable import Diarization

@Suite struct DiarizationChannelTurnsTests {
    @Test(arguments: [1, 2, 5]) func `silence in any number of channels has no turns`(channels: Int) {
        var found = ChannelTurns(channels: channels)
        found.append([Float](repeating: 0, count: 8000 * channels)[...])
        let turns = found.finish()
        #expect(turns.isEmpty)
    }
}
