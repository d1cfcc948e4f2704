import ArgumentParser

/// `slate score`: labels against a reference.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score labels against a reference.",
        subcommands: [ScoreTurnsCommand.self, ScoreWordsCommand.self, ScoreTextCommand.self])
}
