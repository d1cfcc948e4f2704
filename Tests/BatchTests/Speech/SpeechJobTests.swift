import Diarization
import Formats
import Foundation
import Testing
import Timeline

@testable import Batch

@Suite struct SpeechJobTests {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let recordings: [String] = {
        let folder = repository + "/../shared/data/diarization/audio/"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".flac") }.sorted().map { folder + $0.dropLast(5) }
    }()

    private func segments(_ corpus: Corpus) -> [Segment] {
        corpus.documents.flatMap(\.layers).flatMap(\.labels).compactMap { if case .segment(let segment) = $0.span { segment } else { nil } }
    }

    /// Milliseconds in which a segment lies.
    private func mask(_ segments: [Segment], _ count: Int) -> [Bool] {
        var mask = [Bool](repeating: false, count: count)
        for segment in segments {
            for time in Int(segment.start.milliseconds)..<min(count, Int(segment.end.milliseconds)) { mask[time] = true }
        }
        return mask
    }

    @Test func `the speech of the example lies where its subtitles do`() throws {
        let job = SpeechJob(detector: NetworkSpeechDetector())
        let document = try job.run(media: Self.repository + "/Examples/talk.mkv").document
        let found = mask(segments(Corpus([document])), 98_000)
        let cues = try LabelFormat(named: "srt")!.read(try LabelInput(path: Self.repository + "/Examples/talk.srt")).corpus
        for cue in segments(cues) {
            // The outer tenths may be lead-in and lingering.
            let (start, end) = (Int(cue.start.milliseconds), Int(cue.end.milliseconds))
            let inner = found[start + (end - start) / 10..<end - (end - start) / 10]
            #expect(inner.count { $0 } * 10 >= inner.count * 8, "the cue at \(start) ms")
        }
        #expect(document.media.name == "talk")
        #expect(document.sources.count == 1 && document.layers[0].labels.allSatisfy { $0.confidence != nil && $0.source == "speech" })
    }

    /// docs/speech.md states 10.1 %; Silero's defaults err in 11.6 %.
    @Test(.enabled(if: !recordings.isEmpty)) func `missed speech and false alarms are below 12 % of speech on the shared recordings`() throws {
        var (wrong, speech) = (0, 0)
        for path in Self.recordings {
            let document = try SpeechJob(detector: NetworkSpeechDetector()).run(media: path + ".flac").document
            let reference = try LabelFormat(named: "rttm")!.read(try LabelInput(path: path + ".rttm")).corpus
            let scored = try LabelFormat(named: "uem")!.read(try LabelInput(path: path + ".uem")).corpus
            let count = Int(segments(scored).map(\.end.milliseconds).max() ?? 0)
            let (truth, found, inside) = (mask(segments(reference), count), mask(segments(Corpus([document])), count), mask(segments(scored), count))
            for time in 0..<count where inside[time] {
                if truth[time] != found[time] { wrong += 1 }
                if truth[time] { speech += 1 }
            }
        }
        #expect(Double(wrong) / Double(speech) < 0.12)
    }
}
