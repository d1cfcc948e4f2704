import Testing
import Timeline

@testable import Formats

@Suite struct CompressedLabelTests {
    private let turn = Array("SPEAKER rec 1 1.000 2.000 <NA> <NA> Ann <NA> <NA>\n".utf8)

    @Test func `a compressed label file is known by its content and its name, and read`() throws {
        let input = LabelInput(Gzip.deflated(turn), name: "talk.rttm.gz")
        #expect(try LabelFormat.detect(input).name == "rttm" && LabelFormat(suffixOf: "Talk.RTTM.gz")?.name == "rttm")
        let plain = try LabelFormat.detect(input).read(LabelInput(turn, name: "talk.rttm"))
        #expect(try LabelFormat.detect(input).read(input).corpus == plain.corpus && plain.corpus.labelCount == 1)
    }

    @Test func `the name of the media goes without both endings`() throws {
        let cue = Array("1\n00:00:01,000 --> 00:00:02,000\na\n".utf8)
        let format = try #require(LabelFormat(named: "srt"))
        #expect(try format.read(LabelInput(Gzip.deflated(cue), name: "film.srt.gz")).corpus.documents.map(\.media.name) == ["film"])
    }
}
