import Agreement
import Formats
import Glibc
import Testing

/// The cases of one file of the shared quality data; none when the data is not beside the repository.
func qualityCases(_ name: String) throws -> [JSONValue] {
    guard let data = try qualityFile(name) else { return [] }
    return try #require(data["cases"]?.array)
}

/// One file of the shared quality data; nil when it is not there.
func qualityFile(_ name: String) throws -> JSONValue? {
    guard let folder = sharedQuality, access("\(folder)/\(name)", R_OK) == 0 else { return nil }
    let file = try #require(fopen("\(folder)/\(name)", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = Array(repeating: UInt8(0), count: 1 << 16)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    var log = DiagnosticLog(file: name)
    return try JSONReader.read(bytes, log: &log)
}

/// The folder of shared quality data beside the repository; nil when it is not there.
let sharedQuality: String? = {
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = getenv("SLATE_SHARED_DATA").map { String(cString: $0) } ?? "/\(here)/../shared/data"
    return access("\(folder)/quality", R_OK) == 0 ? "\(folder)/quality" : nil
}()

extension JSONValue {
    subscript(index: Int) -> JSONValue? { array.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
    var doubles: [Double] { array?.compactMap(\.double) ?? [] }
    var integers: [Int] { array?.compactMap { $0.integer.map(Int.init) } ?? [] }
    var isNull: Bool { if case .null = self { true } else { false } }
}

/// Compares a figure with a number of the data, null standing for undefined.
func check(
    _ figure: Figure, _ expected: JSONValue?, tolerance: Double = 1e-9, _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let what = what()
    guard let expected else { Issue.record("\(what): no expected value", sourceLocation: sourceLocation); return }
    switch figure {
    case .undefined(let reason): #expect(expected.isNull, "\(what): undefined, \(reason)", sourceLocation: sourceLocation)
    case .value(let value): check(value, expected.double, tolerance: tolerance, what, sourceLocation: sourceLocation)
    }
}

/// Compares a number with one of the data.
func check(
    _ value: Double, _ expected: Double?, tolerance: Double = 1e-9, _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let expected else { Issue.record("\(what()): no expected value", sourceLocation: sourceLocation); return }
    #expect(abs(value - expected) <= tolerance, "\(what()): \(value), expected \(expected)", sourceLocation: sourceLocation)
}
