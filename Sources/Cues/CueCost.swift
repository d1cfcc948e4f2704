/// What is wrong with cues: broken rules first, then all that reads worse.
struct CueCost: Hashable, Comparable, Sendable {
    var violations = 0
    /// In hundred-thousandths of a point.
    var ugliness: Int64 = 0

    static let point: Int64 = 100_000

    static func < (a: CueCost, b: CueCost) -> Bool { (a.violations, a.ugliness) < (b.violations, b.ugliness) }
    static func + (a: CueCost, b: CueCost) -> CueCost {
        CueCost(violations: a.violations + b.violations, ugliness: a.ugliness &+ b.ugliness)
    }
}

/// The points of all that reads worse without breaking a rule. One scale: 100 points are a cue more.
enum CueWeights {
    static let cue = 100
    /// A sentence that ends inside a cue: BBC asks for one sentence a cue.
    static let sentenceInside = 120
    static let lineBreak = 30
    /// Between two cues, by how well the text breaks there.
    static func cueEnd(_ strength: BreakWords.Strength) -> Int {
        switch strength { case .sentence: 0; case .clause: 60; case .phrase: 150; case .none: 200; case .forbidden: 500 }
    }
    /// Between two lines.
    static func lineEnd(_ strength: BreakWords.Strength) -> Int {
        switch strength { case .sentence: 0; case .clause: 10; case .phrase: 30; case .none: 70; case .forbidden: 350 }
    }
    /// A pause in front of a new cue makes up for a poor break: one point for 5 ms, up to 200.
    static func pauseCredit(_ milliseconds: Int64) -> Int { Int(min(200, max(0, milliseconds) / 5)) }
    /// A pause inside a cue, beyond the 200 ms of a stop consonant or a breath.
    static func pauseInside(_ milliseconds: Int64) -> Int { Int(min(1000, max(0, milliseconds - 200) / 4)) }
    static let crossedShot = 60
    static let nearShot = 80
    /// Columns over the limit.
    static let overflow = 50

    // Per millisecond, in hundredths of a point: times in microseconds give hundred-thousandths.
    static let cutSpeech: Int64 = 100
    static let lingersShort: Int64 = 2
    static let lingersLong: Int64 = 5
    static let hasty: Int64 = 10
    static let brief: Int64 = 20
    static let broken: Int64 = 100
}
