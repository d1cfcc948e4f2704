import Testing

@testable import Batch

private func file(_ path: String) -> InputFile { InputFile(path: path, relativePath: path) }

private func pair(_ media: [String], _ subtitles: [String]) -> PairingResult {
    NamePairing(media: media.map(file)).pair(subtitles.map(file))
}

/// One medium against one subtitle file.
private func basis(_ media: String, _ subtitles: String) -> PairBasis? { pair([media], [subtitles]).pairs.first?.basis }

@Suite struct NamePairingTests {
    @Test(arguments: [
        ("Film.mkv", "Film.srt", PairBasis.name),
        ("film.MKV", "Film.SRT", .name),
        ("Amélie (2001).mkv", "Amelie.2001.srt", .name),
        ("Film.2019.mkv", "Film.2019.en.srt", .language),
        ("Film.2019.mkv", "Film.2019.eng.forced.srt", .language),
        ("Film_2019.mkv", "Film_2019_pt-BR.vtt", .language),
        ("Film.mkv", "Film [English] (SDH).ass", .language),
        ("Film.mkv", "Film.en.hi.srt", .language),
        ("Show S01E02.mkv", "Show - 1x02 - Pilot.srt", .title),
        ("Show.S01E02.1080p.WEB-DL.x264-GRP.mkv", "show s1.e2.en.srt", .title),
        ("Show/Season 1/Episode 02.mkv", "Show.S01E02.srt", .title),
        ("Show/Season 1/02 - Pilot.mkv", "Show 1x02.srt", .title),
        ("Show/Staffel 1/Folge 2.mkv", "Show S01E02.de.srt", .title),
        ("Show.S01E02E03.mkv", "Show s01 e02-e03.srt", .title),
        ("Show S01E02.mkv", "Show 102.srt", .title),
        ("Show S01E02.mkv", "Show E02.srt", .title),
        ("[Group] Long Show - 05 [1080p][ABCD1234].mkv", "Long Show - 05.en.ass", .title),
        ("The.Office.US.S03E04.mkv", "The Office 3x04.srt", .title),
        ("Film.2019.1080p.BluRay.x264.DTS-GRP.mkv", "Film (2019).en.srt", .title),
        ("Spider-Man.2002.720p.BrRip.mkv", "Spiderman 2002.srt", .title),
        ("Rocky.II.1979.mkv", "Rocky 2.srt", .title),
        ("Blade.Runner.2049.2017.2160p.mkv", "Blade Runner 2049.srt", .title),
        ("Wonder.Woman.1984.2020.mkv", "Wonder Woman 1984.srt", .title),
        ("1917.2019.1080p.BluRay.mkv", "1917.srt", .title),
        ("Harry Potter and the Goblet of Fire (2005).mkv", "harry.potter.goblet.fire.srt", .title),
        ("Film.2019.1080p-GRP.mkv", "Subs/Film.2019.1080p-GRP/2_English.srt", .folder),
        ("電影 第1集.mkv", "電影 第1集.zh-Hans.srt", .language),
    ])
    func `names of one work are paired`(media: String, subtitles: String, expected: PairBasis) {
        #expect(basis(media, subtitles) == expected, "\(media) and \(subtitles)")
    }

    @Test(arguments: [
        ("Toy.Story.2.1999.mkv", "Toy Story.srt"),
        ("Toy.Story.mkv", "Toy.Story.3.srt"),
        ("Alien.Resurrection.1997.mkv", "Alien.srt"),
        ("Aliens.1986.mkv", "Alien.1979.srt"),
        ("Aliens.mkv", "Alien.srt"),
        ("King.Kong.1933.mkv", "King Kong 2005.srt"),
        ("Blade.Runner.1982.mkv", "Blade Runner 2049.srt"),
        ("Show S01E02.mkv", "Show S01E03.srt"),
        ("Show S01E02.mkv", "Show S02E02.srt"),
        ("Star Trek Discovery S01E02.mkv", "Star Trek Picard S01E02.srt"),
        ("Star.Trek.Discovery.S01E02.mkv", "Star.Trek.S01E02.srt"),
        ("Show S01E02.mkv", "Other S01E02.srt"),
        ("Show S01E02E03.mkv", "Show S01E02.srt"),
        ("Harry Potter and the Deathly Hallows Part 1.mkv", "Harry Potter and the Deathly Hallows Part 2.srt"),
        ("Harry Potter and the Deathly Hallows Part One.mkv", "Harry Potter and the Deathly Hallows Part Two.srt"),
        ("Rocky II.mkv", "Rocky III.srt"),
        ("The Office US S01E02.mkv", "The Office UK S01E02.srt"),
        ("Lecture 2015 alpha.mp4", "Lecture 2015 beta.srt"),
        ("Film 1080p.mkv", "Film 2.srt"),
    ])
    func `names of different works are left apart`(media: String, subtitles: String) {
        let result = pair([media], [subtitles])
        #expect(result.pairs.isEmpty, "\(media) and \(subtitles)")
        #expect(result.unpairedMedia.count == 1 && result.unpairedSubtitles.count == 1)
    }

    @Test func `one medium takes subtitles in several languages`() {
        let result = pair(["Film.mkv"], ["Film.de.srt", "Film.en.srt", "Film.pt-BR.srt", "Film.srt"])
        #expect(result.pairs.map(\.language) == ["de", "en", "pt-BR", nil])
        #expect(result.unpairedMedia.isEmpty)
    }

    @Test func `a title that ends in a word like a language is kept when the media has it too`() {
        #expect(pair(["Call Me No.mkv"], ["Call.Me.No.srt"]).pairs.first?.language == nil)
    }

    @Test func `two shows with one episode number keep to their folders`() {
        let result = pair(["A/S01E02.mkv", "B/S01E02.mkv"], ["A/S01E02.srt", "B/Subs/S01E02.en.srt"])
        #expect(result.pairs.map(\.media.path) == ["A/S01E02.mkv", "B/S01E02.mkv"])
        #expect(result.conflicts.isEmpty)
    }

    @Test func `two shows with one episode number and subtitles of neither are a conflict`() {
        let result = pair(["Alpha S01E02.mkv", "Beta S01E02.mkv"], ["S01E02.srt"])
        #expect(result.pairs.isEmpty)
        #expect(result.conflicts.map { $0.candidates.map(\.path) } == [["Alpha S01E02.mkv", "Beta S01E02.mkv"]])
    }

    @Test func `two remakes and subtitles without a year are a conflict`() {
        let result = pair(["King.Kong.1933.mkv", "King.Kong.2005.mkv"], ["King Kong.srt"])
        #expect(result.pairs.isEmpty && result.conflicts.count == 1)
    }

    @Test func `a film and its sequel keep their own subtitles`() {
        let result = pair(
            ["Toy.Story.1995.720p.mkv", "Toy.Story.2.1999.720p.mkv"], ["toy story 2.srt", "toy story.srt"])
        #expect(result.pairs.map(\.media.path) == ["Toy.Story.2.1999.720p.mkv", "Toy.Story.1995.720p.mkv"])
    }

    @Test func `one stem in two containers is a conflict`() {
        #expect(pair(["Film.mkv", "Film.mp4"], ["Film.srt"]).conflicts.count == 1)
    }

    @Test func `two editions are told apart by the words of the release`() {
        let media = ["Film.2019.Theatrical.1080p.BluRay.x264-AAA.mkv", "Film.2019.1080p.WEB-DL.DD5.1-BBB.mkv"]
        let result = pair(media, ["Film.2019.1080p.WEB-DL.H264-BBB.srt"])
        #expect(result.pairs.map(\.media.path) == [media[1]])
    }

    @Test func `five thousand episodes are paired each with its own`() {
        let names = (0..<5000).map { "Show \($0 / 500) S\($0 / 20 % 25 + 1)E\($0 % 20 + 1)" }
        let result = pair(names.map { $0 + ".1080p.mkv" }, names.map { $0.replacing(" ", with: ".") + ".en.srt" })
        #expect(result.pairs.count == 5000)
        #expect(
            result.pairs.allSatisfy {
                $0.subtitles.path.hasPrefix($0.media.path.replacing(" ", with: ".").dropLast(10))
            })
    }
}

@Suite struct SubtitleStemTests {
    @Test(
        arguments: [
            ("Film.en", "Film", "en", []), ("Film.eng.forced", "Film", "en", ["forced"]),
            ("Film_pt-BR", "Film", "pt-BR", []), ("Film.pt_BR", "Film", "pt-BR", []),
            ("Film.zh-Hans", "Film", "zh-Hans", []), ("Film.es-419.sdh", "Film", "es-419", ["sdh"]),
            ("Film.hi", "Film", "hi", []), ("Film.en.hi", "Film", "en", ["hi"]), ("Film (German)", "Film", "de", []),
            ("Film - English [CC]", "Film", "en", ["cc"]), ("Film", "Film", nil, []), ("en", "en", nil, []),
        ] as [(String, String, String?, [String])])
    func `the end of a stem names language and marks`(stem: String, work: String, language: String?, marks: [String]) {
        let read = SubtitleStem(stem)
        #expect(read.work == work && read.language == language && read.marks == marks, "\(read)")
    }
}

@Suite struct ContentPairingTests {
    @Test func `clear scores are assigned`() {
        #expect(ContentPairing().assign([[0.99, 0.1, 0.2], [0.1, 0.2, 0.97]]) == [0, 2])
    }

    @Test func `a row whose two best are close abstains`() {
        #expect(ContentPairing().assign([[0.95, 0.93]]) == [nil])
    }

    @Test func `a row without a good score abstains`() {
        #expect(ContentPairing().assign([[0.6, 0.1]]) == [nil])
    }

    @Test func `a medium that is taken stops being a rival when each may be used once`() {
        let pairing = ContentPairing(minimum: 0.5, margin: 0.2, allowsSeveralPerMedium: false)
        #expect(pairing.assign([[0.9, 0.75], [0.1, 0.99]]) == [0, 1])
        #expect(ContentPairing(minimum: 0.5, margin: 0.2).assign([[0.9, 0.75], [0.1, 0.99]]) == [nil, 1])
    }

    @Test func `files are scored and what is left is named`() async throws {
        let (media, subtitles) = ([file("a.mkv"), file("b.mkv")], [file("x.en.srt"), file("y.srt")])
        let result = try await ContentPairing().pair(media: media, subtitles: subtitles, jobs: 2) { medium, text in
            medium.path == "b.mkv" && text.path == "x.en.srt" ? 0.98 : nil
        }
        #expect(result.pairs == [MediaPair(media: media[1], subtitles: subtitles[0], language: "en", basis: .content)])
        #expect(result.unpairedMedia == [media[0]] && result.unpairedSubtitles == [subtitles[1]])
    }
}
