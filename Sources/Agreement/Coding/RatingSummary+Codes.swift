extension RatingSummary {
    /// The summary of a table of codes, item after item with one code per annotator. A code outside `0 ..< categories`
    /// stands for no rating.
    public init(codes: [UInt8], annotators: Int, categories: Int) { self.init(any: codes, annotators, categories) }
    /// As ``init(codes:annotators:categories:)`` with codes of two bytes.
    public init(codes: [UInt16], annotators: Int, categories: Int) { self.init(any: codes, annotators, categories) }
    /// As ``init(codes:annotators:categories:)`` with codes of four bytes; negative codes stand for no rating.
    public init(codes: [Int32], annotators: Int, categories: Int) { self.init(any: codes, annotators, categories) }

    private init<Code: FixedWidthInteger>(any codes: [Code], _ annotators: Int, _ categories: Int) {
        precondition(annotators > 0 && codes.count % annotators == 0, "ratings are rows of one code per annotator")
        self.init(categories: categories)
        if let patterns = Self.patternCount(annotators, categories) {
            addPatterns(codes, annotators, patterns)
        } else if annotators <= Self.fewAnnotators { addPairs(codes, annotators) } else { addTallies(codes, annotators) }
    }

    /// Up to this many annotators, walking the pairs of an item costs less than tallying its categories.
    private static let fewAnnotators = 8

    /// Up to this many different rows, rows are counted whole and their pairs once.
    private static let patternLimit = 1 << 14

    /// How many different rows there can be, a rating that is missing as one more category; nil beyond the limit.
    private static func patternCount(_ annotators: Int, _ categories: Int) -> Int? {
        var count = 1
        for _ in 0..<annotators {
            count *= categories + 1
            if count > patternLimit { return nil }
        }
        return count
    }

    private mutating func addPatterns<Code: FixedWidthInteger>(_ codes: [Code], _ annotators: Int, _ patterns: Int) {
        var histogram = Array(repeating: 0, count: patterns)
        Self.count(codes.span, annotators, categories, into: &histogram)
        for (pattern, times) in histogram.enumerated() where times > 0 {
            var (rest, row) = (pattern, [Int32]())
            for _ in 0..<annotators {
                if rest % (categories + 1) < categories { row.append(Int32(rest % (categories + 1))) }
                rest /= categories + 1
            }
            add(codes: row, times: times)
        }
    }

    private static func count<Code: FixedWidthInteger>(
        _ codes: Span<Code>, _ annotators: Int, _ categories: Int, into histogram: inout [Int]
    ) {
        var histogram = histogram.mutableSpan
        var start = 0
        while start < codes.count {
            var pattern = 0
            for index in start..<start &+ annotators {
                let code = UInt(truncatingIfNeeded: codes[index])
                pattern = pattern &* (categories &+ 1) &+ (code < UInt(categories) ? Int(code) : categories)
            }
            histogram[pattern] &+= 1
            start &+= annotators
        }
    }

    private mutating func addPairs<Code: FixedWidthInteger>(_ codes: [Code], _ annotators: Int) {
        var sums = (0...annotators).map { $0 == 0 ? nil : Level(categories: categories) }
        var present = Array(repeating: 0, count: annotators)
        let codes = codes.span
        var start = 0
        while start < codes.count {
            var ratings = 0
            for index in start..<start + annotators {
                let code = Int(truncatingIfNeeded: codes[index])
                if code >= 0 && code < categories { present[ratings] = code; ratings += 1 }
            }
            start += annotators
            guard ratings > 0 else { continue }
            sums[ratings]!.items += 1
            for a in 0..<ratings {
                sums[ratings]!.counts[present[a]] += 1
                for b in 0..<a {
                    sums[ratings]!.pairs.add(1, row: min(present[a], present[b]), column: max(present[a], present[b]))
                }
            }
        }
        levels = sums.dropFirst().map { $0!.items > 0 ? $0 : nil }
        while levels.last == .some(nil) { levels.removeLast() }
    }

    private mutating func addTallies<Code: FixedWidthInteger>(_ codes: [Code], _ annotators: Int) {
        var tally = Array(repeating: 0, count: categories)
        var used: [Int] = []
        for start in stride(from: 0, to: codes.count, by: annotators) {
            for index in start..<start + annotators {
                let code = Int(truncatingIfNeeded: codes[index])
                guard code >= 0 && code < categories else { continue }
                if tally[code] == 0 { used.append(code) }
                tally[code] += 1
            }
            addTally(tally, used.sorted())
            for code in used { tally[code] = 0 }
            used.removeAll(keepingCapacity: true)
        }
    }

    private mutating func addTally(_ tally: [Int], _ used: [Int]) {
        let ratings = used.reduce(0) { $0 + tally[$1] }
        guard ratings > 0 else { return }
        edit(ratings: ratings) { level in
            level.items += 1
            for (place, a) in used.enumerated() {
                level.counts[a] += tally[a]
                if tally[a] > 1 { level.pairs.add(tally[a] * (tally[a] - 1) / 2, row: a, column: a) }
                for b in used[(place + 1)...] { level.pairs.add(tally[a] * tally[b], row: a, column: b) }
            }
        }
    }
}
