import Testing
import Timeline

@testable import Formats

/// Decimal numbers of seconds against exact rational arithmetic (made with Python's fractions, halves up).
@Suite struct DecimalSecondsTests {
    @Test(arguments: [
        ("41418280.084389712", 29224738427545381),
        ("3155760000.0000000007", 2226704256000000000),
        ("99999999.9999999999999999", 70560000000000000),
        ("-12345678.1234567891", -8711110483911110),
        ("0.1234567890123456789012345678901234567890", 87111110),
        ("1234567890123456789e-12", 871111103271111),
        ("0000000000000000000000001.5", 1058400000),
        ("3155760000.12345678901", 2226704256087111110),
    ] as [(String, Int64)])
    func `long numbers are rounded once`(text: String, ticks: Int64) {
        let bytes = Array(text.utf8)
        #expect(DecimalSeconds(bytes, 0..<bytes.count)?.ticks == ticks)
    }

    /// The shortcut for plain lines of RTTM reads times as the general reader does.
    @Test(arguments: 1...8) func `plain turns have the same times`(digits: Int) throws {
        let scale = (0..<digits).reduce(1) { power, _ in power * 10 }
        let head = Array("SPEAKER talk 1".utf8)
        for step in 0..<500 {
            // Multiples of a prime spread over all fractions.
            let times = [1, 2].map { "\(step * 199 % 99_991).\(String(scale + (step * 2 + $0) * 15_485_863 % scale).dropFirst())" }
            let line = Array("SPEAKER talk 1 \(times[0]) \(times[1]) <NA> <NA> ann <NA> <NA>".utf8)
            let turn = try #require(RTTMPlainTurn(line, 0..<line.count, head: head))
            let ticks = times.map { Array($0.utf8) }.map { DecimalSeconds($0, 0..<$0.count)!.ticks }
            #expect(turn.span.start.ticks == ticks[0] && turn.span.end.ticks == ticks[0] + ticks[1])
        }
    }
}
