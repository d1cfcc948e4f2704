import Testing

@testable import Alignment

@Suite struct EdgeAgreementTests {
    private static let truth = Made.cues(count: 60, seed: 5)
    private static let track = EvidenceTrack(values: Made.evidence(truth, seconds: 400, seed: 5))

    private func statistic(shift: Double, keeping: (Int) -> Bool = { _ in true }) -> Double {
        let cues = Self.truth.enumerated().filter { keeping($0.offset) }.map { PlacedCue(AlignableCue(segment: $1, isSpeech: true), rate: .one) }
        return EdgeAgreement.statistic(cues: cues, shifts: cues.map { _ in shift }, track: Self.track)
    }

    @Test func `cues on the edges of speech agree as far as the scale goes`() {
        #expect(statistic(shift: 0) == 12)
    }

    @Test(arguments: [-7.0, 0.5, 11]) func `cues elsewhere agree no more than chance`(shift: Double) {
        #expect(statistic(shift: shift) < 2)
    }

    @Test func `no cues, and cues without speech to be heard, agree with nothing`() {
        #expect(statistic(shift: 0) { _ in false } == 0)
        #expect(statistic(shift: 4000) == 0)
    }
}
