import ArgumentParser
import Formats
import Timeline

/// Where a command writes the labels that it makes, and in which format.
struct LabelTarget: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("File or folder to write; - for standard output, the default.", valueName: "path"), completion: .file())
    var output: String?
    @Option(name: .customLong("to"), help: ArgumentHelp("Format to write. Default: what the output's name ends with, else what the command says.", valueName: "format"))
    var to: LabelFormat?
    @Flag(help: "Replace output files that exist.") var replace = false

    /// - Parameter name: of the format where neither option states one.
    func format(orElse name: String) throws -> LabelFormat {
        if let to { return to }
        guard let output, output != "-" else { return LabelFormat(named: name)! }
        guard let format = LabelFormat(suffixOf: output) else { throw ValidationError("The name '\(output)' states no format; say --to <format>.") }
        return format
    }

    func write(_ corpus: Corpus, as format: LabelFormat, inputs: [String]) throws {
        let path = output ?? "-"
        let target = LabelOutput(path: path, format: format, replaces: replace, inputs: inputs, makesFolder: path.hasSuffix("/"))
        try target.write(try format.write(corpus))
    }
}
