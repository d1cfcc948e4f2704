import ArgumentParser

/// `slate manual`: the manual page, for `make install`. Hidden, since nobody types it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page in roff.", shouldDisplay: false)

    func run() throws {
        Terminal.ignoreBrokenPipes()
        Terminal.output(try ManualPage(CommandHelp(of: Slate.self), version: Slate.configuration.version).roff)
    }
}
