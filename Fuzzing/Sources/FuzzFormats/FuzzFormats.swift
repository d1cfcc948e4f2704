import CLibFuzzer
import Formats
import Glibc

/// Fuzzes the reader and the writer of one label format.
///
///     FuzzFormats vtt -runs=2000000 -max_len=2048 corpus/       what libFuzzer's options say
///     FuzzFormats vtt --seeds corpus/ Tests ../data             writes small files of the format into a folder, and ends
@main enum FuzzFormats {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let format = LabelFormat(named: arguments[1]) else {
            return stop("usage: FuzzFormats FORMAT [--seeds FOLDER DATA…] [libFuzzer's options]\nformats: " + LabelFormat.all.map(\.name).joined(separator: " "))
        }
        if arguments.count > 3, arguments[2] == "--seeds" { return Seeds(format: format, folder: arguments[3]).write(from: Array(arguments[4...])) }
        target = FormatTarget(format: format)
        run([arguments[0]] + arguments[2...])
    }

    /// The format under test; libFuzzer's call carries no context.
    nonisolated(unsafe) fileprivate static var target: FormatTarget?

    private static func run(_ arguments: [String]) {
        var count = CInt(arguments.count)
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
        for (index, argument) in arguments.enumerated() { list[index] = strdup(argument) }
        list[arguments.count] = nil
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                FuzzFormats.target?.test(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            })
    }

    private static func stop(_ message: String) {
        note(message)
        exit(64)
    }
}
