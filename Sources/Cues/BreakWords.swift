/// Where a text is better not broken: short closed lists of words by language. Words that are in no list are parted freely.
///
/// Netflix, General Requirements, Line Treatment: break after punctuation, before conjunctions and prepositions; never part an
/// article from its noun, a first from a last name, a subject pronoun or an auxiliary from its verb.
enum BreakWords {
    /// The primary subtag of a BCP 47 tag, in lower case.
    static func primary(_ tag: String) -> String { String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased() }

    /// How well a text breaks behind a word.
    enum Strength: Hashable, Sendable { case sentence, clause, phrase, none, forbidden }

    static func strength(after word: String, before next: String, language: String) -> Strength {
        let primary = primary(language)
        let (bare, mark) = split(word)
        if let mark, sentenceMarks.contains(mark), !isTitle(word) { return .sentence }
        if let mark, clauseMarks.contains(mark) { return .clause }
        let holding = holding[primary] ?? []
        if holding.contains(bare) || isTitle(word) { return .forbidden }
        let (follower, _) = split(next)
        if (opening[primary] ?? []).contains(follower) { return .phrase }
        // Two capitals in a row are a name; German writes every noun with one.
        if primary != "de", isName(word), isName(next), !holding.contains(follower) { return .forbidden }
        return .none
    }

    /// The word in lower case without marks around it, and the punctuation it ends with.
    private static func split(_ word: String) -> (bare: String, mark: Unicode.Scalar?) {
        var scalars = word.unicodeScalars[...]
        while let last = scalars.last, closing.contains(last) { scalars.removeLast() }
        let mark = scalars.last.flatMap { sentenceMarks.contains($0) || clauseMarks.contains($0) ? $0 : nil }
        while let last = scalars.last, !isLetter(last) { scalars.removeLast() }
        while let first = scalars.first, !isLetter(first) { scalars.removeFirst() }
        return (String(scalars).lowercased(), mark)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "'" }

    private static func isName(_ word: String) -> Bool {
        let scalars = word.unicodeScalars
        guard let first = scalars.first, first.properties.isUppercase, let second = scalars.dropFirst().first else { return false }
        return second.properties.isLowercase
    }

    private static func isTitle(_ word: String) -> Bool { titles.contains(word.lowercased()) }

    private static let sentenceMarks: Set<Unicode.Scalar> = [".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔"]
    private static let clauseMarks: Set<Unicode.Scalar> = [",", ";", ":", "–", "—", "、", "，", "；", "：", "،", "؛"]
    private static let closing: Set<Unicode.Scalar> = ["\"", "'", ")", "]", "”", "’", "»", "」", "』", "）"]
    private static let titles: Set<String> = ["mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "mr", "mrs", "ms", "dr", "prof"]

    private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    /// Articles, determiners, prepositions, conjunctions, subject pronouns and auxiliaries: they hold on to what follows.
    private static let holding: [String: Set<String>] = [
        "en": words(
            """
            a an the my your his her its our their this that these those some any no every each i you he she it we they who i'm i've i'll i'd you're \
            he's she's it's we're they're is are was were be been am do does did have has had will would shall should can could may might must not to \
            of in on at by for with from into onto about over under after before between through and or but nor so if because than as when while very
            """),
        "de": words(
            """
            der die das den dem des ein eine einen einem einer eines kein keine mein meine dein seine ihre unser ich du er sie es wir ihr man ist sind \
            war waren hat haben wird werden kann muss soll nicht in im an am auf aus bei mit nach von vom zu zum zur für über unter und oder aber weil wenn dass als
            """),
        "fr": words(
            """
            le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre votre leur je tu il elle on nous vous ils elles ne \
            est sont a ont avait était à en dans par pour sur sous avec sans chez et ou mais donc car que qui si comme très
            """),
        "es": words(
            """
            el la los las un una unos unas mi tu su sus este esta estos estas ese esa yo tú él ella nosotros ellos no es son era ha han había de del a al en \
            con por para sin sobre entre y e o u pero que si como porque muy se lo le
            """),
        "it": words(
            """
            il lo la i gli le un uno una mio mia tuo suo sua nostro questo questa quel quella io tu lui lei noi voi loro non è sono era ha hanno aveva di del \
            della dei a al alla da dal in nel nella con su sul per tra fra e o ma che se come perché molto si
            """),
        "pt": words(
            """
            o a os as um uma uns umas meu minha seu sua este esta esse essa eu tu ele ela nós eles não é são era há tem tinha de do da dos das em no na nos \
            nas com por para sem sobre entre e ou mas que se como porque muito ao à
            """),
        "nl": words(
            """
            de het een mijn jouw zijn haar ons onze hun deze dit die dat ik jij je hij zij ze wij we is was waren heeft hebben had zal kan moet niet van in op \
            aan bij met voor naar uit over onder tot en of maar want als omdat dan om te
            """),
    ]

    /// Conjunctions and prepositions: a line may well begin with them.
    private static let opening: [String: Set<String>] = [
        "en": words("and or but nor so yet if because that which who when while where although though than as of in on at by for with from into about over under after before between through to"),
        "de": words("und oder aber denn weil wenn dass ob als in im an am auf aus bei mit nach von vom zu zum zur für über unter die der das"),
        "fr": words("et ou mais donc car que qui si comme quand où à de du en dans par pour sur sous avec sans chez"),
        "es": words("y e o u pero que si como porque cuando donde a de del en con por para sin sobre entre"),
        "it": words("e o ma che se come perché quando dove a di da in con su per tra fra"),
        "pt": words("e ou mas que se como porque quando onde a de do da em no na com por para sem sobre entre"),
        "nl": words("en of maar want als omdat dat die toen waar van in op aan bij met voor naar uit over onder tot om"),
    ]
}
