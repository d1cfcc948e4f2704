import Timeline

/// Where the pictures of `slate frames` go.
struct FrameNames {
    private let pattern: String
    private let output: String
    private let stem: String
    let suffix: ImageSuffix
    /// Whether the output names one file rather than a folder.
    let isFile: Bool

    init(_ command: FramesCommand) {
        pattern = command.name
        var folder = Substring(command.output)
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        output = String(folder)
        isFile = ImageSuffix(path: command.output) != nil
        suffix = command.format ?? ImageSuffix(path: command.output) ?? .png
        let file = command.video.split(separator: "/").last ?? "video"
        stem = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : String(file[..<$0]) } ?? String(file)
    }

    /// The folder to be made; nil when the output is a file.
    var folder: String? { isFile ? nil : output }

    /// Whether the pattern gives different frames different names.
    var isDistinct: Bool { ["{index}", "{time}", "{frame}"].contains { pattern.contains($0) } }

    /// - Parameters:
    ///   - index: how many frames were taken, this one included.
    ///   - frame: its place in the video, from 0; `unknown` stands for nil.
    func path(index: Int, time: Timestamp, frame: Int?) -> String {
        if isFile { return output }
        let name = pattern.replacing("{name}", with: stem)
            .replacing("{index}", with: Self.padded(index, 5))
            .replacing("{time}", with: Self.clock(time))
            .replacing("{frame}", with: frame.map { Self.padded($0, 6) } ?? "unknown")
        return joined(name)
    }

    var sheetPath: String { isFile ? output : joined(stem + "-sheet") }

    private func joined(_ name: String) -> String {
        // A name stays inside the folder, whatever the pattern says.
        let safe = name.replacing("/", with: "_")
        return output == "." ? "\(safe).\(suffix.rawValue)" : "\(output)/\(safe).\(suffix.rawValue)"
    }

    /// `00h01m02.250s`: sorts by time, and no file system minds it.
    private static func clock(_ time: Timestamp) -> String {
        let (seconds, millis) = time.milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let fields = (padded(Int(seconds / 3600), 2), padded(Int(seconds / 60 % 60), 2), padded(Int(seconds % 60), 2))
        return "\(time.milliseconds < 0 ? "-" : "")\(fields.0)h\(fields.1)m\(fields.2).\(padded(Int(millis), 3))s"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
