import Testing
import Timeline

@testable import Formats

/// The W3C's IMSC documents against the intervals that ttconv computes for them.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct IMSCTests {
    static let folder = (sharedData ?? "") + "/formats/ttml/imsc"

    static let expected: [String: JSONValue] = {
        var log = DiagnosticLog(file: "intervals.json")
        guard let bytes = try? BoundedFile.read(folder + "/intervals.json", limit: 1 << 26), let json = try? JSONReader.read(bytes, log: &log) else { return [:] }
        return Dictionary((json.object ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }()

    @Test func `the documents are there`() { #expect(Self.expected.count >= 100) }

    @Test(arguments: expected.keys.sorted()) func `intervals and texts are those of the reference`(_ name: String) throws {
        var log = DiagnosticLog(file: name)
        let tree = try TTML.tree(try BoundedFile.read("\(Self.folder)/\(name)", limit: 1 << 26), name: name, log: &log)
        let presentation = TTMLPresentation(tree)
        let times = presentation.changes
        let intervals = try #require(Self.expected[name]?.array)
        #expect(times == intervals.map { Self.time($0["begin"]) })
        #expect(Array(times.dropFirst()) == intervals.compactMap { $0["end"]?.string == nil ? nil : Self.time($0["end"]) })
        for (time, interval) in zip(times, intervals) {
            let found = presentation.regions(at: time).map { "\($0.id ?? "default_region"): \($0.text)" }
            let wanted = (interval["regions"]?.array ?? []).map { "\($0["region"]?.string ?? ""): \($0["text"]?.string ?? "")" }
            #expect(found == wanted, "at \(time.approximateSeconds) s")
        }
    }

    /// A fraction of seconds such as `122/5`.
    static func time(_ json: JSONValue?) -> Timestamp {
        let parts = (json?.string ?? "").split(separator: "/").compactMap { Int64($0) }
        guard let first = parts.first else { return Timestamp(ticks: -1) }
        return Timestamp(value: first, timeBase: 1, over: parts.count == 2 ? parts[1] : 1) ?? .zero
    }
}
