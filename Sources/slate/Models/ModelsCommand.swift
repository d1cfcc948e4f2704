import ArgumentParser
import Models

/// `slate models`: the model files that the user added.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, add, show and remove model files.",
        discussion: """
            Slate needs no model files. Those that are added here, from local files, can be named by other commands: silero-vad for \
            'slate speech --detector silero'. They lie in SLATE_MODELS, else in slate/models of XDG_DATA_HOME.

              slate models add silero-vad silero_vad-6.2.3-py3-none-any.whl
              slate models list
              slate models show silero-vad
              slate models remove silero-vad

            Exit codes: 0 done, 2 could not be done, 64 bad usage.
            """,
        subcommands: [ModelsListCommand.self, ModelsAddCommand.self, ModelsShowCommand.self, ModelsRemoveCommand.self],
        defaultSubcommand: ModelsListCommand.self)

    /// Does something with the store; what goes wrong is said, and ends the program.
    static func withStore(_ body: (ModelStore) throws -> Void) throws {
        do { try body(.standard) } catch {
            Terminal.note("slate models: \(error)")
            throw ExitCode.couldNotRun
        }
    }
}

struct ModelsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the name, version, size and licence of each model.")

    @Flag(help: "Print JSON Lines.") var json = false

    func run() throws {
        try ModelsCommand.withStore { store in
            for record in store.records { Terminal.output(json ? ModelReport.line(record) : ModelReport.row(record)) }
        }
    }
}

struct ModelsAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a model from a local file: an ONNX file, or a Python wheel that holds one.")

    @Argument(help: "The model's name: silero-vad, onnxruntime (the library), or one of your own.") var name: String
    @Argument(help: "The file to take it from.", completion: .file()) var file: String
    @Option(help: ArgumentHelp("The licence of the model, for the record.", valueName: "text")) var licence: String?
    @Option(help: ArgumentHelp("Where the file came from, for the record; the file's name unless stated.", valueName: "text")) var source: String?
    @Flag(help: "Replace a model of that name.") var replace = false
    @Flag(help: "Print JSON Lines.") var json = false

    func run() throws {
        try ModelsCommand.withStore { store in
            let record = try store.add(name, from: file, licence: licence, source: source, replaces: replace)
            Terminal.output(json ? ModelReport.line(record) : ModelReport.row(record))
        }
    }
}

struct ModelsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print all that is known of a model: hash, licence, source, inputs and outputs.")

    @Argument(help: "The model's name.") var name: String
    @Flag(help: "Print JSON Lines.") var json = false

    func run() throws {
        try ModelsCommand.withStore { store in
            let record = try store.record(of: name)
            _ = try store.bytes(of: name)
            Terminal.output(json ? ModelReport.line(record) : ModelReport.page(record, path: try store.path(of: name)))
        }
    }
}

struct ModelsRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a model's files.")

    @Argument(help: "The model's name.") var name: String

    func run() throws { try ModelsCommand.withStore { try $0.remove(name) } }
}
