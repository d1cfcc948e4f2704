import Testing
import Timeline

@testable import Alignment

@Suite struct SubtitleAlignerTests {
    private static let truth = Made.cues(count: 120, seed: 1)
    private static let length = (truth.last?.end.approximateSeconds ?? 0) + 20
    private static let evidence = Made.evidence(truth, seconds: length, seed: 1)

    private func align(
        _ cues: [Segment], to values: [UInt8] = evidence, _ change: (inout AlignmentOptions) -> Void = { _ in }
    ) throws -> SyncResult {
        var options = AlignmentOptions()
        options.maximumOffset = .seconds(130)
        change(&options)
        return try SubtitleAligner(cues: Made.alignable(cues), options: options).align(with: HeldEvidence(values))
    }

    /// The largest distance of a start from its right place, in milliseconds.
    private func worst(_ result: SyncResult, _ cues: [Segment], _ truth: [Segment] = truth) -> Int64 {
        zip(result.map.apply(to: cues), truth).map { placed, right in
            placed.map { abs(($0.start - right.start).milliseconds) } ?? .max
        }.max() ?? .max
    }

    @Test(arguments: [-57.0, -7.3, -0.4, 0.8, 31, 119]) func `a constant offset is found`(offset: Double) throws {
        let late = Made.moved(Self.truth.filter { $0.start.approximateSeconds + offset > 0 }, offset: offset)
        let result = try align(late)
        #expect(result.verdict == .aligned)
        #expect(result.map.pieces.count == 1)
        #expect(worst(result, late, Self.truth.filter { $0.start.approximateSeconds + offset > 0 }) <= 30)
    }

    @Test(arguments: [25 / (24_000 / 1001.0), (24_000 / 1001.0) / 25, 24.0 / 25, 1.0005, 0.999])
    func `another clock is found, listed or not`(rate: Double) throws {
        let fast = Made.moved(Self.truth, rate: rate, offset: 1.7)
        let result = try align(fast)
        #expect(result.verdict == .aligned)
        #expect(worst(result, fast) <= 50)
    }

    @Test func `three cuts give four pieces with the right cues in each`() throws {
        let gaps: [(cue: Int, seconds: Double)] = [(30, 12), (70, 31.5), (100, 4.2)]
        let cut = Self.truth.indices.compactMap { index in
            let shift = gaps.reduce(0) { index >= $1.cue ? $0 - $1.seconds : $0 }
            return Made.moved([Self.truth[index]], offset: shift).first
        }
        let result = try align(cut)
        #expect(result.verdict == .aligned)
        #expect(result.map.pieces.map(\.cues) == [0..<30, 30..<70, 70..<100, 100..<120])
        #expect(worst(result, cut) <= 40)
    }

    @Test func `subtitles on time are left alone`() throws {
        let result = try align(Self.truth)
        #expect(result.verdict == .inSync)
    }

    @Test(arguments: 2...9) func `another film's subtitles are refused`(seed: UInt64) throws {
        let result = try align(Made.cues(count: 120, seed: seed))
        #expect(result.verdict == .foreign, "seed \(seed)")
    }

    @Test func `shifting the subtitles shifts the offset by as much`() throws {
        let first = try align(Made.moved(Self.truth, offset: 3)).map.pieces[0].offset
        let second = try align(Made.moved(Self.truth, offset: 5)).map.pieces[0].offset
        #expect(abs((first - second).milliseconds - 2000) <= 10)
    }

    @Test func `cues that stray one by one are moved one by one, unless that is ruled out`() throws {
        let truth = Made.cues(count: 120, seed: 6, pause: 0.6)
        let evidence = Made.evidence(truth, seconds: (truth.last?.end.approximateSeconds ?? 0) + 20, seed: 6)
        var random = SplitMix64(state: 77)
        let sloppy = truth.compactMap { cue -> Segment? in
            let stray = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) } * 0.16
            return Made.moved([cue], offset: stray + 2).first
        }
        let snapped = try align(sloppy, to: evidence), kept = try align(sloppy, to: evidence) { $0.snapping = .never }
        func mean(_ result: SyncResult) -> Double {
            let errors = zip(result.map.apply(to: sloppy), truth).map { abs((($0?.start ?? .zero) - $1.start).approximateSeconds) }
            return errors.reduce(0, +) / Double(errors.count)
        }
        #expect(!snapped.map.strays.isEmpty)
        #expect(kept.map.strays.isEmpty)
        #expect(mean(snapped) < mean(kept) / 2)
    }

    @Test func `a lead is kept before the speech`() throws {
        let plain = try align(Made.moved(Self.truth, offset: 4)).map.pieces[0].offset
        let early = try align(Made.moved(Self.truth, offset: 4)) { $0.lead = .milliseconds(200) }.map.pieces[0].offset
        #expect(plain - early == .milliseconds(200))
    }

    @Test func `cues that stand for no speech move with their neighbours`() throws {
        let late = Made.moved(Self.truth, offset: 6)
        let music = late.enumerated().map { AlignableCue(segment: $1, isSpeech: $0 % 7 != 3) }
        let silent = Self.truth.enumerated().filter { $0.offset % 7 != 3 }.map(\.element)
        let source = HeldEvidence(Made.evidence(silent, seconds: Self.length, seed: 4))
        let result = try SubtitleAligner(cues: music).align(with: source)
        #expect(result.verdict == .aligned)
        #expect(worst(result, late) <= 40)
    }

    @Test func `no cues, no evidence and silence are refused without a trap`() throws {
        #expect(try align([]).verdict == .foreign)
        #expect(try align(Self.truth, to: []).verdict == .foreign)
        #expect(try align(Self.truth, to: [UInt8](repeating: 0, count: 60_000)).verdict == .foreign)
        #expect(try align(Self.truth, to: [UInt8](repeating: 255, count: 60_000)).verdict == .foreign)
    }

    @Test func `a handful of cues is never sure`() throws {
        let few = Array(Self.truth[..<3])
        let result = try align(Made.moved(few, offset: 1), to: Made.evidence(few, seconds: 60, seed: 3))
        #expect(result.verdict != .aligned)
    }
}

@Suite struct SamplingTests {
    /// Three quarters of an hour.
    private static let truth = Made.cues(count: 700, seed: 21)
    private static let length = (truth.last?.end.approximateSeconds ?? 0) + 20
    private static let evidence = Made.evidence(truth, seconds: length, seed: 21)

    private static var options: AlignmentOptions {
        var options = AlignmentOptions()
        options.maximumOffset = .seconds(40)
        return options
    }

    @Test func `a long film is placed from samples as from the whole`() throws {
        let late = Made.moved(Self.truth, rate: 1.0005, offset: 8)
        var thorough = Self.options
        thorough.isThorough = true
        let (some, all) = (HeldEvidence(Self.evidence), HeldEvidence(Self.evidence))
        let sampled = try SubtitleAligner(cues: Made.alignable(late), options: Self.options).align(with: some)
        let whole = try SubtitleAligner(cues: Made.alignable(late), options: thorough).align(with: all)
        #expect(sampled.verdict == .aligned && whole.verdict == .aligned)
        #expect(some.asked < Self.evidence.count / 5)
        #expect(all.asked == Self.evidence.count)
        for (a, b) in zip(sampled.map.apply(to: late), whole.map.apply(to: late)) {
            #expect(abs(((a?.start ?? .zero) - (b?.start ?? .zero)).milliseconds) <= 60)
        }
    }

    @Test func `a cut between samples is looked for until it is found`() throws {
        let cut = Self.truth.enumerated().compactMap { Made.moved([$1], offset: $0 >= 420 ? -20 : 0).first }
        let source = HeldEvidence(Self.evidence)
        let result = try SubtitleAligner(cues: Made.alignable(cut), options: Self.options).align(with: source)
        #expect(result.map.pieces.map(\.cues) == [0..<420, 420..<700])
        #expect(source.asked < Self.evidence.count / 3)
    }

    @Test func `the result is the same every time`() throws {
        let late = Made.moved(Self.truth, offset: 8)
        let first = try SubtitleAligner(cues: Made.alignable(late), options: Self.options).align(with: HeldEvidence(Self.evidence))
        let second = try SubtitleAligner(cues: Made.alignable(late), options: Self.options).align(with: HeldEvidence(Self.evidence))
        #expect(first.map == second.map && first.evidence == second.evidence && first.confidence == second.confidence)
    }

    @Test func `short media are looked at whole, and longer ones grow more slowly than their length`() {
        func looked(minutes: Int) -> Int { SamplingPlan(frameCount: minutes * 6000).first().reduce(0) { $0 + $1.count } }
        #expect(looked(minutes: 14) == 14 * 6000)
        #expect(looked(minutes: 180) < 2 * looked(minutes: 45))
        #expect(looked(minutes: 45) < 45 * 6000 / 7)
    }
}
