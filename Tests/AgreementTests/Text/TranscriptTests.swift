import Agreement
import Formats
import Quality
import Testing
import Timeline

@Suite struct TranscriptTests {
    @Test func `word and character error rates of the shared data`() throws {
        for item in try qualityCases("transcripts.json") {
            let id = try #require(item["id"]?.string)
            let found = TranscriptDistance(
                reference: try #require(item["reference"]?.string), hypothesis: try #require(item["hypothesis"]?.string))
            let expected = try #require(item["expected"])
            #expect([found.wordEdits, found.referenceWords, found.characterEdits, found.referenceCharacters]
                == ["word_edits", "ref_words", "char_edits", "ref_chars"].compactMap { expected[$0]?.integer.map(Int.init) }, "\(id)")
            check(found.wordErrorRate, expected["wer"], tolerance: 1e-12, "\(id) wer")
            check(found.characterErrorRate, expected["cer"], tolerance: 1e-12, "\(id) cer")
        }
    }

    @Test func `kitten to sitting takes three, and the distance is a metric`() {
        func editDistance(_ a: [Int], _ b: [Int]) -> Int { EditAlignment(a, b).edits }
        #expect(EditAlignment(Array("kitten"), Array("sitting")).edits == 3)
        var random = SplitMix64(seed: 2)
        let texts = (0..<12).map { _ in (0..<random.below(9)).map { _ in random.below(3) } }
        for a in texts {
            for b in texts {
                #expect(editDistance(a, b) == editDistance(b, a) && (editDistance(a, b) == 0) == (a == b))
                for c in texts { #expect(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c)) }
            }
        }
    }

    @Test func `the symmetric rate does not depend on who comes first`() {
        let (ab, ba) = (TranscriptDistance(reference: "a b c", hypothesis: "a c"), TranscriptDistance(reference: "a c", hypothesis: "a b c"))
        #expect(ab.symmetricWordErrorRate == ba.symmetricWordErrorRate && ab.symmetricWordErrorRate == .value(0.4))
        #expect(TranscriptDistance(reference: " ", hypothesis: "").symmetricWordErrorRate == .undefined(.emptyReference))
    }
}
