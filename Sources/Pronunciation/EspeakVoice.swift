/// Which voices of espeak-ng speak a language.
enum EspeakVoice {
    /// Tags whose voice has another name.
    private static let names = [
        "en": "en-us", "zh": "cmn", "cmn-latn": "cmn-latn-pinyin", "zh-latn": "cmn-latn-pinyin", "nan": "cmn-latn-pinyin", "fa-latn": "fa-latn",
        "pt-pt": "pt", "no": "nb", "sr-latn": "sr", "iw": "he",
    ]

    /// Names to try in turn: of the whole tag, then of its parts from the left.
    static func candidates(for language: String) -> [String] {
        let tag = language.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
        var candidates = [language]
        for count in stride(from: tag.count, to: 0, by: -1) {
            let part = tag[..<count].joined(separator: "-")
            if let name = names[part] { candidates.insert(name, at: count == tag.count ? 0 : candidates.count) }
            candidates.append(part)
        }
        return candidates
    }
}
