import Glibc
import Testing
import Timeline

@testable import Formats

/// The folder of shared test data beside the repository; nil when it is not there.
let sharedData: String? = {
    if let stated = getenv("SLATE_SHARED_DATA") { return String(cString: stated) }
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let data = "/\(here)/../shared/data"
    return access(data, R_OK) == 0 ? data : nil
}()

/// The files under a folder whose names end so, in order of name.
func files(under folder: String, suffix: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        guard !name.hasPrefix(".") else { continue }
        let path = "\(folder)/\(name)"
        if entry.pointee.d_type == UInt8(DT_DIR) { found += files(under: path, suffix: suffix) }
        if name.hasSuffix(suffix) { found.append(path) }
    }
    return found.sorted()
}

/// A subtitle file from text.
func subtitles(_ text: String, name: String = "test") throws -> SubtitleFile {
    try SubtitleFile(Array(text.utf8), name: name)
}

extension SubtitleFile {
    /// The file with every cue moved.
    func shifted(by delta: TimeDelta) -> [UInt8] { retimed(cues.map { $0.segment.shifted(by: delta) }) }
}

/// A format by its name.
func format(_ name: String) throws -> LabelFormat { try #require(LabelFormat(named: name)) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
