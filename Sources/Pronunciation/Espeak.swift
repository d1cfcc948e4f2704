#if canImport(Glibc)
    import Glibc
#endif

/// Pronunciations by espeak-ng, in more than a hundred languages.
///
///     let said = try Espeak.shared.pronounce(["Chapter", "21"], language: "en")
///
/// The library has one state for the whole process: one text at a time, whichever thread asks. That state moves on with every text, so
/// the same text a second time sounds slightly otherwise and may be a sample longer; a new process begins as every other.
public final class Espeak: @unchecked Sendable {
    public static let shared = Espeak()

    private var lock = pthread_mutex_t()
    private var loaded: Result<(library: EspeakLibrary, sampleRate: Int), PronunciationError>?
    private var voice = ""

    private init() { pthread_mutex_init(&lock, nil) }

    /// Marks in a symbol that part no sounds: stress, syllables, pauses, boundaries.
    private static let marks: Set<Unicode.Scalar> = ["'", "|", ",", "_", ";"]

    /// How a voice says some tokens of a text one after the other.
    ///
    /// - Parameters:
    ///   - tokens: without spaces in them.
    ///   - language: a BCP 47 tag, or a voice of espeak-ng.
    /// - Throws: ``PronunciationError`` when espeak-ng is not installed or does not speak the language.
    public func pronounce(_ tokens: [String], language: String) throws(PronunciationError) -> PronouncedText {
        pthread_mutex_lock(&lock)
        defer { pthread_mutex_unlock(&lock) }
        let (library, sampleRate) = try library()
        if language != voice { try choose(language, library) }
        collected = Collection()
        let text = tokens.joined(separator: " ") + "\0"
        let status = text.utf8.withContiguousStorageIfAvailable { bytes in
            // UTF-8, with a pause at the end.
            library.synthesize(bytes.baseAddress!, bytes.count, 0, 1, 0, 1 | 0x1000, nil, nil)
        }
        guard status == 0, library.synchronize() == 0 else { throw PronunciationError("espeak-ng cannot say '\(tokens.joined(separator: " ").prefix(60))'") }
        return Self.text(collected, tokens, sampleRate)
    }

    // MARK: Library

    private func library() throws(PronunciationError) -> (library: EspeakLibrary, sampleRate: Int) {
        if let loaded { return try loaded.get() }
        let result: Result<(library: EspeakLibrary, sampleRate: Int), PronunciationError>
        do throws(PronunciationError) { result = .success(try Self.load()) } catch { result = .failure(error) }
        loaded = result
        return try result.get()
    }

    private static func load() throws(PronunciationError) -> (library: EspeakLibrary, sampleRate: Int) {
        let library = try EspeakLibrary()
        // Sound to the callback; events for phones; no exit() where its data is missing.
        let rate = library.initialize(2, 0, nil, 1 | 0x8000)
        guard rate > 0 else { throw PronunciationError("espeak-ng does not find its data; on Debian: apt install espeak-ng-data") }
        library.setCallback { samples, count, events in
            collected.take(samples, Int(count), events)
            return 0
        }
        return (library, Int(rate))
    }

    private func choose(_ language: String, _ library: EspeakLibrary) throws(PronunciationError) {
        let names = EspeakVoice.candidates(for: language)
        guard names.contains(where: { library.setVoice($0) == 0 }) else {
            throw PronunciationError("espeak-ng speaks no '\(language)'; `espeak-ng --voices` lists what it speaks")
        }
        voice = language
    }

    // MARK: Events

    fileprivate struct Collection {
        var samples: [Int16] = []
        var events: [EspeakLibrary.Event] = []

        mutating func take(_ sound: UnsafeMutablePointer<Int16>?, _ count: Int, _ list: UnsafeMutableRawPointer?) {
            if let sound, count > 0 { samples.append(contentsOf: UnsafeBufferPointer(start: sound, count: count)) }
            guard var address = list.map(UnsafeRawPointer.init) else { return }
            while case let event = EspeakLibrary.Event(address), event.kind != .end {
                if event.kind != .other { events.append(event) }
                address += EspeakLibrary.Event.size
            }
        }
    }

    private static func text(_ collected: Collection, _ tokens: [String], _ sampleRate: Int) -> PronouncedText {
        var words: [PronouncedWord] = []
        let starts = tokens.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.unicodeScalars.count + 1) }.dropLast()
        var (token, isNew) = (0, true)
        let phones = collected.events
        for (index, event) in phones.enumerated() {
            guard event.kind == .phone else {
                token = max(token, (starts.lastIndex { $0 <= event.textPosition } ?? 0))
                isNew = true
                continue
            }
            let symbol = String(String.UnicodeScalarView(event.symbol.unicodeScalars.filter { !marks.contains($0) }))
            let end = phones[(index + 1)...].first { $0.kind == .phone }?.sample ?? collected.samples.count
            let start = max(0, min(event.sample, collected.samples.count - 1))
            guard symbol.contains(where: { $0 != ":" }), symbol.first != "(", !collected.samples.isEmpty else { continue }
            let range = start..<max(start + 1, min(end, collected.samples.count))
            if isNew { words.append(PronouncedWord(token: token, phones: [])) }
            isNew = false
            words[words.count - 1].phones.append(PronouncedPhone(symbol: symbol, range: range))
        }
        words = parted(words, tokens)
        return PronouncedText(words: words, samples: collected.samples.map { Float($0) / 32768 }, sampleRate: sampleRate)
    }
}

extension Espeak {
    /// Some neighbours are said as one word, as "of the": their phones are shared out by their letters.
    static func parted(_ words: [PronouncedWord], _ tokens: [String]) -> [PronouncedWord] {
        let spoken = Set(words.map(\.token))
        return words.enumerated().flatMap { index, word in
            let isLast = index + 1 == words.count || words[index + 1].token != word.token
            var group = [word.token]
            if isLast {
                let silent = tokens[(word.token + 1)...].indices.prefix { !spoken.contains($0) }
                group += silent.filter { tokens[$0].contains { $0.isLetter || $0.isNumber } }
            }
            return group.count > 1 && word.phones.count >= group.count ? shared(word, among: group, tokens) : [word]
        }
    }

    private static func shared(_ word: PronouncedWord, among group: [Int], _ tokens: [String]) -> [PronouncedWord] {
        let letters = group.map { token in max(1, tokens[token].count { $0.isLetter || $0.isNumber }) }
        let (all, phones) = (letters.reduce(0, +), word.phones.count)
        var (result, first, seen) = ([PronouncedWord](), 0, 0)
        for (index, token) in group.enumerated() {
            seen += letters[index]
            let left = group.count - index - 1
            let end = min(phones - left, max(first + 1, (phones * seen + all / 2) / all))
            result.append(PronouncedWord(token: token, phones: Array(word.phones[first..<end])))
            first = end
        }
        return result
    }
}

/// What the library's callback gets, which carries no context of ours; under the lock of ``Espeak``.
private nonisolated(unsafe) var collected = Espeak.Collection()
