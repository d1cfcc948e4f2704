import Formats
import Glibc

/// Reads a label file into the model and writes it again, so many times, and prints the seconds of each, the labels and the peak memory as
/// one JSON object.
///
///     FormatsBenchmark vtt cues.vtt 3
@main
struct FormatsBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let format = LabelFormat(named: arguments[1]), let repeats = Int(arguments[3]), repeats > 0 else {
            print("usage: FormatsBenchmark FORMAT FILE REPEATS")
            exit(64)
        }
        var (reads, writes, labels, written) = ([Double](), [Double](), 0, 0)
        for _ in 0..<repeats {
            let start = seconds()
            let corpus = try format.read(LabelInput(path: arguments[2])).corpus
            let middle = seconds()
            let files = try format.write(corpus)
            reads.append(middle - start)
            writes.append(seconds() - middle)
            (labels, written) = (corpus.labelCount, files.reduce(0) { $0 + $1.bytes.count })
        }
        print("{\"read\":\(reads),\"write\":\(writes),\"labels\":\(labels),\"written\":\(written),\"peakKiB\":\(peakKiB())}")
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func peakKiB() -> Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss
    }
}
