import Glibc

/// Measures `slate align` and its peers on the same films in one interleaved run.
@main
enum AlignBenchmark {
    static func main() {
        do {
            let report = try run(Arguments(Array(CommandLine.arguments.dropFirst())))
            print(report.text, terminator: "")
            if !report.wrong.isEmpty { exit(1) }
        } catch {
            note("\(error)")
            exit(2)
        }
    }

    private static func run(_ arguments: Arguments) throws -> Report {
        let programs = try programs(arguments)
        let maker = try FilmMaker(folder: arguments.cache)
        let films = try arguments.minutes.flatMap { minutes in
            note("film of \(minutes) min")
            let film = try maker.film(minutes: minutes)
            return [film, try maker.mp4(of: film)]
        }
        let subjects = Subject.allCases.filter { $0 != .ffsubsync || programs.ffsubsync != nil }
        // What stores the sound changes nothing for the peer, which has FFmpeg decode it.
        var runs = films.map { film in
            subjects.filter { $0 != .ffsubsync || film.container == .matroska }.map { Measurement(subject: $0, film: film) }
        }
        // Repeat by repeat, so that what else the machine does falls on all alike.
        for turn in 1...arguments.repeats {
            for (place, film) in films.enumerated() {
                note("turn \(turn) of \(arguments.repeats): \(film.minutes) min, \(film.container.rawValue)")
                for index in runs[place].indices { try runs[place][index].repeatOnce(film, programs: programs) }
            }
        }
        return Report(measurements: runs.flatMap { $0 }, minutes: arguments.minutes)
    }

    private static func programs(_ arguments: Arguments) throws -> Programs {
        guard let slate = ChildProcess.find(arguments.slate) else {
            throw BenchmarkError("\(arguments.slate): not found; build it or name it with --slate")
        }
        let ffsubsync = ChildProcess.find(arguments.ffsubsync)
        if ffsubsync == nil { note("\(arguments.ffsubsync): not found, left out; name it with --ffsubsync") }
        return Programs(slate: slate, ffsubsync: ffsubsync)
    }

    private static func note(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
