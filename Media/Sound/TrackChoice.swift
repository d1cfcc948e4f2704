import CFFmpeg

/// Which sound track of a file to read.
public enum TrackChoice: Hashable, Sendable {
    /// The track marked as default, else the first that is no commentary, else the first.
    case main
    /// The stream with this index in the file, as `slate probe` numbers them.
    case stream(Int)
    /// The first track in a language, by its code in the file (`eng`) or its two-letter form (`en`).
    case language(String)
}

extension MediaFile {
    /// The index of the chosen sound stream.
    func soundStream(_ choice: TrackChoice) throws(MediaError) -> Int {
        let tracks = (0..<streamCount).filter { kind($0) == AVMEDIA_TYPE_AUDIO }
        guard let first = tracks.first else { throw failure(.noSound) }
        switch choice {
        case .main:
            let spoken = tracks.filter {
                disposition($0) & (AV_DISPOSITION_COMMENT | AV_DISPOSITION_VISUAL_IMPAIRED) == 0
            }
            return spoken.first { disposition($0) & AV_DISPOSITION_DEFAULT != 0 } ?? spoken.first ?? first
        case .stream(let index):
            guard tracks.contains(index) else { throw noSuchTrack("\(index)", tracks) }
            return index
        case .language(let code):
            guard let index = tracks.first(where: { Language.same(language($0), code) }) else {
                throw noSuchTrack(code, tracks)
            }
            return index
        }
    }

    private func disposition(_ index: Int) -> Int32 { stream(index).pointee.disposition }

    /// The language code that the container states; empty when it states none.
    func language(_ index: Int) -> String { tags(stream(index).pointee.metadata)["language"] ?? "" }

    private func noSuchTrack(_ wanted: String, _ tracks: [Int]) -> MediaError {
        let available = tracks.map { index in
            let language = language(index)
            return language.isEmpty ? "\(index)" : "\(index) (\(language))"
        }
        return failure(.noSuchTrack(wanted, available: available))
    }
}

/// The entries of an FFmpeg dictionary, with invalid UTF-8 repaired.
func tags(_ dictionary: OpaquePointer?) -> [String: String] {
    var found: [String: String] = [:]
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while let next = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX), found.count < 256 {
        found[String(cString: next.pointee.key).lowercased()] = String(cString: next.pointee.value)
        entry = next
    }
    return found
}
