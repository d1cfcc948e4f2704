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
    /// Whether each channel is a speaker of its own.
    public var byChannel = false
    public var layout = Document.TurnLayout.together
    /// Clips of one person each, under the names that they are to have.
    public var enrolments: [(name: String, path: String)] = []
    /// Words or cues that get their speakers; the outcome's document is then this one.
    public var words: Document?

    public init() {}

    public struct Outcome: Sendable {
        public let document: Document
        public let speakerCount: Int
        /// Damage in the sound, which was read on behind it.
        public let damage: [Damage]
    }

    /// - Throws: ``MediaError``; ``BatchError`` for a clip without speech.
    public func run(media path: String) throws -> Outcome {
        let heard = try byChannel ? channels(path) : voices(path)
        let turns = isExclusive ? heard.turns.exclusive : heard.turns
        let document = words?.withSpeakers(of: turns, names: heard.names)
            ?? Document(turns: turns, in: heard.reader.heardMedia, names: heard.names, layout: layout, parameters: assignment.parameters)
        return Outcome(document: document, speakerCount: Set(turns.map(\.speaker)).count, damage: heard.reader.damage)
    }

    /// Turns, the names of their speakers, and the reader at the end of the sound.
    private typealias Heard = (turns: [FoundTurn], names: [String?], reader: SoundReader)

    private func voices(_ path: String) throws -> Heard {
        let (heard, reader) = try listen(to: path, settings)
        let turns = assignment.turns(of: heard)
        guard !enrolments.isEmpty else { return (turns, [], reader) }
        var (known, clipSettings) = (KnownVoices(), Diarizer.Settings())
        clipSettings.meanSpectrum = heard.meanSpectrum.isEmpty ? nil : heard.meanSpectrum
        for (name, clip) in enrolments {
            guard known.enrol(name, try listen(to: clip, clipSettings).track) else {
                throw BatchError.unreadable(path: clip, reason: "no speech in it, so nothing to know '\(name)' by")
            }
        }
        return (turns, known.names(of: turns, in: heard), reader)
    }

    private func listen(to path: String, _ settings: Diarizer.Settings) throws -> (track: EmbeddingTrack, reader: SoundReader) {
        let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: Diarizer.sampleRate))
        var diarizer = Diarizer(settings)
        try reader.forEachBlock { diarizer.append($0) }
        return (diarizer.finish(), reader)
    }

    private func channels(_ path: String) throws -> Heard {
        let reader = try SoundReader(path: path, options: .init(track: track, sampleRate: Diarizer.sampleRate, mono: false))
        var channels = ChannelTurns(channels: reader.channelCount, segmenter: settings.segmenter)
        try reader.forEachBlock { channels.append($0) }
        return (channels.finish(), [], reader)
    }
}
