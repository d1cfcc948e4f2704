import Testing
import Timeline

@testable import Formats

@Suite struct DoubleTextTests {
    private func read(_ text: String) -> Double? { Double(Array(text.utf8), 0..<text.utf8.count) }

    @Test(arguments: [
        "0", "-0", "1", "0.1", "123.456", "9007199254740993", "9007199254740992.5", "1e22", "1e23", "8.5e-23", "0.30000000000000004", "18446744073709551616",
        "18446744073709551615e-27", "9999999999999999999", "00000000000000000000001.5", "0.000000000000000000000001", "1e400", "-1e-400", "4.9e-324", "2.2250738585072011e-308",
        "9007199254740991.4999999999999999999999", "0.500000000000000166533453693773481063544750213623046875", "1e27", "123456789012345678e27", "7e-27",
    ]) func `a decimal is read as the nearest number`(text: String) { #expect(read(text)?.bitPattern == Double(text)?.bitPattern) }

    @Test(arguments: ["", "-", ".", "1e", "1e+", "1x", " 1", "1 ", "nan", "inf", "0x1", "1_0", "--1", "1.2.3", "e5"])
    func `what is no decimal is refused`(text: String) { #expect(read(text) == nil) }

    @Test func `a point may stand first or last`() {
        #expect(read(".5") == 0.5)
        #expect(read("+5.") == 5)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `random numbers are read and written exactly`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for round in 0..<20_000 {
            let digits = UInt64.random(in: 0...(.max >> UInt64.random(in: 0..<64, using: &generator)), using: &generator)
            let text = "\(digits)e\(Int.random(in: -30...30, using: &generator))"
            #expect(read(text)?.bitPattern == Double(text)?.bitPattern, "seed \(seed), round \(round): \(text)")
            let value = round % 2 == 0 ? Double(bitPattern: digits) : Double(Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator)) / 1000
            guard value.isFinite else { continue }
            var bytes: [UInt8] = []
            bytes.appendShortest(value)
            #expect(String(decoding: bytes, as: UTF8.self) == value.description, "seed \(seed), round \(round)")
            #expect(Double(bytes, 0..<bytes.count) == value, "seed \(seed), round \(round)")
        }
    }
}
