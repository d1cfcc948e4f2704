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
}
