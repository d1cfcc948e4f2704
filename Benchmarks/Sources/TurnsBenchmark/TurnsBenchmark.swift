import Batch
import Glibc
import Quality
import Timeline

/// Reads a reference and a hypothesis and scores them, so many times, and prints the CPU seconds of each and the error rate as one JSON object.
///
///     TurnsBenchmark ref.rttm hyp.rttm 9
@main
struct TurnsBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let repeats = Int(arguments[3]), repeats > 0 else {
            print("usage: TurnsBenchmark REFERENCE HYPOTHESIS REPEATS")
            exit(64)
        }
        var (times, rate) = ([Double](), Double?.none)
        for _ in 0..<repeats {
            let start = cpuSeconds()
            rate = try TurnScoringJob(scoring: TurnScoring(isBrief: true)).run(reference: arguments[1], hypothesis: arguments[2]).total.diarizationErrorRate
            times.append(cpuSeconds() - start)
        }
        print("{\"seconds\":\(times),\"der\":\(rate ?? -1)}")
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
