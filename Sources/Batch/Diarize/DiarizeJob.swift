import Diarization
import Formats
import Media
import Timeline

/// Finds out who speaks when in one media file.
///
///     let document = try DiarizeJob().run(media: "talk.mp4").document
public struct DiarizeJob {
    public var settings = Diarizer.Settings()
    public var assignment = SpeakerAssignment()
    public var track = TrackChoice.main
    /// Whether one speaker is named at a time.
    public var isExclusive = false

    public init() {}

    public struct Outcome: Sendable {
        public let document: Document
        public let speakerCount: Int
        /// Damage in the sound, which was read on behind it.
        public let damage: [Damage]
    }

    /// - Throws: ``MediaError``.
    public func run(media path: String) throws -> Outcome {
        let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: Diarizer.sampleRate))
        var diarizer = Diarizer(settings)
        var block = [Float](repeating: 0, count: 1 << 16)
        while case let count = try reader.read(into: &block), count > 0 {
            try Task.checkCancellation()
            diarizer.append(block[..<count])
        }
        let turns = assignment.turns(of: diarizer.finish())
        let duration = TimeDelta(units: Int64(reader.position), perSecond: Int64(reader.sampleRate))
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let media = Timeline.Media(name: name, duration: duration, sound: SoundStream(sampleRate: reader.nativeRate))
        let document = Document(turns: isExclusive ? turns.exclusive : turns, in: media, parameters: assignment.parameters)
        return Outcome(document: document, speakerCount: Set(turns.map(\.speaker)).count, damage: reader.damage)
    }
}
