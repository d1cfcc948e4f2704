import Timeline

/// The outline of a sound track at several resolutions: lowest, highest and root-mean-square sample of every stretch.
///
/// Level 0 has the resolution asked for; each further level joins two points of the one before, down to a few hundred
/// points, so that any zoom is drawn from about as many points as it has pixels.
public struct Waveform: Hashable, Sendable {
    /// Sample frames per second of the track.
    public let sampleRate: Int
    public let channels: Int
    /// Sample frames in the whole track, from media time zero.
    public let sampleFrames: Int
    public let levels: [WaveformLevel]
    /// Places that could not be decoded; they are silent or missing.
    public let damage: [Damage]

    public var duration: TimeDelta { TimeDelta(units: Int64(sampleFrames), perSecond: Int64(sampleRate)) }

    /// The coarsest level that still has at least so many points, else the finest.
    public func level(points: Int) -> WaveformLevel? {
        levels.last { $0.points >= points } ?? levels.first
    }
}

/// One resolution of a ``Waveform``. Point `p` of channel `c` is at index `p · channels + c`.
public struct WaveformLevel: Hashable, Sendable {
    /// Sample frames that a point stands for; the last point may stand for fewer.
    public let framesPerPoint: Int
    public let channels: Int
    /// Sample values, −1 to 1 for full scale; decoders of lossy codecs may go beyond.
    public let minimum, maximum, rms: [Float]

    public var points: Int { minimum.count / max(channels, 1) }
}

extension Waveform {
    public struct Options: Sendable {
        public var track = TrackChoice.main
        /// Sample frames for each point of the finest level.
        public var framesPerPoint = 256
        /// All channels mixed into one, or each drawn by itself.
        public var mono = true
        public var strict = false
        public var timeLimit: Int?

        public init(
            track: TrackChoice = .main, framesPerPoint: Int = 256, mono: Bool = true, strict: Bool = false,
            timeLimit: Int? = nil
        ) {
            precondition(framesPerPoint > 0, "a point stands for at least one sample frame")
            (self.track, self.framesPerPoint, self.mono) = (track, framesPerPoint, mono)
            (self.strict, self.timeLimit) = (strict, timeLimit)
        }
    }

    /// Measures a track in one pass.
    ///
    /// Memory: 12 bytes for each point and channel of the finest level, twice over for the coarser ones.
    ///
    /// - Throws: ``MediaError``.
    public init(path: String, options: Options = Options()) throws {
        let reader = try SoundReader(
            path: path,
            options: .init(
                track: options.track, mono: options.mono, strict: options.strict, timeLimit: options.timeLimit))
        var builder = WaveformBuilder(framesPerPoint: options.framesPerPoint, channels: reader.channelCount)
        var block = [Float](repeating: 0, count: 8192 * reader.channelCount)
        while case let count = try reader.read(into: &block), count > 0 {
            builder.add(block, frames: count)
        }
        builder.finish()
        self.init(
            sampleRate: reader.sampleRate, channels: reader.channelCount, sampleFrames: reader.position,
            levels: builder.pyramid(), damage: reader.damage)
    }
}
