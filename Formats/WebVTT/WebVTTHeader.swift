import Timeline

/// The lines between the signature of a WebVTT file and the first blank line, which the W3C text leaves to others.
struct WebVTTHeader {
    /// Whether the file says `Kind: metadata`, as the lines of old drafts and of video sites do: its cues are data for programs.
    var isMetadata = false
    /// What HLS says of the clock; nil when there is no such line or it cannot be read.
    var timestampMap: WebVTTTimestampMap?
    /// The number of a line `X-TIMESTAMP-MAP`, in the header, from 1; nil when there is none.
    var timestampMapLine: Int?

    init(_ text: [UInt8], _ range: Range<Int>) {
        for line in LineScanner(Array(text[range])) where line.number > 1 {
            let place = range.lowerBound + line.range.lowerBound..<range.lowerBound + line.range.upperBound
            if text.hasFolded("kind:", at: place.lowerBound, before: place.upperBound) {
                let value = text.trimmed(place.lowerBound + 5..<place.upperBound)
                isMetadata = value.count == 8 && text.hasFolded("metadata", at: value.lowerBound, before: value.upperBound)
            } else if text.has("X-TIMESTAMP-MAP", at: place.lowerBound, before: place.upperBound) {
                timestampMapLine = line.number
                timestampMap = WebVTTTimestampMap(text.string(place))
            }
        }
    }
}

/// Which time of an MPEG-2 transport stream a time of the cues stands for: the header line
/// `X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000` of HTTP Live Streaming (RFC 8216, section 3.5).
public struct WebVTTTimestampMap: Hashable, Sendable {
    /// A time of the cues.
    public let local: Timestamp
    /// The same instant on the stream's clock of 90 kHz, which wraps at 2³³.
    public let mpegTS: Int64

    /// Nil unless the line names both times, in either order.
    public init?(_ line: String) {
        let bytes = Array(line.utf8)
        guard let equals = bytes.firstIndex(of: .ascii("=")), bytes.has("X-TIMESTAMP-MAP", at: 0, before: equals) else { return nil }
        var (local, mpegTS) = (Timestamp?.none, Int64?.none)
        for part in bytes[(equals + 1)...].split(separator: .ascii(",")) {
            let place = bytes.trimmed(part.startIndex..<part.endIndex)
            if bytes.has("LOCAL:", at: place.lowerBound, before: place.upperBound) {
                let stamp = ClockReading(bytes, at: place.lowerBound + 6, before: place.upperBound)
                local = stamp.flatMap { $0.range.upperBound == place.upperBound && WebVTTStamp.isTaken($0) ? $0.time : nil }
            } else if bytes.has("MPEGTS:", at: place.lowerBound, before: place.upperBound) {
                mpegTS = Int64(bytes: bytes, place.lowerBound + 7..<place.upperBound).flatMap { (0..<1 << 33).contains($0) ? $0 : nil }
            }
        }
        guard let local, let mpegTS else { return nil }
        (self.local, self.mpegTS) = (local, mpegTS)
    }

    /// What has to be added to the times of the cues to have those of the stream.
    public var offset: TimeDelta { Timestamp(units: mpegTS, perSecond: 90_000) - local }
}
