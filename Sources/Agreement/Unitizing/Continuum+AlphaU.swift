/// The disagreement of annotators about the units of one category.
public struct UnitDisagreement: Hashable, Sendable {
    public let observed, expected: Double

    /// 1 − D_o / D_e. Undefined when nobody used the category or no other placement disagrees.
    public var alpha: Figure { Figure.quotient(observed, expected, else: .noExpectedDisagreement).map { 1 - $0 } }
}

extension Continuum {
    /// Krippendorff's alpha for unitizing, alpha_U: 1 − Σ D_o / Σ D_e over categories. 1 is agreement throughout, 0 what chance
    /// gives.
    ///
    /// Each annotator's units of a category and the gaps between them cover the extent of length L. Two units that intersect
    /// differ by the squares of the distances of their starts and of their ends; a unit inside a gap by the square of its length;
    /// two gaps, or sections that do not meet so, by 0.
    ///
    ///     D_o = 2 Σ differences over all pairs of annotators / (m (m − 1) L²)
    ///     D_e = (2/L) Σ_units [ (N − 1)/3 (2l³ − 3l² + l) + l² Σ_gaps≥l (gap − l + 1) ] / (mL (mL − 1) − Σ l (l − 1))
    ///
    /// The expectation places units on ticks, so it depends on the tick; use the unit in which the annotators worked.
    ///
    /// Source: Krippendorff 1995 (doi 10.2307/271061); *Content Analysis*, 2nd ed. 2004, section 11.6. Undefined for fewer than
    /// two annotators, without units, when no other placement disagrees, and when units of one annotator and category overlap.
    ///
    /// - Parameter extent: the stretch that was annotated; units are cut to it.
    /// - Complexity: O(units · log units) per category, plus the pairs of annotators.
    public func alphaU(extent: Range<Int64>) -> Figure {
        switch unitDisagreements(extent: extent) {
        case .failure(let reason): return .undefined(reason)
        case .success(let categories):
            let (observed, expected) = (categories.reduce(0) { $0 + $1.observed }, categories.reduce(0) { $0 + $1.expected })
            return Figure.quotient(observed, expected, else: .noExpectedDisagreement).map { 1 - $0 }
        }
    }

    /// D_o and D_e of each category, or why they do not exist.
    public func unitDisagreements(extent: Range<Int64>) -> Result<[UnitDisagreement], Undefined> {
        guard annotators > 1 else { return .failure(.tooFewAnnotators) }
        guard !extent.isEmpty, units.contains(where: { !$0.isEmpty }) else { return .failure(.noUnits) }
        let unitsByCategory = units.map { row in
            var lists = Array(repeating: [AnnotatedUnit](), count: categories)
            for unit in row { lists[unit.category].append(unit) }
            return lists
        }
        var result: [UnitDisagreement] = []
        for category in 0..<categories {
            var sections: [[UnitSection]] = []
            for lists in unitsByCategory {
                guard let list = UnitSection.cover(extent, lists[category]) else { return .failure(.overlappingUnits) }
                sections.append(list)
            }
            result.append(UnitDisagreement(
                observed: UnitSection.observed(sections, Double(extent.count)), expected: UnitSection.expected(sections, Double(extent.count))))
        }
        return .success(result)
    }
}

/// A unit or a gap between units of one annotator and category.
private struct UnitSection {
    let start, end: Int64
    let isUnit: Bool

    var length: Double { Double(end) - Double(start) }

    /// Alternating gaps and units; nil when units overlap.
    static func cover(_ extent: Range<Int64>, _ units: [AnnotatedUnit]) -> [UnitSection]? {
        var (sections, time) = ([UnitSection](), extent.lowerBound)
        for unit in units {
            let range = (unit.start..<unit.end).clamped(to: extent)
            if range.isEmpty { continue }
            guard range.lowerBound >= time else { return nil }
            if range.lowerBound > time { sections.append(UnitSection(start: time, end: range.lowerBound, isUnit: false)) }
            sections.append(UnitSection(start: range.lowerBound, end: range.upperBound, isUnit: true))
            time = range.upperBound
        }
        if time < extent.upperBound { sections.append(UnitSection(start: time, end: extent.upperBound, isUnit: false)) }
        return sections
    }

    /// The difference of two sections that meet.
    private static func difference(_ a: UnitSection, _ b: UnitSection) -> Double {
        switch (a.isUnit, b.isUnit) {
        case (true, true): square(Double(a.start) - Double(b.start)) + square(Double(a.end) - Double(b.end))
        case (true, false): b.start <= a.start && a.end <= b.end ? square(a.length) : 0
        case (false, true): a.start <= b.start && b.end <= a.end ? square(b.length) : 0
        case (false, false): 0
        }
    }

    static func observed(_ sections: [[UnitSection]], _ length: Double) -> Double {
        var sum = 0.0
        for first in sections.indices {
            for second in 0..<first { sum += difference(sections[first], sections[second]) }
        }
        let m = Double(sections.count)
        return 2 * sum / (m * (m - 1) * length * length)
    }

    private static func difference(_ a: [UnitSection], _ b: [UnitSection]) -> Double {
        var (i, j, sum) = (0, 0, 0.0)
        while i < a.count && j < b.count {
            sum += difference(a[i], b[j])
            let end = min(a[i].end, b[j].end)
            if b[j].end == end { j += 1 }
            if a[i].end == end { i += 1 }
        }
        return sum
    }

    static func expected(_ sections: [[UnitSection]], _ length: Double) -> Double {
        let all = sections.joined()
        let units = all.filter(\.isUnit).map(\.length)
        let gaps = all.filter { !$0.isUnit }.map(\.length).sorted(by: >)
        // Σ (gap − l + 1) over the gaps of at least l, by the sum of the longest gaps.
        var (sums, sum) = ([0.0], 0.0)
        for gap in gaps { sum += gap; sums.append(sum) }
        var (total, used) = (0.0, 0.0)
        for l in units {
            var (low, high) = (0, gaps.count)
            while low < high {
                let middle = (low + high) / 2
                if gaps[middle] >= l { low = middle + 1 } else { high = middle }
            }
            total += (Double(units.count) - 1) / 3 * (2 * l * l * l - 3 * l * l + l) + l * l * (sums[low] - Double(low) * (l - 1))
            used += l * (l - 1)
        }
        let places = Double(sections.count) * length
        let pairs = places * (places - 1) - used
        return pairs == 0 ? 0 : 2 / length * total / pairs
    }
}
