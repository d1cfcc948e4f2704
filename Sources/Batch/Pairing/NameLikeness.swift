/// How well two names agree that they belong to one work.
enum NameLikeness {
    /// 0...1; nil when something speaks against it: another episode, another number in the title, another title.
    static func score(_ subtitles: NameReading, _ media: NameReading) -> Double? {
        guard
            let title = titleScore(
                subtitles.title, media.title, hasEpisode: subtitles.episode != nil || media.episode != nil)
        else { return nil }
        return numberScore(subtitles, media).map { title * $0 }
    }

    // MARK: Numbers

    private static func numberScore(_ a: NameReading, _ b: NameReading) -> Double? {
        switch (a.episode, b.episode) {
        case (let first?, let second?):
            guard first.episodes == second.episodes, agree(a.numbers, a.year, b.numbers, b.year) else { return nil }
            if first.season == second.season { return 1 }
            return first.season == nil || second.season == nil ? 0.95 : nil
        case (let episode?, nil): return looseScore(episode, of: a, against: b)
        case (nil, let episode?): return looseScore(episode, of: b, against: a)
        case (nil, nil): return agree(a.numbers, a.year, b.numbers, b.year) ? 1 : nil
        }
    }

    /// A spelled-out episode against a bare number: 102 for S01E02, or 2 for it.
    private static func looseScore(_ episode: EpisodeNumber, of a: NameReading, against b: NameReading) -> Double? {
        guard episode.episodes.count == 1, let number = episode.episodes.first else { return nil }
        let compact = episode.season.flatMap { $0 > 0 && number < 100 ? $0 * 100 + number : nil }
        for (value, score) in [(compact, 0.9), (number, 0.85)] {
            guard let value, let index = b.numbers.lastIndex(of: value) else { continue }
            var rest = b.numbers
            rest.remove(at: index)
            let year = value == b.year ? nil : b.year
            if agree(a.numbers, a.year, rest, year) { return score }
        }
        return nil
    }

    /// Equal numbers, or the same but for a release year that one side leaves out.
    private static func agree(_ a: [Int], _ aYear: Int?, _ b: [Int], _ bYear: Int?) -> Bool {
        if a == b { return true }
        let (fewer, more, year) = a.count < b.count ? (a, b, bYear) : (b, a, aYear)
        guard let year, fewer.count + 1 == more.count, let index = more.lastIndex(of: year) else { return false }
        var rest = more
        rest.remove(at: index)
        return rest == fewer
    }

    // MARK: Titles

    private static let countries: Set<String> = ["us", "uk", "au", "nz", "ca", "usa"]

    /// 1 for the same words; a little less for spelling, a country, or a long title with a word or two missing.
    static func titleScore(_ a: [String], _ b: [String], hasEpisode: Bool) -> Double? {
        if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : (hasEpisode ? 0.7 : nil) }
        let (first, second) = (Set(a), Set(b))
        if first == second || a.joined() == b.joined() { return 1 }
        let difference = first.symmetricDifference(second)
        if difference.isSubset(of: countries), difference.isSubset(of: first) || difference.isSubset(of: second) {
            return 0.9
        }
        if isRespelled(a, b) { return 0.9 }
        let common = Double(first.intersection(second).count)
        let dice = 2 * common / Double(first.count + second.count)
        return dice >= 0.8 && min(first.count, second.count) >= 4 ? dice * 0.95 : nil
    }

    /// Titles of three words or more where long words differ by one letter at most.
    private static func isRespelled(_ a: [String], _ b: [String]) -> Bool {
        guard a.count == b.count, a.count >= 3 else { return false }
        return zip(a, b).allSatisfy { $0 == $1 || (min($0.count, $1.count) >= 6 && differsByOne(Array($0), Array($1))) }
    }

    /// One letter replaced, added or missing, or two neighbours swapped.
    private static func differsByOne(_ a: [Character], _ b: [Character]) -> Bool {
        let start = zip(a, b).prefix { $0 == $1 }.count
        let (restA, restB) = (a[start...], b[start...])
        let end = zip(restA.reversed(), restB.reversed()).prefix { $0 == $1 }.count
        let (left, right) = (restA.dropLast(end), restB.dropLast(end))
        return max(left.count, right.count) <= 1
            || (left.count == 2 && right.count == 2 && left.reversed() == Array(right))
    }
}
