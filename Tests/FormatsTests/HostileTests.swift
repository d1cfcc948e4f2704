import Testing
import Timeline

@testable import Formats

/// The hostile cases of the shared data: what must be kept, and that nothing is lost in silence.
@Suite(.enabled(if: sharedData != nil, "the shared test data is not here")) struct HostileTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let file, format, reaction, what: String
        let keep, line: Int?
        var testDescription: String { "\(file): \(what)" }
    }

    static let folder = (sharedData ?? "") + "/formats/hostile"

    static let cases: [Case] = {
        var log = DiagnosticLog(file: "index.json")
        guard let bytes = try? BoundedFile.read(folder + "/index.json", limit: 1 << 24),
            let index = try? JSONReader.read(bytes, log: &log)
        else { return [] }
        return (index.array ?? []).compactMap { entry in
            guard let file = entry["file"]?.string, let reaction = entry["reaction"]?.string else { return nil }
            return Case(
                file: file, format: entry["format"]?.string ?? "", reaction: reaction, what: entry["what"]?.string ?? "", keep: entry["keep"]?.integer.map(Int.init),
                line: entry["line"]?.integer.map(Int.init))
        }
    }()

    static let subtitleCases = cases.filter { ["vtt/", "srt/", "ass/"].contains($0.file.prefix(4)) }

    @Test func `the cases are there`() { #expect(Self.subtitleCases.count >= 36) }

    @Test(arguments: subtitleCases) func `a hostile subtitle file gets its stated reaction`(_ hostile: Case) throws {
        let bytes = try BoundedFile.read(Self.folder + "/" + hostile.file, limit: SubtitleFile.sizeLimit)
        let format = SubtitleFormat(suffixOf: hostile.file)
        if hostile.reaction == "error" {
            let error = #expect(throws: FormatError.self) { try SubtitleFile(bytes, name: hostile.file, as: format, acceptsNoCues: true) }
            #expect(error?.diagnostic.position?.line == hostile.line)
            if hostile.what.contains("SRT") { #expect(error?.description.contains("SubRip") == true) }
            return
        }
        let file = try SubtitleFile(bytes, name: hostile.file, as: format, acceptsNoCues: true)
        #expect(file.cues.count + file.comments.count == hostile.keep, "\(file.diagnostics)")
        if hostile.reaction == "repair" {
            #expect(!file.diagnostics.isEmpty)
            if let line = hostile.line { #expect(file.diagnostics.contains { $0.position?.line == line }, "\(file.diagnostics)") }
        } else {
            #expect(file.log.count(.error) == 0, "\(file.diagnostics)")
        }
        #expect(file.retimed(file.cues.map(\.segment)) == bytes)
        _ = file.document()
    }

    /// Cases of formats in the table that are no subtitles; see ``subtitleCases``.
    static let labelCases = cases.filter { !["vtt", "srt", "ass", "json", "rttm"].contains($0.format) && LabelFormat(named: $0.format) != nil }

    @Test(arguments: labelCases) func `a hostile label file gets its stated reaction`(_ hostile: Case) throws {
        let format = try #require(LabelFormat(named: hostile.format))
        let input = LabelInput(try BoundedFile.read(Self.folder + "/" + hostile.file, limit: 1 << 30), name: hostile.file)
        if hostile.reaction == "error" {
            let error = #expect(throws: FormatError.self) { try format.read(input) }
            if let line = hostile.line { #expect(error?.diagnostic.position?.line == line, "\(error?.description ?? "")") }
            return
        }
        let reading = try format.read(input)
        if let keep = hostile.keep { #expect(reading.corpus.statementCount == keep, "\(reading.diagnostics)") }
        if hostile.reaction == "repair" {
            #expect(!reading.diagnostics.isEmpty)
            if let line = hostile.line { #expect(reading.diagnostics.contains { $0.position?.line == line }, "\(reading.diagnostics)") }
        } else {
            #expect(reading.log.count(.error) == 0, "\(reading.diagnostics)")
        }
    }

    @Test(arguments: cases.filter { $0.file.hasPrefix("json/") }) func `hostile JSON gets its stated reaction`(_ hostile: Case) throws {
        let bytes = try BoundedFile.read(Self.folder + "/" + hostile.file, limit: 1 << 24)
        var log = DiagnosticLog(file: hostile.file)
        if hostile.reaction == "error" {
            let error = #expect(throws: FormatError.self) { try JSONReader.read(bytes, log: &log) }
            #expect(error?.reason == .malformed && error?.diagnostic.position != nil)
        } else {
            _ = try JSONReader.read(bytes, log: &log)
            #expect(log.diagnostics.isEmpty == (hostile.reaction == "ok"))
        }
    }

    @Test(arguments: files(under: (sharedData ?? "") + "/alignment/shows", suffix: ".srt").map { String($0.split(separator: "/").last ?? "") })
    func `every show reads without an error and comes back byte for byte`(_ name: String) throws {
        let file = try SubtitleFile(path: (sharedData ?? "") + "/alignment/shows/" + name)
        #expect(file.log.count(.error) == 0, "\(file.diagnostics.prefix(3))")
        #expect(file.retimed(file.cues.map(\.segment)) == file.bytes)
        let later = try SubtitleFile(file.shifted(by: .seconds(7)), name: "later")
        #expect(later.cues.map(\.start) == file.cues.map { $0.segment.start + .seconds(7) })
    }
}

extension Corpus {
    /// Labels, and for tracks their key frames: what a file states one by one.
    fileprivate var statementCount: Int {
        documents.lazy.flatMap(\.layers).flatMap(\.labels).reduce(0) { count, label in
            if case .track(let track) = label.content { count + track.keyframes.count } else { count + 1 }
        }
    }
}
