import Alignment
import ArgumentParser
import Batch
import Formats
import Media
import Timeline

struct Align: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Put existing subtitles on time.")

    @Argument var media: String
    @Argument var subtitles: String
    @Option(name: [.customShort("o"), .long]) var output: String
    @Flag var thorough = false

    func run() async throws {
        var options = AlignmentOptions()
        options.isThorough = thorough
        let file = try SubtitleFile(path: subtitles)
        let outcome = try SubtitleAlignment(reference: .sound(path: media, track: .main), subtitles: file, options: options).run()
        let r = outcome.result
        Terminal.note("\(r.verdict.rawValue) confidence \(r.confidence) \(r.evidence) pieces \(r.map.pieces.map { ($0.cues.count, $0.rate.value, $0.offset.approximateSeconds) }) snapped \(!r.map.strays.isEmpty)")
        guard r.verdict != .foreign else { throw ExitCode.someRefused }
        let bytes = file.retimed(outcome.segments, inner: outcome.inner)
        try BoundedFile.dump(bytes, output)
    }
}
import Foundation
extension BoundedFile { static func dump(_ b: [UInt8], _ p: String) throws { try Data(b).write(to: URL(fileURLWithPath: p)) } }
