import ArgumentParser

/// `slate score`: how far labels are from their reference.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Measure how far labels are from a reference.",
        discussion: """
              slate score words truth.TextGrid aligned.TextGrid
              slate score text truth.txt recognised.txt --show

            Exit codes: 0 done, 1 some recording was left out, 2 could not run, 64 bad usage.
            """,
        subcommands: [ScoreWordsCommand.self, ScoreTextCommand.self])
}
