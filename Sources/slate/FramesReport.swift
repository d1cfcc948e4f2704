import Media
import Timeline

/// What `slate frames` prints: file names or JSON Lines on standard output, problems on standard error.
final class FramesReport {
    private(set) var written = 0
    private(set) var refused = 0
    private let json, quiet: Bool

    init(json: Bool, quiet: Bool) { (self.json, self.quiet) = (json, quiet) }

    func wrote(_ path: String, _ frame: VideoFrame, _ picture: Picture, index: Int) {
        written += 1
        guard json else { return line(path) }
        emit(
            "frame",
            [
                ("file", .string(path)), ("time", .digits(Self.seconds(frame.time))), ("index", .integer(Int64(index))),
                ("frame", frame.index.map { .integer(Int64($0)) } ?? .null), ("key", .bool(frame.isKey)),
                ("damaged", .bool(frame.isDamaged)), ("width", .integer(Int64(picture.width))),
                ("height", .integer(Int64(picture.height))),
            ])
    }

    func wroteSheet(_ path: String, _ sheet: ContactSheet, times: [Timestamp]) {
        written += 1
        guard json else { return line(path) }
        emit(
            "sheet",
            [
                ("file", .string(path)), ("columns", .integer(Int64(sheet.columns))),
                ("rows", .integer(Int64(sheet.rows))),
                ("width", .integer(Int64(sheet.picture.width))), ("height", .integer(Int64(sheet.picture.height))),
                ("times", .array(times.map { .digits(Self.seconds($0)) })),
            ])
    }

    func refuse(_ message: String) {
        refused += 1
        Terminal.note("slate: \(message)")
        if json { emit("refused", [("message", .string(message))]) }
    }

    func summary(damagedPackets: Int) {
        if json {
            emit(
                "summary",
                [
                    ("written", .integer(Int64(written))), ("refused", .integer(Int64(refused))),
                    ("damaged_packets", .integer(Int64(damagedPackets))),
                ])
        }
        if damagedPackets > 0, !quiet {
            Terminal.note("slate: \(damagedPackets) packets of the video are damaged; what could be decoded was used")
        }
    }

    private func emit(_ type: String, _ entries: [(String, JSONValue)]) {
        Terminal.output(JSONValue.object([("type", .string(type))] + entries).text + "\n")
    }

    private func line(_ path: String) { if !quiet { Terminal.output(path + "\n") } }

    /// Seconds with up to nine decimals, from ticks without passing through `Double`.
    static func seconds(_ time: Timestamp) -> String {
        let nanoseconds = time.units(perSecond: 1_000_000_000)
        let (whole, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        var digits = String(String(1_000_000_000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(nanoseconds < 0 ? "-" : "")\(whole)\(digits.isEmpty ? "" : "." + digits)"
    }
}
