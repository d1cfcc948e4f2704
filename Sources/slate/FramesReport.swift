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
        let number = frame.index.map(String.init) ?? "null"
        Terminal.output(
            "{\"type\":\"frame\",\"file\":\(Self.quoted(path)),\"time\":\(Self.seconds(frame.time)),\"index\":\(index),"
                + "\"frame\":\(number),\"key\":\(frame.isKey),\"damaged\":\(frame.isDamaged),"
                + "\"width\":\(picture.width),\"height\":\(picture.height)}\n")
    }

    func wroteSheet(_ path: String, _ sheet: ContactSheet, times: [Timestamp]) {
        written += 1
        guard json else { return line(path) }
        let list = times.map(Self.seconds).joined(separator: ",")
        Terminal.output(
            "{\"type\":\"sheet\",\"file\":\(Self.quoted(path)),\"columns\":\(sheet.columns),\"rows\":\(sheet.rows),"
                + "\"width\":\(sheet.picture.width),\"height\":\(sheet.picture.height),\"times\":[\(list)]}\n")
    }

    func refuse(_ message: String) {
        refused += 1
        Terminal.note("slate: \(message)")
        if json { Terminal.output("{\"type\":\"refused\",\"message\":\(Self.quoted(message))}\n") }
    }

    func summary(damagedPackets: Int) {
        if json {
            Terminal.output(
                "{\"type\":\"summary\",\"written\":\(written),\"refused\":\(refused),\"damagedPackets\":\(damagedPackets)}\n")
        }
        if damagedPackets > 0, !quiet {
            Terminal.note("slate: \(damagedPackets) packets of the video are damaged; what could be decoded was used")
        }
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

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1f}": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
