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

/// The same numbers in every run (Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
