import Formats
import Glibc
import Quality
import Timeline

/// The folder of shared test data, where it is there.
let sharedData: String? = {
    if let stated = getenv("SLATE_SHARED_DATA") { return String(cString: stated) }
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(here)/../shared/data"
    return access(path, R_OK) == 0 ? path : nil
}()

/// The turns of each recording of a file.
func turns(at path: String) throws -> [String: SpeakerTurns] {
    let corpus = try LabelFormat(named: "rttm")!.read(LabelInput(path: path)).corpus
    return Dictionary(uniqueKeysWithValues: corpus.documents.map { ($0.media.name, SpeakerTurns($0)) })
}
