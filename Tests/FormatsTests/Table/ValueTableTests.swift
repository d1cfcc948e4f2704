import Testing

@testable import Formats

@Suite struct ValueTableTests {
    private func table(_ text: String) throws -> ValueTable { try ValueTable(LabelInput(Array(text.utf8), name: "t.csv")) }

    @Test func `the separator is the one that the header holds most, and quotes go away`() throws {
        #expect(try table("a,b\n1,\"x,y\"\n\n2,\n").rows == [["1", "x,y"], ["2", ""]])
        #expect(try table("a;b,c;d\r\n1;2;3\r\n").columns == ["a", "b,c", "d"])
        #expect(try table("a\tb\n1\t2\n").lines == [2])
    }

    @Test func `rows of another width and headers without names say where`() {
        for (text, place) in [("a,b\n1,2\n3\n", "t.csv:3:1"), ("a,a\n", "two columns named 'a'"), ("a\n", "1 columns"), ("a,\n", "2 columns"), ("", "0 columns")] {
            do {
                _ = try table(text)
                Issue.record("'\(text)' was read")
            } catch { #expect("\(error)".contains(place), "\(error)") }
        }
    }
}
