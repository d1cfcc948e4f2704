import ArgumentParser
import Media
import Timeline

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Show what media files hold: streams, codecs, times, languages, chapters.",
        discussion: """
            Times are media times: presentation time minus the container's start.

              slate probe film.mkv
              slate probe --json *.mp4 | jq 'select(.type == "stream")'

            Exit codes: 0 every file was read, 1 some file was refused, 2 none could be read.
            """)

    @Argument(help: "The media files to look at.", completion: .file()) var files: [String]
    @Flag(help: "Print JSON Lines: a file, its streams and its chapters, one object each.") var json = false
    @Option(help: "The longest time to spend on one file.") var timeLimit: Int = 60

    func validate() throws {
        guard timeLimit > 0 else { throw ValidationError("--time-limit is a number of seconds above 0") }
    }

    func run() async throws {
        var refused = 0
        for (number, file) in files.enumerated() {
            do {
                let info = try Probe.info(path: file, timeLimit: timeLimit)
                let text = json ? ProbeReport.lines(info) : ProbeReport.table(info)
                Terminal.output(json || number == 0 ? text : "\n" + text)
            } catch {
                refused += 1
                Terminal.note("slate probe: \(error)")
                if json { Terminal.output(JSONValue.refusal(of: file, "\(error)")) }
            }
        }
        if refused > 0 { throw refused == files.count ? ExitCode.couldNotRun : ExitCode.someRefused }
    }
}
