import Testing
import Timeline

@testable import Alignment

@Suite struct CTCAlignerTests {
    /// Emissions in sixty-fourths, so that sums are exact in single precision and ties are many.
    private static func emissions(_ dice: inout Dice, frames: Int, tokens: Int, steps: Int = 256) -> EmissionMatrix {
        let values = (0..<frames * tokens).map { _ in -Float(dice.roll(steps)) / 64 }
        return EmissionMatrix(logarithms: values, frameCount: frames, tokenCount: tokens)
    }

    private static func plain(_ matrix: EmissionMatrix) -> PlainCTC {
        PlainCTC(values: (0..<matrix.frameCount).map { frame in (0..<matrix.tokenCount).map { Double(matrix[frame, $0]) } }, blank: 0)
    }

    private static func text(_ units: [CTCUnit]) -> CTCText { CTCText([[units]], separator: nil, stars: .none) }

    private static func path(_ units: [CTCUnit], _ matrix: EmissionMatrix, _ aligner: CTCAligner = CTCAligner()) throws -> [Int?] {
        try aligner.path(CTCChain(text(units), blank: 0), matrix).map { $0 % 2 == 1 ? Int($0 / 2) : nil }
    }

    private static func units(_ dice: inout Dice, upTo length: Int, tokens: Int, stars: Bool) -> [CTCUnit] {
        (0..<1 + dice.roll(length)).map { _ in stars && dice.roll(5) == 0 ? .star : .token(1 + dice.roll(tokens - 1)) }
    }

    @Test(arguments: [4, 64, 1024]) func `each frame has the state that the plain table gives it, ties and repeats included`(steps: Int) throws {
        var checked = 0
        for seed in 0..<400 {
            var dice = Dice(seed * 3 + steps)
            let units = Self.units(&dice, upTo: 14, tokens: 4, stars: seed % 2 == 0)
            let matrix = Self.emissions(&dice, frames: 1 + dice.roll(60), tokens: 4, steps: steps)
            guard let expected = Self.plain(matrix).path(units) else { continue }
            checked += 1
            #expect(try Self.path(units, matrix) == expected, "seed \(seed)")
        }
        #expect(checked > 250)
    }

    @Test func `no sequence of tokens that says the text is likelier`() throws {
        for seed in 0..<60 {
            var dice = Dice(seed)
            let tokens = (0..<1 + dice.roll(3)).map { _ in 1 + dice.roll(2) }
            let matrix = Self.emissions(&dice, frames: 7, tokens: 3)
            let plain = Self.plain(matrix)
            let path = try Self.path(tokens.map(CTCUnit.token), matrix)
            let sum = path.enumerated().reduce(0) { $0 + plain.score($1.element.map { .token(tokens[$0]) }, $1.offset) }
            #expect(sum == plain.greatest(tokens), "seed \(seed)")
        }
    }

    @Test func `impossible tokens leave their frames to others`() throws {
        for seed in 0..<100 {
            var dice = Dice(seed)
            var matrix = Self.emissions(&dice, frames: 30, tokens: 4)
            let values = matrix.values.map { dice.roll(3) == 0 ? -Float.infinity : $0 }
            matrix = EmissionMatrix(logarithms: values, frameCount: 30, tokenCount: 4)
            let units = Self.units(&dice, upTo: 5, tokens: 4, stars: false)
            if let expected = Self.plain(matrix).path(units) {
                #expect(try Self.path(units, matrix) == expected, "seed \(seed)")
            } else {
                #expect(throws: CTCError.impossible) { try Self.path(units, matrix) }
            }
        }
    }

    /// Emissions of a text that is said: each unit for some frames at a high value, blanks between.
    private static func spoken(_ dice: inout Dice, _ said: [Int], tokens: Int) -> EmissionMatrix {
        var columns: [Int] = []
        for token in said {
            columns += Array(repeating: token, count: 1 + dice.roll(2)) + Array(repeating: 0, count: 1 + dice.roll(4))
        }
        let values = columns.flatMap { column in (0..<tokens).map { -Float(dice.roll(64)) / 64 - ($0 == column ? 0 : 4) } }
        return EmissionMatrix(logarithms: values, frameCount: columns.count, tokenCount: tokens)
    }

    @Test func `a narrow band finds the way of the whole table`() throws {
        for seed in 0..<4 {
            var dice = Dice(seed)
            let said = (0..<300).map { _ in 1 + dice.roll(11) }
            let matrix = Self.spoken(&dice, said, tokens: 12)
            var narrow = CTCAligner()
            narrow.width = 48
            let units = said.map(CTCUnit.token)
            #expect(try Self.path(units, matrix, narrow) == Self.plain(matrix).path(units), "seed \(seed)")
        }
    }

    @Test func `a star takes up the speech that the text leaves out, also where the band is narrow`() throws {
        for seed in 0..<4 {
            var dice = Dice(seed)
            let said = (0..<300).map { _ in 1 + dice.roll(11) }
            let matrix = Self.spoken(&dice, said, tokens: 12)
            let units = said[..<100].map(CTCUnit.token) + [.star] + said[200...].map(CTCUnit.token)
            var narrow = CTCAligner()
            narrow.width = 64
            let path = try Self.path(units, matrix, narrow)
            #expect(path == Self.plain(matrix).path(units), "seed \(seed)")
            let star = path.indices.filter { path[$0] == 100 }
            #expect(star.count > 200 && star.last! - star.first! + 1 == star.count)
        }
    }

    @Test func `a wrong long text ends in an answer or a refusal`() {
        var dice = Dice(5)
        let matrix = Self.spoken(&dice, (0..<400).map { _ in 1 + dice.roll(5) }, tokens: 12)
        let units = (0..<300).map { _ in CTCUnit.token(6 + dice.roll(6)) }
        var narrow = CTCAligner()
        narrow.width = 16
        #expect(throws: Never.self) { try Self.path(units, matrix, narrow) }
    }

    //            frame   0  1  2  3  4  5  6  7
    // what is likeliest  _  a  a  _  a  b  _  c
    private static let drawn = [0, 1, 1, 0, 1, 2, 0, 3]

    private static func drawing(_ columns: [Int]) throws -> EmissionMatrix {
        try EmissionMatrix(
            frameCount: columns.count, tokenCount: 4, values: columns.flatMap { column in (0..<4).map { $0 == column ? Float(0.7) : 0.1 } })
    }

    @Test func `words have the frames from their first token to their last, and the mean probability`() throws {
        let lines: [[[CTCUnit]]] = [[[.token(1)], []], [[.token(1), .token(2)], [.token(3)]]]
        let words = try CTCAligner().align(lines, to: try Self.drawing(Self.drawn), blank: 0, separator: nil)
        #expect(words.map(\.word) == [0, 2, 3])
        #expect(words.map(\.frames) == [1..<3, 4..<6, 7..<8])
        #expect(words.allSatisfy { abs(($0.confidence ?? 0) - 0.7) < 1e-5 })
    }

    @Test func `a separator stands between words and belongs to none`() throws {
        let words = try CTCAligner().align([[[.token(1)], [.token(2)]]], to: try Self.drawing([1, 3, 2]), blank: 0, separator: 3)
        #expect(words.map(\.frames) == [0..<1, 2..<3])
    }

    @Test func `a word of nothing but a star has a place and no confidence`() throws {
        let words = try CTCAligner().align([[[.token(1)], [.star], [.token(3)]]], to: try Self.drawing([1, 2, 2, 3]), blank: 0, separator: nil)
        #expect(words.map(\.frames) == [0..<1, 1..<3, 3..<4])
        #expect(words[1].confidence == nil)
    }

    @Test func `stars at the edges take what is said before and after`() throws {
        var aligner = CTCAligner()
        aligner.untranscribed = .edges
        let matrix = try Self.drawing([2, 2, 3, 0, 1, 2, 0, 3, 3])
        let words = try aligner.align([[[.token(1), .token(2)]]], to: matrix, blank: 0, separator: nil)
        #expect(words.map(\.frames) == [4..<6])
    }

    @Test func `blanks only give each token its frame all the same`() throws {
        let words = try CTCAligner().align([[[.token(1)], [.token(1)]]], to: try Self.drawing([0, 0, 0, 0, 0]), blank: 0, separator: nil)
        #expect(words.map(\.frames.count) == [1, 1])
    }

    @Test func `what cannot be aligned is refused with the numbers`() throws {
        let matrix = try Self.drawing([0, 1, 2])
        func refusal(_ lines: [[[CTCUnit]]]) -> CTCError? {
            do throws(CTCError) { _ = try CTCAligner().align(lines, to: matrix, blank: 0, separator: nil) } catch { return error }
            return nil
        }
        #expect(refusal([[[.token(1), .token(1), .token(2)]]]) == .tooFewFrames(frames: 3, needed: 4))
        #expect(refusal([[[.token(4)]]]) == .tooFewColumns(columns: 4, needed: 5))
        #expect(refusal([[[], []]]) == .nothingToAlign)
        #expect(refusal([[[.token(1), .token(2), .token(1)]]]) == nil)
    }

    @Test func `logits and probabilities become logarithms of probabilities`() throws {
        let logits = try EmissionMatrix(frameCount: 2, tokenCount: 2, values: [0, 0, 3, 3])
        let probabilities = try EmissionMatrix(frameCount: 2, tokenCount: 2, values: [0.5, 0.5, 0.5, 0.5])
        #expect(logits.values.allSatisfy { abs($0 + 0.6931472) < 1e-6 } && probabilities.values.allSatisfy { abs($0 + 0.6931472) < 1e-6 })
        #expect(throws: CTCError.self) { try EmissionMatrix(frameCount: 1, tokenCount: 2, values: [.nan, 0]) }
        #expect(throws: CTCError.self) { try EmissionMatrix(frameCount: 1, tokenCount: 2, values: [.infinity, 0]) }
        #expect(throws: CTCError.self) { try EmissionMatrix(frameCount: 1, tokenCount: 2, values: [-.infinity, -.infinity]) }
        #expect(throws: CTCError.self) { try EmissionMatrix(frameCount: 0, tokenCount: 2, values: []) }
        #expect(throws: CTCError.self) { try EmissionMatrix(frameCount: 2, tokenCount: 2, values: [0]) }
    }

    @Test func `frames begin on exact ticks`() throws {
        let clock = try #require(FrameClock(seconds: 320, over: 16_000, offset: .milliseconds(500)))
        #expect(clock.time(of: 3) == .milliseconds(560) && clock.numerator == 1 && clock.denominator == 50)
        #expect(clock.time(of: 9_000_000) == .seconds(180_000) + .milliseconds(500))
        // 512 samples at 22.05 kHz are 16 384 000 ticks.
        #expect(try #require(FrameClock(seconds: 512, over: 22_050)).time(of: 441).ticks == 441 * 16_384_000)
        #expect(FrameClock(seconds: 11, over: 1) == nil && FrameClock(seconds: 1, over: 20_000) == nil && FrameClock(seconds: 0, over: 1) == nil)
    }
}
