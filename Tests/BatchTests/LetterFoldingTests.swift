import Foundation
import Testing

@testable import Batch

@Suite struct LetterFoldingTests {
    @Test(
        arguments: [
            0x80...0x24F, 0x370...0x3FF, 0x400...0x52F, 0x1E00...0x1FFF, 0x2160...0x217F, 0xFB00...0xFB06, 0xFF00...0xFF5E,
        ] as [ClosedRange<UInt32>])
    func `letters are folded as Foundation decomposes them`(block: ClosedRange<UInt32>) {
        let marks: ClosedRange<Unicode.Scalar> = "\u{300}"..."\u{36F}"
        for scalar in block.compactMap(Unicode.Scalar.init) where scalar.properties.isAlphabetic {
            // Lowercase first: a capital with a mark may have its lowercase in another block.
            let whole = String(scalar).lowercased().decomposedStringWithCompatibilityMapping.lowercased()
            let expected = String(String.UnicodeScalarView(whole.unicodeScalars.filter { !marks.contains($0) }))
            // A few, such as the middle dot of U+0140, come apart into what is no letter.
            guard expected.unicodeScalars.allSatisfy(\.properties.isAlphabetic) else { continue }
            #expect(String(LetterFolding.folded(String(scalar))) == expected, "U+\(String(scalar.value, radix: 16)) \(scalar)")
        }
    }

    @Test(arguments: [
        ("Élan Vital", "Elan Vital"), ("Ｆｉｌｍ　２", "film 2"), ("Rocky Ⅱ", "rocky ii"), ("Alien³", "ALIEN3"), ("Ocean's ⑪", "Oceans 11"),
        ("Oﬃce", "office"), ("Việt Nam", "viet nam"), ("Ёлки", "елки"), ("ガメラ", "カ\u{3099}メラ"), ("한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"),
    ])
    func `names that are typed alike have the same words`(name: String, typed: String) {
        #expect(NameWord.words(in: name) == NameWord.words(in: typed))
        #expect(NameWord.words(in: name.decomposedStringWithCanonicalMapping) == NameWord.words(in: typed))
    }

    @Test func `letters that only look alike stay apart`() {
        #expect(NameWord.words(in: "Þórr æ ß ø") == ["þorr", "æ", "ß", "ø"].map(NameWord.init(text:)))
    }
}
