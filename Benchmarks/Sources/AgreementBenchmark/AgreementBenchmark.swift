import Agreement
import Glibc

/// Computes one measure of the data in a file, so many times, and prints CPU seconds and the value as one JSON object.
///
///     AgreementBenchmark alpha ratings.bin 5
///
/// `kappa` and `alpha` read bytes (two rows one behind the other; three columns), `gamma` lines of annotator, start, end, category.
@main
struct AgreementBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let repeats = Int(arguments[3]), repeats > 0, let task = task(arguments[1], bytes(arguments[2])) else {
            print("usage: AgreementBenchmark kappa|alpha|alpha-ordinal|gamma FILE REPEATS")
            exit(64)
        }
        var (times, value) = ([Double](), Figure.undefined(.noRatings))
        for _ in 0..<repeats {
            let start = seconds()
            value = try task()
            times.append(seconds() - start)
        }
        print("{\"seconds\":\(times),\"value\":\(value.value ?? 0)}")
    }

    private static func task(_ name: String, _ bytes: [UInt8]) -> (() throws -> Figure)? {
        switch name {
        case "kappa":
            let half = bytes.count / 2
            let (first, second) = (Array(bytes[..<half]), Array(bytes[half...]))
            return { ContingencyTable(first: first, second: second, categories: 5).cohenKappa }
        case "alpha": return { RatingSummary(codes: bytes, annotators: 3, categories: 5).alpha(.nominal) }
        case "alpha-ordinal": return { RatingSummary(codes: bytes, annotators: 3, categories: 5).alpha(.ordinal) }
        case "gamma":
            let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: ",").compactMap { Int64($0) } }
            let units = rows.map { AnnotatedUnit(annotator: Int($0[0]), start: $0[1], end: $0[2], category: Int($0[3])) }
            let continuum = Continuum(
                units, annotators: (units.map(\.annotator).max() ?? 0) + 1, categories: (units.map(\.category).max() ?? 0) + 1)
            let options = Gamma.Options(dissimilarity: GammaDissimilarity(alpha: 3), sampling: .statistical, seed: 1)
            return { try Gamma(continuum, options).value }
        default: return nil
        }
    }

    private static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, block) = ([UInt8](), Array(repeating: UInt8(0), count: 1 << 20))
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return bytes
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
