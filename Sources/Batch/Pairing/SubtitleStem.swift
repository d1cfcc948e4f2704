/// A subtitle file's stem cut into the name of the work and what is said about the subtitles.
///
///     Film.2019.en.forced     Film.2019   en      forced
///     Film_pt-BR              Film        pt-BR
///     Film [English] (SDH)    Film        en      sdh
struct SubtitleStem: Hashable {
    /// The stem without language and marks; never empty unless the stem was nothing else.
    let work: String
    /// BCP 47; nil when the name says none.
    let language: String?
    /// `forced`, `sdh` and the like, lowercased, in the order of the name.
    let marks: [String]

    private static let known: Set<String> = [
        "cc", "closed", "commentary", "default", "dialog", "dubtitle", "forced", "foreign", "full", "hi", "lyrics",
        "sdh",
        "signs", "songs", "stripped",
    ]
    private static let separators: Set<Character> = [".", "_", "-", " "]
    private static let brackets: [Character: Character] = [")": "(", "]": "[", "}": "{"]

    init(_ stem: String) {
        var rest = Substring(stem)
        var (language, marks): (String?, [String]) = (nil, [])
        while language == nil, let tail = Self.tail(of: rest) {
            if let region = Self.regional(tail) {
                (language, rest) = (region.tag, region.before)
            } else if Self.known.contains(tail.word.lowercased()), !(tail.word == "hi" && Self.isLanguageAlone(tail)) {
                marks.append(tail.word.lowercased())
                rest = tail.before
            } else if let tag = LanguageName.tag(tail.word) {
                (language, rest) = (tag, tail.before)
            } else {
                break
            }
        }
        work = String(rest)
        self.language = language
        self.marks = marks.reversed()
    }

    private typealias Tail = (before: Substring, word: String, separator: Character)

    /// The last word and what stands before it; nil where there is only one word.
    private static func tail(of stem: Substring) -> Tail? {
        var stem = stem
        while let last = stem.last, separators.contains(last) { stem.removeLast() }
        if let last = stem.last, let open = brackets[last] {
            guard let start = stem.lastIndex(of: open) else { return nil }
            let word = stem[stem.index(after: start)...].dropLast()
            return (trimmed(stem[..<start]), String(word), open)
        }
        guard let cut = stem.lastIndex(where: separators.contains) else { return nil }
        return (trimmed(stem[..<cut]), String(stem[stem.index(after: cut)...]), stem[cut])
    }

    private static func trimmed(_ stem: Substring) -> Substring {
        var stem = stem
        while let last = stem.last, separators.contains(last) { stem.removeLast() }
        return stem
    }

    /// `pt-BR`, also inside brackets or written `pt_BR`.
    private static func regional(_ tail: Tail) -> (before: Substring, tag: String)? {
        if let cut = tail.word.firstIndex(where: { $0 == "-" || $0 == "_" }) {
            let (word, region) = (String(tail.word[..<cut]), String(tail.word[tail.word.index(after: cut)...]))
            return LanguageName.tag(word, region: region).map { (tail.before, $0) }
        }
        guard tail.separator == "-" || tail.separator == "_", let inner = Self.tail(of: tail.before) else { return nil }
        return LanguageName.tag(inner.word, region: tail.word).map { (inner.before, $0) }
    }

    /// `hi` is Hindi unless another language stands before it, where it marks subtitles for the hard of hearing.
    private static func isLanguageAlone(_ tail: Tail) -> Bool {
        guard let before = Self.tail(of: tail.before) else { return true }
        return LanguageName.tag(before.word) == nil
    }
}
