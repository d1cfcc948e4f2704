/// Language names and codes as they stand in subtitle file names.
enum LanguageName {
    /// The BCP 47 tag that a word stands for: `en`, `eng` and `English` are `en`; `pt-BR` stays. Nil for other words.
    static func tag(_ word: String) -> String? { codes[word.lowercased()] }

    /// A tag with a region or script, such as `pt-BR`, `zh-Hans` or `es-419`; nil when either part is not one.
    static func tag(_ word: String, region: String) -> String? {
        guard word.count <= 3, let language = tag(word) else { return nil }
        let isScript = scripts.contains(region.lowercased())
        let isCountry =
            region.utf8.count == 2 && region.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let isArea =
            region.utf8.count == 3 && region.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isScript { return language + "-" + region.capitalizedFirst }
        return isCountry || isArea ? language + "-" + region : nil
    }

    private static let scripts: Set<String> = ["hans", "hant", "latn", "cyrl", "arab", "deva"]

    /// ISO 639-1 code, then its ISO 639-2 codes and names.
    private static let table = """
        af afr afrikaans|am amh amharic|ar ara arabic|az aze azerbaijani|be bel belarusian|bg bul bulgarian
        bn ben bengali|bs bos bosnian|ca cat catalan|cs cze ces czech|cy wel cym welsh|da dan danish dansk
        de ger deu german deutsch|el gre ell greek|en eng english|eo epo esperanto|es spa spanish espanol español castellano
        et est estonian|eu baq eus basque|fa per fas persian farsi|fi fin finnish suomi|fil filipino tagalog
        fr fre fra french francais français|ga gle irish|gl glg galician|gu guj gujarati|he heb hebrew iw|hi hin hindi
        hr hrv croatian hrvatski|hu hun hungarian magyar|hy arm hye armenian|id ind indonesian|is ice isl icelandic
        it ita italian italiano|ja jpn japanese jp|ka geo kat georgian|kk kaz kazakh|km khm khmer|kn kan kannada
        ko kor korean kr|la lat latin|lo lao|lt lit lithuanian|lv lav latvian|mk mac mkd macedonian|ml mal malayalam
        mn mon mongolian|mr mar marathi|ms may msa malay|my bur mya burmese|nb nob bokmal|ne nep nepali
        nl dut nld dutch nederlands|nn nno nynorsk|no nor norwegian norsk|pa pan punjabi|pl pol polish polski
        pt por portuguese portugues português|ro rum ron romanian|ru rus russian|si sin sinhala|sk slo slk slovak
        sl slv slovenian|so som somali|sq alb sqi albanian|sr srp serbian srpski|sv swe swedish svenska|sw swa swahili
        ta tam tamil|te tel telugu|th tha thai|tr tur turkish turkce türkçe|uk ukr ukrainian|ur urd urdu|uz uzb uzbek
        vi vie vietnamese|yi yid yiddish|yue cantonese|zh chi zho chinese mandarin cn chs cht|zu zul zulu|und
        """

    private static let codes: [String: String] = {
        var codes: [String: String] = [:]
        for group in table.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let words = group.split(separator: " ").map(String.init)
            for word in words { codes[word] = words[0] }
        }
        codes["pob"] = "pt-BR"
        return codes
    }()
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
