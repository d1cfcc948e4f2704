import Testing

@testable import Alignment

@Suite struct TokenSetTests {
    private static func set(_ tokens: [String], blank: String? = nil, separator: String? = nil) throws -> TokenSet {
        try TokenSet(tokens.enumerated().map { ($1, $0) }, blank: blank, separator: separator)
    }

    private static let letters = ["<pad>", "<s>", "</s>", "<unk>", "|", "E", "T", "A", "'", "S"]

    @Test func `words are written in the case of the set, without marks that it does not have`() throws {
        let set = try Self.set(Self.letters)
        #expect(set.blank == 0 && set.separator == 4 && set.columnCount == 10)
        #expect(set.units(of: "Tea\u{2019}s,", unknown: .star) == [.token(6), .token(5), .token(7), .token(8), .token(9)])
        #expect(set.units(of: "\u{2014}", unknown: .star) == [] && set.units(of: "|", unknown: .skip) == [])
    }

    @Test func `a run of what the set does not have is one star, or nothing`() throws {
        let set = try Self.set(Self.letters)
        #expect(set.units(of: "1984", unknown: .star) == [.star] && set.units(of: "1984", unknown: .skip) == [])
        #expect(set.units(of: "at5%", unknown: .star) == [.token(7), .token(6), .star])
        #expect(set.units(of: "taß", unknown: .star) == [.token(6), .token(7), .token(9), .token(9)])
    }

    @Test func `pieces of words are the longest that fit, with the mark of a beginning`() throws {
        let set = try Self.set(["<blk>", "\u{2581}", "\u{2581}the", "\u{2581}th", "m", "e", "me"])
        #expect(set.units(of: "theme", unknown: .star) == [.token(2), .token(6)])
        #expect(set.units(of: "em", unknown: .star) == [.token(1), .token(5), .token(4)])
        #expect(set.separator == nil)
    }

    @Test func `the blank is known by its name, by number 0, or asked for`() throws {
        #expect(try Self.set(["-", "a", "b"]).blank == 0 && Self.set(["a", "-"]).blank == nil && Self.set(["a", "-"], blank: "-").blank == 1)
        #expect(try Self.set(["-", "a"]).units(of: "-a", unknown: .star) == [.token(1)])
        #expect(throws: CTCError.noBlank(asked: "x")) { try Self.set(["a"], blank: "x") }
        #expect(throws: CTCError.noSeparator(asked: "x")) { try Self.set(["a"], separator: "x") }
        #expect(throws: CTCError.noTokens) { try Self.set([]) }
        #expect(throws: CTCError.self) { try TokenSet([("a", 0), ("b", 0)]) }
        #expect(throws: CTCError.self) { try TokenSet([("a", -1)]) }
    }
}
