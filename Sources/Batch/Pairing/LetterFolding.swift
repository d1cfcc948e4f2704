/// Letters reduced to the ones they are typed for: lowercase, without accents, ligatures and typographic forms taken apart.
///
/// That is compatibility decomposition (Unicode Standard Annex 15, NFKD) without the combining marks U+0300 to U+036F,
/// for Latin, Greek and Cyrillic letters, full-width ASCII, and the Roman numerals, superscripts and circled numbers of
/// titles. All else stays as it is; Swift's strings compare it by canonical equivalence anyway.
enum LetterFolding {
    static func folded(_ text: String) -> String.UnicodeScalarView {
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.value {
            case 0..<0x80: folded.append(scalar)
            case 0x300...0x36F: break
            case 0xFF01...0xFF5E: folded.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default:
                // A character finds its canonical equivalents too: the Kelvin sign is a k.
                if let plain = table[Character(scalar)] { folded.append(contentsOf: plain) } else { folded.append(scalar) }
            }
        }
        return folded
    }

    /// By character, what stands for it.
    private static let table: [Character: String.UnicodeScalarView] = {
        var table: [Character: String.UnicodeScalarView] = [:]
        for group in groups.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let parts = group.split(separator: " ")
            for character in parts[1] { table[character] = String(parts[0]).unicodeScalars }
        }
        return table
    }()

    /// The plain form, then the letters that have it.
    private static let groups = """
        0 ⁰₀|1 ¹₁①|10 ⑩|11 ⑪|12 ⑫|13 ⑬|14 ⑭|15 ⑮|16 ⑯|17 ⑰|18 ⑱|19 ⑲|2 ²₂②|20 ⑳|3 ³₃③|4 ⁴₄④|5 ⁵₅⑤|6 ⁶₆⑥
        7 ⁷₇⑦|8 ⁸₈⑧|9 ⁹₉⑨|a ªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ|aʾ ẚ|b ḃḅḇ|c çćĉċčḉⅽ|d ďḋḍḏḑḓⅾ|dz ǆǳ
        e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ|f ḟ|ff ﬀ|fi ﬁ|fl ﬂ|ffi ﬃ|ffl ﬄ|g ĝğġģǧǵḡ|h ĥȟḣḥḧḩḫẖ|i ìíîïĩīĭįǐȉȋḭḯỉịⅰ
        ii ⅱ|ij ĳ|iv ⅳ|ix ⅸ|iii ⅲ|j ĵǰ|k ķǩḱḳḵ|l ĺļľḷḹḻḽⅼ|lj ǉ|m ḿṁṃⅿ|n ñńņňǹṅṇṉṋ|nj ǌ
        o ºòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ|p ṕṗ|r ŕŗřȑȓṙṛṝṟ|s śŝşšſșṡṣṥṧṩẛ|st ﬅﬆ|t ţťțṫṭṯṱẗ
        u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự|v ṽṿⅴ|vi ⅵ|vii ⅶ|viii ⅷ|w ŵẁẃẅẇẉẘ|x ẋẍⅹ|xi ⅺ|xii ⅻ|y ýÿŷȳẏẙỳỵỷỹ
        z źżžẑẓẕ|æ ǣǽ|ø ǿ|ʒ ǯ|ʼn ŉ|α άἀἁἂἃἄἅἆἇὰᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ|β ϐ|ε έϵἐἑἒἓἔἕὲ|η ήἠἡἢἣἤἥἦἧὴᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ|θ ϑ
        ι ΐίϊἰἱἲἳἴἵἶἷὶῐῑῒῖῗ|κ ϰ|μ µ|ο όὀὁὂὃὄὅὸ|π ϖ|ρ ϱῤῥ|ς ϲ|υ ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺῠῡῢῦῧ|φ ϕ
        ω ώὠὡὢὣὤὥὦὧὼᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ|а ӑӓ|г ѓ|е ѐёӗ|ж ӂӝ|з ӟ|и йѝӣӥ|к ќ|о ӧ|у ўӯӱӳ|ч ӵ|ы ӹ|э ӭ|і ї|ѵ ѷ|ә ӛ|ө ӫ
        """
}
