import Agreement
import Timeline

/// What the measures of placed labels need of each recording, summed over recordings when they are drawn.
struct SegmentParts {
    private let parts: [RecordingLabels]
    private let options: AgreeOptions
    private let gammas: Lazy<[Result<Gamma, Undefined>]>
    private let matches: Lazy<[[Share]]>
    private let boundaries: Lazy<[[Share]]>
    private let unitDisagreements: Lazy<[Result<(observed: Double, expected: Double), Undefined>]>

    /// Parts of a share for one pair of annotators; not a number where there are too many pairs to match.
    struct Share {
        var top, bottom: Double
    }

    init(_ parts: [RecordingLabels], _ options: AgreeOptions) {
        (self.parts, self.options) = (parts, options)
        let gammaOptions = options.gamma, (overlap, tolerance) = (options.overlap, options.toleranceTicks)
        gammas = Lazy { parts.map { part in Result { () throws(Undefined) in try Gamma(part.continuum, gammaOptions) } } }
        matches = Lazy {
            parts.map { part in
                Self.pairs(part.continuum) { a, b in
                    guard let found = OverlapMatching(segments: a, b, threshold: overlap, sameCategory: true) else { return Share(top: .nan, bottom: .nan) }
                    return Share(top: 2 * Double(found.pairs.count), bottom: Double(found.first + found.second))
                }
            }
        }
        boundaries = Lazy {
            parts.map { part in
                Self.pairs(part.continuum) { a, b in
                    let found = BoundaryMatching(a.flatMap { [$0.start, $0.end] }, b.flatMap { [$0.start, $0.end] }, tolerance: tolerance)
                    return Share(top: 2 * Double(found.matched), bottom: Double(found.first + found.second))
                }
            }
        }
        unitDisagreements = Lazy { parts.map(Self.disagreement) }
    }

    private static func pairs(_ continuum: Continuum, _ share: ([AnnotatedUnit], [AnnotatedUnit]) -> Share) -> [Share] {
        (0..<continuum.annotators).flatMap { second in (0..<second).map { share(continuum.units[$0], continuum.units[second]) } }
    }

    /// D_o and D_e of all categories, with milliseconds as ticks and weighted by the length of the recording.
    private static func disagreement(_ part: RecordingLabels) -> Result<(observed: Double, expected: Double), Undefined> {
        func milliseconds(_ ticks: Int64) -> Int64 { TimeDelta(ticks: ticks).milliseconds }
        let units = part.continuum.units.joined().map {
            AnnotatedUnit(annotator: $0.annotator, start: milliseconds($0.start), end: milliseconds($0.end), category: $0.category)
        }
        let continuum = Continuum(Array(units), annotators: part.continuum.annotators, categories: part.continuum.categories)
        let extent = milliseconds(part.extent.lowerBound)..<milliseconds(part.extent.upperBound)
        return continuum.unitDisagreements(extent: extent).map { categories in
            let length = Double(extent.count)
            return (length * categories.reduce(0) { $0 + $1.observed }, length * categories.reduce(0) { $0 + $1.expected })
        }
    }

    func figure(_ measure: AgreeMeasure, _ times: [Int]) -> Figure? {
        switch measure {
        case .f1: Self.mean(matches.value, times)
        case .boundaryF1: Self.mean(boundaries.value, times)
        case .alphaU: alphaU(times)
        case .gamma: gamma(times) { ($0.alignment.disorder, $0.expectedDisorder) }
        case .gammaCat: gamma(times) { gamma in
            guard let top = gamma.categorialDisorder.value, let bottom = gamma.expectedCategorialDisorder.value else { return nil }
            return (top, bottom)
        }
        default: nil
        }
    }

    /// The mean over pairs of annotators of what they share in all recordings.
    static func mean(_ recordings: [[Share]], _ times: [Int]) -> Figure {
        guard var sums = recordings.first?.map({ _ in Share(top: 0, bottom: 0) }), !sums.isEmpty else { return .undefined(.tooFewAnnotators) }
        for (shares, n) in zip(recordings, times) where n > 0 {
            for (pair, share) in shares.enumerated() {
                sums[pair].top += Double(n) * share.top
                sums[pair].bottom += Double(n) * share.bottom
            }
        }
        if sums.contains(where: \.bottom.isNaN) { return .undefined(.tooManyAlignments) }
        guard sums.allSatisfy({ $0.bottom > 0 }) else { return .undefined(.noUnits) }
        return .value(sums.reduce(0) { $0 + $1.top / $1.bottom } / Double(sums.count))
    }

    private func alphaU(_ times: [Int]) -> Figure {
        var (observed, expected) = (0.0, 0.0)
        for (part, n) in zip(unitDisagreements.value, times) where n > 0 {
            switch part {
            case .success(let sums): (observed, expected) = (observed + Double(n) * sums.observed, expected + Double(n) * sums.expected)
            case .failure(.noUnits): continue
            case .failure(let reason): return .undefined(reason)
            }
        }
        return expected == 0 ? .undefined(.noExpectedDisagreement) : .value(1 - observed / expected)
    }

    /// 1 − Σ disorder / Σ expected disorder over recordings, weighted by their units per annotator.
    private func gamma(_ times: [Int], _ disorders: (Gamma) -> (Double, Double)?) -> Figure {
        var (observed, expected, seen) = (0.0, 0.0, false)
        for (index, n) in times.enumerated() where n > 0 {
            switch gammas.value[index] {
            case .failure(.noUnits): continue
            case .failure(let reason): return .undefined(reason)
            case .success(let gamma):
                guard let (top, bottom) = disorders(gamma) else { continue }
                let weight = Double(n) * Double(parts[index].continuum.count)
                (observed, expected, seen) = (observed + weight * top, expected + weight * bottom, true)
            }
        }
        if !seen { return .undefined(.noUnits) }
        return expected == 0 ? .undefined(.noExpectedDisagreement) : .value(1 - observed / expected)
    }
}

/// A value that is computed when it is first asked for.
final class Lazy<Value> {
    private let make: () -> Value
    private(set) lazy var value = make()

    init(_ make: @escaping () -> Value) { self.make = make }
}

/// Edits between the texts of each pair of annotators, per recording.
struct TextParts {
    private let words, characters: [[SegmentParts.Share]]

    /// - Parameter texts: by recording and annotator, in the order of time.
    init(_ texts: [[[String]]]) {
        let distances = texts.map { annotators in
            let joined = annotators.map { $0.joined(separator: " ") }
            return joined.indices.flatMap { second in
                (0..<second).map { TranscriptDistance(reference: joined[$0], hypothesis: joined[second]) }
            }
        }
        words = distances.map { $0.map { .init(top: 2 * Double($0.wordEdits), bottom: Double($0.referenceWords + $0.hypothesisWords)) } }
        characters = distances.map {
            $0.map { .init(top: 2 * Double($0.characterEdits), bottom: Double($0.referenceCharacters + $0.hypothesisCharacters)) }
        }
    }

    func figure(_ measure: AgreeMeasure, _ times: [Int]) -> Figure? {
        switch measure {
        case .wer: SegmentParts.mean(words, times)
        case .cer: SegmentParts.mean(characters, times)
        default: nil
        }
    }
}
