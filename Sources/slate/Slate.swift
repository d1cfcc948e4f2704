import ArgumentParser
import Batch

@main
struct Slate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slate", abstract: "Put time-coded labels on audio and video.", version: slateVersion,
        subcommands: [
            AlignCommand.self,
            WordsCommand.self,
            ConvertCommand.self,
            CheckCommand.self,
            SpeechCommand.self,
            DiarizeCommand.self,
            CuesCommand.self,
            ScoreCommand.self,
            AgreeCommand.self,
            ModelsCommand.self,
            ProbeCommand.self,
            WaveformCommand.self,
            FramesCommand.self,
            ManualCommand.self,
        ])

    /// Readers that close the pipe end any subcommand quietly, the help included.
    static func main() async {
        Terminal.holdStandardDescriptors()
        Terminal.ignoreBrokenPipes()
        await main(nil)
    }
}
