/// What brought a subtitle file and a media file together.
public enum PairBasis: String, Sendable, Codable {
    /// The user named the two, in a manifest or as the only two files.
    case given
    /// One stem.
    case name
    /// One stem, but for a language at the end of the subtitles' name.
    case language
    /// The subtitles lie in a folder named after the media.
    case folder
    /// The same title and the same season and episode, or the same title and numbers.
    case title
    /// The sound fits the subtitles.
    case content
}

/// Subtitles and the media they are to be put on time against.
public struct MediaPair: Hashable, Sendable, Codable {
    public let media, subtitles: InputFile
    /// BCP 47; nil when nothing says it.
    public let language: String?
    public let basis: PairBasis

    public init(media: InputFile, subtitles: InputFile, language: String?, basis: PairBasis) {
        (self.media, self.subtitles, self.language, self.basis) = (media, subtitles, language, basis)
    }
}

/// Subtitles that fit several media files alike.
public struct PairingConflict: Hashable, Sendable, Codable {
    public let subtitles: InputFile
    /// At least two, in input order.
    public let candidates: [InputFile]
}

/// Pairs found, and what is left for a person or for ``ContentPairing``.
public struct PairingResult: Hashable, Sendable {
    /// In the order of the subtitles.
    public var pairs: [MediaPair] = []
    public var conflicts: [PairingConflict] = []
    /// Media that no subtitles were found for.
    public var unpairedMedia: [InputFile] = []
    /// Subtitles that no media was found for.
    public var unpairedSubtitles: [InputFile] = []

    public init() {}
}

/// Pairs subtitles with media by their names, and never guesses: two candidates that fit alike are a conflict.
///
/// A medium may have any number of subtitle files. In order of strength: the same stem; the same stem but for a
/// language; a folder named after the media; the same title with the same episode and numbers. Of several candidates
/// one in the same folder wins, then one that shares more of the release's words.
///
///     Show.S01E02.1080p.WEB.mkv    Show - 1x02 - Pilot.en.srt    title
///     Film.2019.mkv                Film.2019.pt-BR.srt           language
///     Film 2.mkv                   Film 3.srt                    no pair
///
/// - Complexity: O(*n*) for names that differ; files that share a title are compared with each other.
public struct NamePairing: Sendable {
    private let media: [NameReading]
    private let byStem: [String: [Int]]
    private let byEpisode: [Int: [Int]]
    private let byWord: [String: [Int]]
    private let withoutEpisode: [String: [Int]]

    public init(media: [InputFile]) {
        let readings = media.map { NameReading($0, isSubtitle: false) }
        self.media = readings
        byStem = Dictionary(grouping: readings.indices) { readings[$0].fullStemKey }
        byEpisode = Self.index(readings) { $0.episode?.episodes.prefix(1) ?? [] }
        byWord = Self.index(readings) { [$0.title.joined()] + $0.title }
        withoutEpisode = Self.index(readings) { $0.episode == nil ? [$0.title.joined()] : [] }
    }

    private static func index<Key>(_ readings: [NameReading], keys: (NameReading) -> some Sequence<Key>) -> [Key: [Int]]
    {
        var index: [Key: [Int]] = [:]
        for (position, reading) in readings.enumerated() {
            for key in Set(keys(reading)) { index[key, default: []].append(position) }
        }
        return index
    }

    public func pair(_ subtitles: [InputFile]) -> PairingResult {
        var result = PairingResult()
        var used: Set<Int> = []
        for file in subtitles {
            let reading = NameReading(file, isSubtitle: true)
            let (found, basis) = candidates(for: reading)
            used.formUnion(found)
            switch found.count {
            case 0: result.unpairedSubtitles.append(file)
            case 1:
                let language = basis == .name ? nil : reading.subtitle.language
                result.pairs.append(
                    MediaPair(media: media[found[0]].file, subtitles: file, language: language, basis: basis))
            default: result.conflicts.append(PairingConflict(subtitles: file, candidates: found.map { media[$0].file }))
            }
        }
        result.unpairedMedia = media.indices.filter { !used.contains($0) }.map { media[$0].file }
        return result
    }

    /// The equally good candidates of the strongest kind that has any.
    private func candidates(for reading: NameReading) -> ([Int], PairBasis) {
        if let same = byStem[reading.fullStemKey] { return (nearest(same, to: reading), .name) }
        if let same = byStem[reading.stemKey] { return (nearest(same, to: reading), .language) }
        if let parent = reading.folders.last, let same = byStem[parent], reading.title.isEmpty || reading.isOnlyLanguage
        {
            return (nearest(same, to: reading), .folder)
        }
        return (alike(reading), .title)
    }

    /// Those in the subtitles' own folder where there are any, else those whose folders agree as far as both go.
    private func nearest(_ found: [Int], to reading: NameReading) -> [Int] {
        guard found.count > 1 else { return found }
        let here = found.filter { media[$0].folders == reading.folders }
        if !here.isEmpty { return here }
        let near = found.filter { Self.endsAlike(media[$0].folders, reading.folders) }
        return near.isEmpty ? found : near
    }

    private static func endsAlike(_ a: [String], _ b: [String]) -> Bool {
        let depth = min(a.count, b.count)
        return depth > 0 && a.suffix(depth) == b.suffix(depth)
    }

    private func alike(_ reading: NameReading) -> [Int] {
        let scored = comparable(to: reading).compactMap { index in
            NameLikeness.score(reading, media[index]).map { (index: index, score: $0) }
        }
        guard let best = scored.map(\.score).max() else { return [] }
        let top = nearest(scored.filter { $0.score > best - 0.04 }.map(\.index), to: reading)
        guard top.count > 1 else { return top }
        let shared = top.map { overlap(media[$0].allWords, reading.allWords) }
        let most = shared.max() ?? 0
        let leaders = zip(top, shared).filter { $0.1 > most - 0.1 }.map(\.0)
        return leaders.count == 1 ? leaders : top
    }

    /// Media worth comparing: with the same episode, or with the title, or sharing its rarer words.
    private func comparable(to reading: NameReading) -> [Int] {
        var found: Set<Int> = []
        if let first = reading.episode?.episodes.first {
            found.formUnion(byEpisode[first] ?? [])
            found.formUnion(withoutEpisode[reading.title.joined()] ?? [])
        } else {
            found.formUnion(byWord[reading.title.joined()] ?? [])
            let lists = reading.title.compactMap { byWord[$0] }.sorted { $0.count < $1.count }
            for list in lists.prefix(3) where list.count <= 1000 { found.formUnion(list) }
        }
        return found.sorted()
    }

    private func overlap(_ a: Set<String>, _ b: Set<String>) -> Double {
        a.isEmpty && b.isEmpty ? 1 : 2 * Double(a.intersection(b).count) / Double(a.count + b.count)
    }
}

extension NameReading {
    /// A name such as `2_English`: nothing but a number and a language.
    fileprivate var isOnlyLanguage: Bool {
        allWords.allSatisfy { word in word.allSatisfy(\.isNumber) || LanguageName.tag(word) != nil }
    }
}
