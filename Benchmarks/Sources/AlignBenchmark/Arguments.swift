/// What was asked for on the command line.
struct Arguments {
    var minutes = [10, 45, 180]
    var repeats = 5
    var slate = ".build/release/slate"
    var ffsubsync = "ffsubsync"
    var cache = "Benchmarks/.build/films"

    static let usage = """
        usage: AlignBenchmark [--minutes 10,45,180] [--repeats 5] [--slate PATH] [--ffsubsync PATH] [--cache FOLDER]

        Run from the root of the repository; see Benchmarks/README.md.
        """

    init(_ words: [String]) throws {
        var words = words[...]
        while let option = words.popFirst() {
            guard let value = words.popFirst() else { throw BenchmarkError(Self.usage) }
            try set(option, value)
        }
    }

    private mutating func set(_ option: String, _ value: String) throws {
        switch option {
        case "--minutes": minutes = try value.split(separator: ",").map { try Self.count(String($0)) }
        case "--repeats": repeats = try Self.count(value)
        case "--slate": slate = value
        case "--ffsubsync": ffsubsync = value
        case "--cache": cache = value
        default: throw BenchmarkError(Self.usage)
        }
    }

    private static func count(_ text: String) throws -> Int {
        guard let number = Int(text), (1...600).contains(number) else {
            throw BenchmarkError("\(text): expected a number from 1 to 600")
        }
        return number
    }
}
