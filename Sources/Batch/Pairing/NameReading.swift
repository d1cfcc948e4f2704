/// What a file's name and folders say about the work it belongs to.
struct NameReading {
    let file: InputFile
    /// The stem without language and marks, in comparable form.
    let stemKey: String
    /// The stem as a whole, in comparable form.
    let fullStemKey: String
    let subtitle: SubtitleStem
    /// Folders above the file in comparable form, without those that only say "subtitles" or a language.
    let folders: [String]
    /// Words of the title, without numbers, release year, filler words and noise. Empty for "S01E02.srt".
    let title: [String]
    /// Numbers of the title in ascending order, Roman ones too: what tells a sequel from its forerunner.
    let numbers: [Int]
    /// The last number that can be a release year and is not the first word.
    let year: Int?
    let episode: EpisodeNumber?
    /// Every word of the stem: editions and release groups break ties.
    let allWords: Set<String>

    /// - Parameter isSubtitle: whether to look for a language at the end of the name.
    init(_ file: InputFile, isSubtitle: Bool) {
        self.file = file
        let stem = FilePath.stem(file.path)
        let whole = SubtitleStem(stem)
        subtitle = isSubtitle && !whole.work.isEmpty ? whole : SubtitleStem(work: stem)
        fullStemKey = Self.key(NameWord.words(in: stem)[...])
        let words = NameWord.words(in: Self.withoutGroup(subtitle.work))
        stemKey = Self.key(NameWord.words(in: subtitle.work)[...])
        let folderWords = FilePath.folder(file.relativePath).split(separator: "/").map {
            NameWord.words(in: String($0))
        }
        folders = folderWords.filter { !Self.isAside($0) }.map { Self.key($0[...]) }
        allWords = Set(words.map(\.text))

        let parsed = Self.parse(words, folders: folderWords.filter { !Self.isAside($0) })
        (title, numbers, year, episode) = (parsed.title, parsed.numbers, parsed.year, parsed.episode)
    }

    static func key(_ words: ArraySlice<NameWord>) -> String { words.map(\.text).joined(separator: " ") }

    /// `[Group] Title` is `Title`.
    private static func withoutGroup(_ stem: String) -> String {
        guard stem.hasPrefix("["), let close = stem.firstIndex(of: "]") else { return stem }
        let rest = stem[stem.index(after: close)...]
        return rest.contains(where: \.isLetter) ? String(rest) : stem
    }

    /// Folders that tell nothing about the work.
    private static func isAside(_ words: [NameWord]) -> Bool {
        words.allSatisfy { asides.contains($0.text) || LanguageName.tag($0.text) != nil }
    }

    private static let asides: Set<String> = [
        "sub", "subs", "subtitle", "subtitles", "srt", "vtt", "ass", "captions", "video", "videos", "media", "cc",
    ]

    private typealias Parsed = (title: [String], numbers: [Int], year: Int?, episode: EpisodeNumber?)

    private static func parse(_ words: [NameWord], folders: [[NameWord]]) -> Parsed {
        let season = folders.lazy.compactMap(EpisodeNumber.season(ofFolder:)).first
        var titleWords = ReleaseNoise.title(of: words)
        var episode: EpisodeNumber?
        if let (number, range) = EpisodeNumber.find(in: words) {
            episode = number
            titleWords = ReleaseNoise.title(of: Array(words[..<range.lowerBound]))
        } else if let season, let number = words.first?.number {
            episode = EpisodeNumber(season: season, episodes: [number])
            titleWords = []
        }
        if episode?.season == nil, let season { episode?.season = season }
        if titleWords.isEmpty, episode != nil,
            let above = folders.last(where: { EpisodeNumber.season(ofFolder: $0) == nil })
        {
            titleWords = ReleaseNoise.title(of: above)
        }
        let title = TitleWords(titleWords)
        return (title.words, title.numbers, title.year, episode)
    }
}

extension SubtitleStem {
    /// A stem that says nothing but the work.
    fileprivate init(work: String) { (self.work, language, marks) = (work, nil, []) }
}

/// A title parted into words, numbers and the release year.
private struct TitleWords {
    var words: [String] = []
    var numbers: [Int] = []
    var year: Int?

    private static let fillers: Set<String> = ["the", "a", "an", "and", "of"]
    private static let roman = ["ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9]
    private static let counted = ["one": 1, "two": 2, "three": 3, "four": 4, "five": 5]

    init(_ title: ArraySlice<NameWord>) {
        for (index, word) in title.enumerated() {
            if let number = word.number ?? Self.numeral(word, at: index, in: title) {
                numbers.append(number)
                // Later than any film so far, and the first word of a name is the title: 1917, 2012.
                if index > 0, (1900...2040).contains(number) { year = number }
            } else {
                words.append(word.text)
            }
        }
        numbers.sort()
        let kept = words.filter { !Self.fillers.contains($0) }
        words = kept.isEmpty ? words : kept
    }

    /// A Roman numeral that is not the first word, or a number in words after "part".
    private static func numeral(_ word: NameWord, at index: Int, in title: ArraySlice<NameWord>) -> Int? {
        guard index > 0 else { return nil }
        let previous = title[title.startIndex + index - 1].text
        return roman[word.text] ?? (["part", "volume", "vol", "chapter"].contains(previous) ? counted[word.text] : nil)
    }
}
