import Testing
import Timeline

@testable import Diarization

@Suite struct SpeechSegmenterTests {
    /// One value for each 100 ms.
    private func spans(_ values: [Float], _ segmenter: SpeechSegmenter) -> [[Int64]] {
        let posterior = SpeechPosterior(hop: .milliseconds(100), values: values)
        return segmenter.segments(of: posterior, end: posterior.time(of: values.count))
            .map { [$0.segment.start.milliseconds, $0.segment.end.milliseconds] }
    }

    private let bare = SpeechSegmenter(onset: 0.5, offset: 0.3, shortestPause: .zero, shortestSpeech: .zero, padding: .zero)

    @Test func `a segment begins at the onset and lasts until the offset`() {
        #expect(spans([0, 0.4, 0.5, 0.4, 0.3, 0.29, 0.4, 0.9], bare) == [[200, 500], [700, 800]])
    }

    @Test func `short pauses are filled before short segments are dropped`() {
        var segmenter = bare
        (segmenter.shortestPause, segmenter.shortestSpeech) = (.milliseconds(200), .milliseconds(300))
        // Pauses of 100 and 200 ms: the first is filled, and the joined 300 ms are long enough; the last 100 ms are not.
        #expect(spans([1, 0, 1, 0, 0, 1, 0, 0], segmenter) == [[0, 300]])
    }

    @Test func `padding stops at the ends and at neighbours`() {
        var segmenter = bare
        segmenter.padding = .milliseconds(150)
        #expect(spans([1, 0, 1, 0, 0, 0, 0, 1], segmenter) == [[0, 200], [200, 450], [550, 800]])
    }

    @Test func `a confirmed pause lasts until the posterior is low again`() {
        var segmenter = bare
        (segmenter.shortestPause, segmenter.pausesAreConfirmed) = (.milliseconds(200), true)
        // Low at 100 ms, in between until the onset: no pause. Low at 100 ms and at 300 ms: a pause since 100 ms.
        #expect(spans([1, 0, 0.4, 0.4, 1, 1], segmenter) == [[0, 600]])
        #expect(spans([1, 0, 0.4, 0, 1, 1], segmenter) == [[0, 100], [400, 600]])
        // At the end of the sound a pause that is not over yet counts as speech.
        #expect(spans([1, 1, 0, 0], segmenter) == [[0, 400]])
    }

    @Test func `confidence is the mean likelihood`() {
        let posterior = SpeechPosterior(hop: .milliseconds(20), values: [0, 0.5, 1, 0.75, 0])
        let found = bare.segments(of: posterior, end: .milliseconds(100))
        #expect(found.map(\.confidence) == [0.75])
    }

    @Test(arguments: 1...40) func `segments are ordered, apart, inside and long enough`(seed: UInt64) {
        var state = seed
        let values: [Float] = (0..<300).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) * 0x1p-24
        }
        let segmenter = SpeechSegmenter(
            onset: 0.8, offset: 0.2, shortestPause: .milliseconds(300), shortestSpeech: .milliseconds(200), padding: .milliseconds(50))
        let posterior = SpeechPosterior(hop: .milliseconds(100), values: values)
        let found = segmenter.segments(of: posterior, end: .milliseconds(30_000)).map(\.segment)
        #expect(!found.isEmpty)
        #expect(zip(found, found.dropFirst()).allSatisfy { $1.start - $0.end >= .milliseconds(200) })
        #expect(found.allSatisfy { $0.end - $0.start >= .milliseconds(200) && $0.start >= .zero && $0.end <= .milliseconds(30_000) })
        for (index, value) in values.enumerated() where value < 0.2 {
            // A filled pause is shorter than three values, so three in a row below the offset are never all inside.
            guard index >= 1, index < 299, values[index - 1] < 0.2, values[index + 1] < 0.2 else { continue }
            let middle = posterior.time(of: index) + .milliseconds(50)
            #expect(!found.contains { $0.start < middle && middle < $0.end })
        }
    }
}
