import Testing
import Timeline

@testable import Formats

/// The hostile cases of the line formats: what must be kept, and that nothing is lost in silence.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct HostileLineTests {
    static let cases = HostileTests.cases.filter { hostile in
        ["rttm", "uem", "ctm", "stm", "sbv"].contains(hostile.file.split(separator: "/").first.map(String.init) ?? "") && LabelFormat(suffixOf: hostile.file) != nil
    }

    @Test(arguments: cases) func `a hostile line file gets its stated reaction`(_ hostile: HostileTests.Case) throws {
        let input = try LabelInput(path: HostileTests.folder + "/" + hostile.file)
        let format = try #require(LabelFormat(suffixOf: hostile.file))
        if hostile.reaction == "error" {
            let error = #expect(throws: FormatError.self) { try format.read(input) }
            #expect(error?.diagnostic.position?.line == hostile.line)
            return
        }
        let reading = try format.read(input)
        #expect(reading.corpus.labelCount == hostile.keep, "\(reading.diagnostics)")
        if hostile.reaction == "repair" {
            #expect(reading.diagnostics.contains { $0.position?.line == hostile.line }, "\(reading.diagnostics)")
        } else {
            #expect(reading.diagnostics.allSatisfy { $0.severity == .note }, "\(reading.diagnostics)")
        }
        let again = try format.read(LabelInput(try format.write(reading.corpus)[0].bytes, name: hostile.file))
        #expect(again.corpus == reading.corpus || hostile.reaction == "repair")
        #expect(again.corpus.labelCount == reading.corpus.labelCount)
    }
}
