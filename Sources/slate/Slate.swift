import ArgumentParser

@main
struct Slate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slate", abstract: "Put time-coded labels on audio and video.", version: "0.1.0",
        subcommands: [
            ProbeCommand.self,
            WaveformCommand.self,
            FramesCommand.self,
            ManualCommand.self,
        ])
}
