import ArgumentParser
import Formats
import Glibc
import Media

/// `slate waveform`: the outline of a sound track, as numbers or as a picture.
struct WaveformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waveform", abstract: "Draw or measure the outline of a sound track.",
        discussion: """
            Lowest, highest and root-mean-square sample of every stretch, in one pass over the file.

              slate waveform talk.mp4 -o talk.png
              slate waveform talk.mp4 --resolution 512 -o talk.dat

            Formats: json (Slate's own, all zoom levels), dat and peaks (audiowaveform and peaks.js, binary and JSON), png, svg.
            Exit codes: 0 done, 1 done but part of the sound was damaged, 2 could not run.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json, dat, peaks, png, svg
    }

    @Argument(help: "The media file.", completion: .file())
    var file: String

    @Option(
        name: .shortAndLong, help: "The output; - for standard output. Its suffix is the format.", completion: .file())
    var output = "-"

    @Option(help: "The format, where the suffix does not say it.")
    var to: Format?

    @Option(help: ArgumentHelp("Sample frames for each point.", valueName: "frames"))
    var resolution = 256

    @Option(help: ArgumentHelp("Bits of a number in dat and peaks: 8 or 16.", valueName: "bits"))
    var bits = 16

    @Option(help: ArgumentHelp("Width of a picture.", valueName: "pixels"))
    var width = 1200

    @Option(help: ArgumentHelp("Height of a picture.", valueName: "pixels"))
    var height = 240

    @Option(help: ArgumentHelp("The sound track, by stream index.", valueName: "index"))
    var track: Int?

    @Option(help: ArgumentHelp("The sound track, by language.", valueName: "code"))
    var language: String?

    @Flag(help: "Every channel by itself instead of their mix.")
    var split = false

    @Flag(help: "Replace an output that exists.")
    var replace = false

    @Flag(help: "Refuse damaged sound instead of warning of it.")
    var strict = false

    @Flag(help: "Print no warnings.")
    var quiet = false

    func validate() throws {
        guard (1...1 << 24).contains(resolution) else { throw ValidationError("--resolution is from 1 to 16777216.") }
        guard Waveform.PeakBits(rawValue: bits) != nil else { throw ValidationError("--bits is 8 or 16.") }
        guard Picture.allows(width, height) else { throw ValidationError("--width and --height are from 1 to 16384.") }
        guard track == nil || language == nil else { throw ValidationError("Give --track or --language, not both.") }
        guard output == "-" || format != nil else {
            throw ValidationError("The suffix of '\(output)' is no format; name one by --to.")
        }
    }

    func run() async throws {
        let waveform: Waveform
        do {
            waveform = try Waveform(path: file, options: options)
            let bytes = try encode(waveform)
            if output == "-" {
                Terminal.output(bytes: bytes)
            } else {
                guard !isInput(output) else { throw CommandProblem("\(output): is the input, which is never replaced") }
                try AtomicFile.write(bytes, to: output, replaces: replace)
            }
        } catch {
            Terminal.note("slate waveform: \(error)")
            throw ExitCode.couldNotRun
        }
        try warn(of: waveform.damage)
    }

    private func isInput(_ path: String) -> Bool {
        var (input, output) = (stat(), stat())
        guard stat(file, &input) == 0, stat(path, &output) == 0 else { return false }
        return input.st_dev == output.st_dev && input.st_ino == output.st_ino
    }

    /// What the suffix says, JSON on standard output.
    private var format: Format? {
        if let to { return to }
        guard output != "-" else { return .json }
        guard let dot = output.lastIndex(of: ".") else { return nil }
        return Format(rawValue: output[output.index(after: dot)...].lowercased())
    }

    private var options: Waveform.Options {
        let choice = track.map { TrackChoice.stream($0) } ?? language.map { .language($0) } ?? .main
        return Waveform.Options(track: choice, framesPerPoint: resolution, mono: !split, strict: strict)
    }

    private func encode(_ waveform: Waveform) throws -> [UInt8] {
        let peaks = Waveform.PeakBits(rawValue: bits) ?? .sixteen
        return switch format ?? .json {
        case .json: waveform.json()
        case .dat: waveform.peaksData(peaks)
        case .peaks: waveform.peaksJSON(peaks)
        case .png: try WaveformDrawing(waveform, width: width, height: height).png()
        case .svg: WaveformDrawing(waveform, width: width, height: height).svg()
        }
    }

    private func warn(of damage: [Damage]) throws {
        guard !damage.isEmpty else { return }
        if !quiet {
            for place in damage.prefix(5) {
                let time = place.time.map { " at \($0.clock)" } ?? ""
                Terminal.note("slate waveform: \(file): \(place.what)\(time)")
            }
            if damage.count > 5 { Terminal.note("slate waveform: \(file): \(damage.count) damaged places in all") }
        }
        throw ExitCode.someRefused
    }
}
