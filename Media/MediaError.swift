import Timeline

/// Why a media file, or a part of it, could not be read.
public struct MediaError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// The operating system refused; the text is its own message.
        case system(String)
        /// What the path names is no plain file: `a folder`, `a pipe`.
        case notAFile(String)
        case empty
        /// No allowed container recognises the bytes.
        case unrecognised
        /// A playlist, or another format that would open further files or the network.
        case opensOtherFiles(format: String)
        /// The container is one that Slate does not read.
        case unsupportedContainer(String)
        case damaged(String)
        case encrypted(stream: Int)
        case noStreams
        case noSound
        case noPicture
        case noSuchTrack(String, available: [String])
        case unsupportedCodec(String)
        case cancelled
        case tooSlow(seconds: Int)
        case outOfMemory
        /// A result could not be written.
        case output(String)
    }

    public let path: String
    public let reason: Reason
    /// Where in the media the problem lies; nil when it concerns the file as a whole.
    public let time: Timestamp?

    public init(path: String, reason: Reason, time: Timestamp? = nil) {
        (self.path, self.reason, self.time) = (path, reason, time)
    }

    public var description: String {
        let place = time.map { " at \($0.clock)" } ?? ""
        return "\(path): \(reason.description)\(place)"
    }
}

extension MediaError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let text): text
        case .notAFile(let kind): "is \(kind); a media file is expected"
        case .empty: "is empty (0 bytes); a media file is expected"
        case .unrecognised: "is not a sound or video file that Slate can recognise"
        case .opensOtherFiles(let format):
            "is a playlist (\(format)), which would open other files; name the media itself"
        case .unsupportedContainer(let name): "is in a container that Slate does not read (\(name))"
        case .damaged(let text): "is damaged: \(text)"
        case .encrypted(let stream): "stream \(stream) is encrypted; a file without protection is expected"
        case .noStreams: "holds no stream of sound or picture"
        case .noSound: "holds no sound track"
        case .noPicture: "holds no video track"
        case .noSuchTrack(let wanted, let available):
            "has no track \(wanted); there is \(available.joined(separator: ", "))"
        case .unsupportedCodec(let name): "uses the codec \(name), which this FFmpeg cannot decode"
        case .cancelled: "reading was cancelled"
        case .tooSlow(let seconds): "reading took more than the \(seconds) s allowed"
        case .outOfMemory: "needs more memory than is allowed"
        case .output(let text): "cannot be written: \(text)"
        }
    }
}

extension Timestamp {
    /// `h:mm:ss.mmm`, for messages and tables.
    public var clock: String {
        let total = milliseconds.magnitude
        let (seconds, millis) = total.quotientAndRemainder(dividingBy: 1000)
        let (minutes, second) = seconds.quotientAndRemainder(dividingBy: 60)
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        let sign = milliseconds < 0 ? "-" : ""
        return "\(sign)\(hour):\(padded(minute, 2)):\(padded(second, 2)).\(padded(millis, 3))"
    }
}

/// Decimal digits with leading zeros up to a width.
func padded(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
