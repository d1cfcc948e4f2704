import ArgumentParser

/// `slate score`: labels against a reference.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score labels against a reference.",
        discussion: """
              slate score turns truth.rttm found.rttm
              slate score words truth.TextGrid aligned.TextGrid
              slate score text truth.txt recognised.txt --show
            """,
        subcommands: [ScoreTurnsCommand.self, ScoreWordsCommand.self, ScoreTextCommand.self])
}
