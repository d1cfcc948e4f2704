/// The tables of one run.
struct Report {
    let measurements: [Measurement]
    let minutes: [Int]

    /// Cues further than this from where they belong are wrong, in milliseconds.
    static let tolerance = 100

    /// Results of Slate that are not right.
    var wrong: [Measurement] {
        measurements.filter { $0.subject.isSlate && $0.worstError.map { $0 > Self.tolerance } ?? true }
    }

    var text: String {
        ([usageTable, ratioTable, memoryTable] + wrong.map { "WRONG: \($0.subject.rawValue), \($0.minutes) min, \($0.container.rawValue): a cue is \($0.worstError ?? 0) ms off" })
            .joined(separator: "\n\n") + "\n"
    }

    private func find(
        _ subject: Subject, _ minutes: Int, _ container: Film.Container = .matroska
    ) -> Measurement? {
        measurements.first { $0.subject == subject && $0.minutes == minutes && $0.container == container }
    }

    private var usageTable: String {
        let rows = measurements.map { run in
            [
                "\(run.minutes)", run.container.rawValue, run.subject.rawValue, number(run.cpu.median, 2), number(run.cpu.min() ?? 0, 2),
                number(run.cpu.max() ?? 0, 2), number(run.peak.median, 1), run.worstError.map { "\($0)" } ?? "",
            ]
        }
        return Table(
            head: ["minutes", "file", "program", "CPU s median", "min", "max", "peak MiB", "worst cue ms"], rows: rows).text
    }

    private var ratioTable: String {
        let rows = minutes.flatMap { minutes in
            [Subject.slate, .thorough].map { subject in
                [
                    "\(minutes)", subject.rawValue, ratio(subject, .ffmpeg, minutes), ratio(subject, .ffsubsync, minutes),
                ]
            }
        }
        return Table(head: ["minutes", "CPU of", "/ ffmpeg", "/ ffsubsync"], rows: rows).text
    }

    private func ratio(_ subject: Subject, _ other: Subject, _ minutes: Int) -> String {
        guard let one = find(subject, minutes), let two = find(other, minutes), two.cpu.median > 0 else { return "" }
        return number(one.cpu.median / two.cpu.median, 3)
    }

    private var memoryTable: String {
        let first = minutes.min() ?? 0, last = minutes.max() ?? 0
        let rows = Film.Container.allCases.flatMap { container in
            Subject.allCases.compactMap { subject -> [String]? in
                guard let short = find(subject, first, container), let long = find(subject, last, container) else { return nil }
                let (from, to) = (short.peak.median, long.peak.median)
                return [
                    container.rawValue, subject.rawValue, number(from, 1), number(to, 1), number(100 * (to / from - 1), 1),
                ]
            }
        }
        return Table(head: ["file", "peak MiB", "\(first) min", "\(last) min", "growth %"], rows: rows).text
    }

    private func number(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let rounded = Int((abs(value) * Double(scale)).rounded())
        let fraction = String(rounded % scale)
        let sign = value < 0 && rounded > 0 ? "-" : ""
        return "\(sign)\(rounded / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
    }
}
