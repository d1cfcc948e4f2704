import Alignment
import Formats
import Foundation
import Media
import Synchronization
import Testing
import Timeline

@testable import Batch

@Suite struct AlignJobTests {
    /// Cues of irregular lengths and pauses, so that only one offset fits; moved by `shift` milliseconds.
    private static func srt(shift: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var time = 20_000
        let blocks = (1...60).map { index -> String in
            let length = 900 + next(3500)
            defer { time += length + 300 + next(6000) }
            return "\(index)\r\n\(stamp(time + shift)) --> \(stamp(time + length + shift))\r\nline \(index)\r\n"
        }
        return Array(blocks.joined(separator: "\r\n").utf8)
    }

    private static func stamp(_ milliseconds: Int) -> String {
        func padded(_ value: Int, _ width: Int) -> String { String(String(1000 + value).suffix(width)) }
        return "\(padded(milliseconds / 3_600_000, 2)):\(padded(milliseconds / 60_000 % 60, 2)):"
            + "\(padded(milliseconds / 1000 % 60, 2)),\(padded(milliseconds % 1000, 3))"
    }

    /// Aligns to a reference file and gives what was written.
    private func run(_ subtitles: [UInt8], to reference: [UInt8], output: String = "out.srt") throws -> (ItemOutcome, [UInt8]?) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (right, late) = (folder.appendingPathComponent("right.srt"), folder.appendingPathComponent("late.srt"))
        try Data(reference).write(to: right)
        try Data(subtitles).write(to: late)
        let written = Mutex<[UInt8]?>(nil)
        let job = AlignJob(settings: AlignSettings()) { bytes, _ in written.withLock { $0 = bytes } }
        let item = BatchItem(
            index: 0, media: right.path, subtitles: late.path, output: folder.appendingPathComponent(output).path,
            language: nil, basis: .given)
        return (try job.run(item), written.withLock { $0 })
    }

    @Test(arguments: [-3210, 870, 41_500]) func `a reference subtitle file gives the offset back, and all other bytes stay`(shift: Int) throws {
        let (outcome, written) = try run(Self.srt(shift: shift + 20_000), to: Self.srt(shift: 20_000))
        #expect(outcome.verdict == .aligned)
        #expect(outcome.wroteOutput)
        let file = try SubtitleFile(try #require(written), name: "out.srt")
        let right = try SubtitleFile(Self.srt(shift: 20_000), name: "right.srt")
        for (placed, cue) in zip(file.cues, right.cues) { #expect(abs((placed.start - cue.start).milliseconds) <= 20) }
        #expect(file.bytes.count == right.bytes.count)
        #expect(String(decoding: file.bytes, as: UTF8.self).contains("line 60\r\n"))
    }

    @Test func `subtitles on time come back byte for byte`() throws {
        let (outcome, written) = try run(Self.srt(shift: 0), to: Self.srt(shift: 0))
        #expect(outcome.verdict == .inSync)
        #expect(written == Self.srt(shift: 0))
    }

    @Test func `subtitles of another film are refused and nothing is written`() throws {
        let (outcome, written) = try run(Self.srt(shift: 0, seed: 99), to: Self.srt(shift: 0))
        #expect(outcome.verdict == .foreign)
        #expect(!outcome.wroteOutput && written == nil)
    }

    @Test func `the suffix of the output names its format, and JSON says who placed the cues and how surely`() throws {
        let (_, vtt) = try run(Self.srt(shift: 1500), to: Self.srt(shift: 0), output: "out.vtt")
        #expect(try SubtitleFile(try #require(vtt), name: "out.vtt").format == .webVTT)
        let (outcome, json) = try run(Self.srt(shift: 1500), to: Self.srt(shift: 0), output: "out.json")
        var log = DiagnosticLog(file: "out.json")
        let corpus = try NativeJSON.read(try #require(json), log: &log)
        let document = try #require(corpus.documents.first)
        let label = try #require(document.layers.first?.labels.first)
        #expect(label.confidence?.value == outcome.confidence)
        let source = try #require(document.sources.first { $0.id == label.source })
        guard case .model(let name, let version, _) = source.agent else {
            Issue.record("the source is no model")
            return
        }
        #expect(name == "slate align" && version == slateVersion)
    }

    @Test func `settings that change results change the fingerprint`() {
        var settings = AlignSettings()
        let plain = settings.fingerprint
        settings.options.snapping = .never
        #expect(settings.fingerprint != plain)
        settings.options.snapping = .auto
        settings.track = .language("de")
        #expect(settings.fingerprint != plain)
    }
}

/// The real shows, where they are at hand.
@Suite(.enabled(if: SharedShows.isThere)) struct SharedShowTests {
    @Test(arguments: SharedShows.files, ["offset_+2.5", "offset_-7.3", "fps_23.976_as_25", "drift_1.0005", "cut_1", "missing_30", "extra_sdh"])
    func `a show's faulty subtitles come out right`(show: String, variant: String) throws {
        let outcome = try SharedShows.align(show, variant)
        #expect(outcome.result.verdict == .aligned || outcome.result.verdict == .inSync)
        let truth = try SharedShows.truth(show, variant)
        let errors = zip(outcome.segments, truth).compactMap { placed, right in right.map { abs((placed?.start.approximateSeconds ?? 1e9) - $0) } }
        let near = errors.count { $0 <= 0.2 }
        #expect(Double(near) >= 0.95 * Double(errors.count), "\(near) of \(errors.count) cues within 200 ms")
    }

    @Test(arguments: SharedShows.files) func `a show's subtitles on time are left alone`(show: String) throws {
        #expect(try SharedShows.align(show, "insync").result.verdict == .inSync)
    }

    @Test(arguments: SharedShows.files) func `another show's subtitles are refused`(show: String) throws {
        #expect(try SharedShows.align(show, "wrong").result.verdict == .foreign)
    }

    @Test func `cues with an error of their own each are moved one by one`() throws {
        let outcome = try SharedShows.align("s_easy.mka", "sloppy")
        #expect(!outcome.result.map.strays.isEmpty)
        let truth = try SharedShows.truth("s_easy.mka", "sloppy")
        let near = zip(outcome.segments, truth).count { abs(($0?.start.approximateSeconds ?? 1e9) - ($1 ?? 0)) <= 0.2 }
        // A shift of the whole file reaches 67 to 82 %.
        #expect(Double(near) >= 0.9 * Double(truth.count))
    }
}

enum SharedShows {
    static let files = ["s_easy.mka", "s_hard.mp4", "ami_a.mka"]

    private static let folder: URL = {
        let named = ProcessInfo.processInfo.environment["SLATE_SHARED_DATA"].map { URL(fileURLWithPath: $0) }
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../../shared/data")
        return (named ?? beside).appendingPathComponent("alignment/shows")
    }()

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("s_easy.mka").path) }

    private static func path(_ show: String, _ variant: String, _ suffix: String) -> String {
        folder.appendingPathComponent("\(show.prefix { $0 != "." }).\(variant).\(suffix)").path
    }

    static func align(_ show: String, _ variant: String) throws -> SubtitleAlignment.Outcome {
        let media = folder.appendingPathComponent(show).path
        let file = try SubtitleFile(path: path(show, variant, "srt"))
        return try SubtitleAlignment(reference: .sound(path: media, track: nil, language: nil), subtitles: file).run()
    }

    /// The right start of each cue in seconds; nil for cues that belong nowhere.
    static func truth(_ show: String, _ variant: String) throws -> [Double?] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path(show, variant, "json")))
        let rows = try JSONSerialization.jsonObject(with: data) as? [[Any]] ?? []
        return rows.map { ($0.first as? NSNumber)?.doubleValue }
    }
}
