import Timeline

/// The errors of one recording, or of many together.
public struct TurnScore: Hashable, Sendable {
    /// Sums of time, in ticks; two speakers at once count twice.
    public struct Times: Hashable, Sendable {
        /// Speech of the reference.
        public internal(set) var total: Int64 = 0
        public internal(set) var correct: Int64 = 0
        public internal(set) var missed: Int64 = 0
        public internal(set) var falseAlarm: Int64 = 0
        public internal(set) var confusion: Int64 = 0

        public init() {}

        public var errors: Int64 { missed + falseAlarm + confusion }
    }

    public internal(set) var times = Times()
    /// Whether anybody speaks, however many: `total`, `missed` and `falseAlarm`, `correct`.
    public internal(set) var detection = Times()
    /// The sum of the Jaccard error rates of the reference's speakers, and how many there are.
    public internal(set) var jaccard = Mean()
    /// Time of each cluster's greatest speaker, and of all clusters; the same of each speaker's greatest cluster.
    public internal(set) var purity = Share(), coverage = Share()

    public struct Mean: Hashable, Sendable {
        public internal(set) var sum = 0.0, speakers = 0
        public init() {}
    }

    /// How far a cluster holds one speaker only, and a speaker lies in one cluster only.
    public internal(set) var homogeneity = ClusterEntropy(), completeness = ClusterEntropy()
    public internal(set) var segmentation = SegmentationScore()
    public internal(set) var utterances = UtteranceScore()

    public struct Share: Hashable, Sendable {
        public internal(set) var part: Int64 = 0, whole: Int64 = 0
        public init() {}
        /// 1 of nothing, as pyannote.metrics has it.
        public var value: Double { whole > 0 ? Double(part) / Double(whole) : 1 }
    }

    public init() {}

    /// (missed + false alarm + confusion) / total (NIST Rich Transcription 2009, section 6). Without speech in the reference nil, but 0 where the
    /// hypothesis has none either.
    public var diarizationErrorRate: Double? { Self.rate(times.errors, times.total) }
    /// (missed + false alarm) / total, of speech without regard to who speaks.
    public var detectionErrorRate: Double? { Self.rate(detection.missed + detection.falseAlarm, detection.total) }
    /// The mean over the reference's speakers of 1 − |own ∩ mapped| / |own ∪ mapped| (Ryant et al., DIHARD II evaluation plan, 2019); nil without speakers.
    public var jaccardErrorRate: Double? { jaccard.speakers > 0 ? jaccard.sum / Double(jaccard.speakers) : nil }

    /// The conversational diarization error rate; nil without utterances.
    public var utteranceErrorRate: Double? { utterances.total > 0 ? Double(utterances.missed) / Double(utterances.total) : nil }

    private static func rate(_ errors: Int64, _ total: Int64) -> Double? {
        total > 0 ? Double(errors) / Double(total) : errors == 0 ? 0 : nil
    }

    /// Adds the errors of another recording.
    public static func += (total: inout TurnScore, score: TurnScore) {
        total.times += score.times
        total.detection += score.detection
        total.jaccard.sum += score.jaccard.sum
        total.jaccard.speakers += score.jaccard.speakers
        total.purity += score.purity
        total.coverage += score.coverage
        total.homogeneity += score.homogeneity
        total.completeness += score.completeness
        total.segmentation += score.segmentation
        total.utterances += score.utterances
    }
}

extension TurnScore.Times {
    public static func += (total: inout Self, times: Self) {
        total.total += times.total
        total.correct += times.correct
        total.missed += times.missed
        total.falseAlarm += times.falseAlarm
        total.confusion += times.confusion
    }
}

extension TurnScore.Share {
    static func += (total: inout Self, share: Self) {
        total.part += share.part
        total.whole += share.whole
    }
}

/// The errors of one speaker of the reference.
public struct SpeakerScore: Hashable, Sendable {
    public let speaker: String
    /// The hypothesis' name for him; nil where it has none.
    public let mapped: String?
    /// Ticks of his speech, of it that is given to the name, and of the name's time that is not his.
    public let total, correct, falseAlarm: Int64
    /// 1 − |own ∩ mapped| / |own ∪ mapped|.
    public let jaccardErrorRate: Double
}
