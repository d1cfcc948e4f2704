import Alignment
import Media
import Signal
import Timeline

/// Speech evidence decoded from a sound track, stretch by stretch, as the aligner asks for it.
public final class SoundEvidence: EvidenceSource {
    public let frameCount: Int
    private let reader: SoundReader
    private var block = [Float](repeating: 0, count: 8192)

    private static let samplesPerFrame = SpeechFrameAnalyzer.sampleRate / SpeechFrames.perSecond
    /// A day of sound, in frames: a stated length beyond it is a damaged header.
    private static let longest = 86_400 * SpeechFrames.perSecond

    /// - Parameters:
    ///   - track: the sound track to listen to; nil to choose by language.
    ///   - language: a track in it is preferred; without one the main track is heard.
    /// - Throws: ``MediaError``.
    public init(path: String, track: TrackChoice? = nil, language: String? = nil) throws {
        reader = try Self.open(path, track, language)
        frameCount = try Self.length(of: reader)
    }

    /// What was damaged in the sound decoded so far.
    public var damage: [Damage] { reader.damage }

    public func evidence(of frames: Range<Int>) throws -> [UInt8] {
        try Task.checkCancellation()
        try reader.seek(to: frames.lowerBound * Self.samplesPerFrame..<frames.upperBound * Self.samplesPerFrame)
        var analyzer = SpeechFrameAnalyzer()
        while case let count = try reader.read(into: &block), count > 0 { analyzer.append(block[..<count]) }
        analyzer.finish()
        return Array(SpeechEvidence.values(of: analyzer.frames).prefix(frames.count))
    }

    private static func open(_ path: String, _ track: TrackChoice?, _ language: String?) throws -> SoundReader {
        func reader(_ track: TrackChoice) throws -> SoundReader {
            try SoundReader(
                path: path,
                options: .init(track: track, sampleRate: SpeechFrameAnalyzer.sampleRate, resampling: .light))
        }
        if let track { return try reader(track) }
        guard let language else { return try reader(.main) }
        do {
            return try reader(.language(language))
        } catch let error as MediaError {
            guard case .noSuchTrack = error.reason else { throw error }
            return try reader(.main)
        }
    }

    /// The stated length in frames; when the container states none, what decoding to the end tells.
    private static func length(of reader: SoundReader) throws -> Int {
        if let stated = reader.statedDuration, stated > .zero {
            return Int(min(stated.units(perSecond: Int64(SpeechFrames.perSecond)), Int64(longest)))
        }
        var block = [Float](repeating: 0, count: 8192)
        while try reader.read(into: &block) > 0, reader.position < longest * samplesPerFrame {
            try Task.checkCancellation()
        }
        return reader.position / samplesPerFrame
    }
}
