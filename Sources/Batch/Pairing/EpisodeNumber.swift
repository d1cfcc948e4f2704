/// Where an episode stands in its series, as a file name says it.
struct EpisodeNumber: Hashable {
    /// Nil when the name gives no season.
    var season: Int?
    /// One number, or each of a double episode, in ascending order.
    let episodes: [Int]

    /// The first episode number in a row of words, and the words that spell it.
    ///
    /// Reads S01E02, S01E02E03, S1.E2, 1x02, "Season 1 Episode 2", E02, Ep 2 and the same words in a few languages.
    static func find(in words: [NameWord]) -> (number: EpisodeNumber, range: Range<Int>)? {
        for start in words.indices {
            if let (number, count) = read(words[start...]) { return (number, start..<start + count) }
        }
        return nil
    }

    /// The season that a folder is named after: "Season 1", "S01", "Staffel 2".
    static func season(ofFolder words: [NameWord]) -> Int? {
        let runs = words.flatMap(\.runs)
        guard runs.count == 2, case .letters(let word) = runs[0], case .number(let season) = runs[1] else { return nil }
        return word == "s" || seasonWords.contains(word) ? season : nil
    }

    static let seasonWords: Set<String> = ["season", "series", "saison", "staffel", "temporada", "stagione", "seizoen"]
    static let episodeWords: Set<String> = [
        "episode", "ep", "e", "eps", "folge", "episodio", "capitulo", "cap", "aflevering", "odcinek", "avsnitt",
    ]

    private static func read(_ words: ArraySlice<NameWord>) -> (EpisodeNumber, Int)? {
        guard let first = words.first else { return nil }
        return crossed(first.runs).map { ($0, 1) } ?? spelled(words)
    }

    /// `1x02`
    private static func crossed(_ runs: [NameWord.Run]) -> EpisodeNumber? {
        guard runs.count == 3, case .number(let season) = runs[0], runs[1] == .letters("x"),
            case .number(let episode) = runs[2],
            season < 100, episode < 1000
        else { return nil }
        return EpisodeNumber(season: season, episodes: [episode])
    }

    /// Season and episode marks with their numbers, in one word or in up to four.
    private static func spelled(_ words: ArraySlice<NameWord>) -> (EpisodeNumber, Int)? {
        var (season, episodes, used): (Int?, [Int], Int) = (nil, [], 0)
        var mark: String?
        scan: for (count, word) in words.prefix(6).enumerated() {
            for run in word.runs {
                switch (run, mark) {
                case (.letters(let text), nil) where isMark(text): mark = text
                case (.number(let value), let text?):
                    if episodeWords.contains(text) {
                        episodes.append(value)
                    } else if season == nil {
                        season = value
                    } else {
                        break scan
                    }
                    mark = nil
                default: break scan
                }
            }
            if mark == nil { used = count + 1 }
        }
        guard !episodes.isEmpty, episodes.allSatisfy({ $0 < 10_000 }) else { return nil }
        return (EpisodeNumber(season: season, episodes: Set(episodes).sorted()), used)
    }

    private static func isMark(_ text: String) -> Bool {
        text == "s" || seasonWords.contains(text) || episodeWords.contains(text)
    }
}
