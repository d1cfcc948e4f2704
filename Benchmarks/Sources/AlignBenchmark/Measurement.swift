import Glibc

/// What repeated runs of one subject on one film used, and how right the result was.
struct Measurement {
    let subject: Subject
    let minutes: Int
    let container: Film.Container
    private(set) var cpu: [Double] = []
    private(set) var peak: [Double] = []
    /// Largest distance of a cue from where it belongs, in milliseconds, over all runs; nil for what aligns nothing.
    private(set) var worstError: Int?

    init(subject: Subject, film: Film) { (self.subject, minutes, container) = (subject, film.minutes, film.container) }

    mutating func repeatOnce(_ film: Film, programs: Programs) throws {
        let output = "\(film.folder)/output.srt"
        unlink(output)
        let command = subject.command(film, output: output, programs: programs)
        let usage = try ChildProcess.run(command)
        guard usage.exitStatus == 0 else {
            throw BenchmarkError("exit status \(usage.exitStatus) from: \(command.joined(separator: " "))")
        }
        cpu.append(usage.cpu)
        peak.append(usage.peak)
        if subject.aligns { worstError = max(worstError ?? 0, try Self.worstError(of: output, film)) }
    }

    private static func worstError(of output: String, _ film: Film) throws -> Int {
        let found = try SubRipTime.starts(inFile: output), truth = try SubRipTime.starts(inFile: film.truth)
        guard found.count == truth.count else {
            throw BenchmarkError("\(output): \(found.count) cues, where the film has \(truth.count)")
        }
        return zip(found, truth).map { abs($0 - $1) }.max() ?? 0
    }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        return isEmpty ? 0 : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
