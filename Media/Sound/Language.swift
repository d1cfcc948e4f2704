/// Language codes of media files: ISO 639-1, ISO 639-2 in both its forms, and BCP 47 tags built on them.
public enum Language {
    /// Whether two codes name the same language: `en`, `eng` and `en-GB` do. Empty and `und` name none.
    public static func same(_ a: String, _ b: String) -> Bool {
        let (a, b) = (canonical(a), canonical(b))
        return !a.isEmpty && a != "und" && a == b
    }

    /// The three-letter terminological code where it is known, else the primary subtag in lower case.
    public static func canonical(_ code: String) -> String {
        let primary = code.lowercased().prefix { $0 != "-" && $0 != "_" }
        return table[String(primary)] ?? String(primary)
    }

    /// From the two-letter and the bibliographic codes of ISO 639-2 to the terminological ones, for the languages
    /// that films and their subtitles come in.
    private static let table: [String: String] = {
        let rows = """
            ar ara,bg bul,bn ben,bs bos,ca cat,cs ces,cze ces,cy cym,wel cym,da dan,de deu,ger deu,el ell,gre ell,\
            en eng,es spa,et est,eu eus,baq eus,fa fas,per fas,fi fin,fr fra,fre fra,ga gle,gl glg,he heb,iw heb,\
            hi hin,hr hrv,hu hun,hy hye,arm hye,id ind,is isl,ice isl,it ita,ja jpn,ka kat,geo kat,kk kaz,ko kor,\
            lt lit,lv lav,mk mkd,mac mkd,ml mal,mn mon,mr mar,ms msa,may msa,my mya,bur mya,nb nob,nl nld,dut nld,\
            nn nno,no nor,pa pan,pl pol,pt por,ro ron,rum ron,ru rus,si sin,sk slk,slo slk,sl slv,sq sqi,alb sqi,\
            sr srp,sv swe,sw swa,ta tam,te tel,th tha,tl tgl,fil tgl,tr tur,uk ukr,ur urd,vi vie,zh zho,chi zho
            """
        let pairs = rows.split(separator: ",").map { $0.split(separator: " ").map(String.init) }
        return Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }()
}
