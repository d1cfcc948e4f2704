import Timeline

/// Tells for each short stretch of sound how likely it is that somebody speaks.
///
///     try detector.append(block[..<count])      // as often as there is sound
///     try detector.finish()
///     let posterior = detector.posterior
///
/// A detector is used for one recording.
public protocol SpeechDetector {
    /// Samples a second of the mono sound that ``append(_:)`` expects.
    var sampleRate: Int { get }
    /// What is known so far.
    var posterior: SpeechPosterior { get }
    /// What labels name as their maker.
    var name: String { get }
    var version: String { get }

    /// Takes the next samples, in any number.
    mutating func append(_ samples: ArraySlice<Float>) throws
    /// Ends the sound.
    mutating func finish() throws
}

/// How likely it is that somebody speaks, 0...1: value *n* speaks for *n* · hop to (*n* + 1) · hop.
public struct SpeechPosterior: Hashable, Sendable {
    public let hop: TimeDelta
    public var values: [Float]

    public init(hop: TimeDelta, values: [Float] = []) { (self.hop, self.values) = (hop, values) }

    /// The time at which a value begins.
    public func time(of index: Int) -> Timestamp { .zero + hop * index }
}
