import Media

#if canImport(Glibc)
    import Glibc
#endif

/// The logarithm of the mel powers of mono sound, frame by frame, without keeping the sound.
///
/// Frame *n* is windowed by Hann (periodic) and centred on sample *n* · hop + hop / 2; what lies before the first sample is
/// silence, and what lies behind the last.
public final class LogMelAnalyzer {
    public struct Settings: Sendable {
        /// Hz.
        public var sampleRate = 16000
        /// Samples from one frame to the next, and under one frame.
        public var hop = 160, window = 400
        public var transformSize = 512
        public var bandCount = 40
        /// Hz.
        public var lowest = 60.0, highest = 7600.0
        /// What is added to every power before the logarithm.
        public var floor: Float = 1e-6

        public init() {}
    }

    public let settings: Settings
    private let bank: MelFilterBank
    private let transform: RealFFT
    private let shape: [Float]
    private var windowed: [Float]
    private var spectrum: [Float]
    private var power: [Float]
    /// Sound that coming frames need, from the first sample of the next frame's window on.
    private var waiting: [Float]
    private var sampleCount = 0
    private var frameCount = 0

    public init(_ settings: Settings = Settings()) {
        precondition(settings.hop <= settings.window && settings.window <= settings.transformSize)
        self.settings = settings
        bank = MelFilterBank(
            bandCount: settings.bandCount, lowest: settings.lowest, highest: settings.highest,
            transformSize: settings.transformSize, sampleRate: settings.sampleRate)
        transform = RealFFT(settings.transformSize)
        shape = (0..<settings.window).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(settings.window))) }
        windowed = [Float](repeating: 0, count: settings.transformSize)
        spectrum = [Float](repeating: 0, count: settings.transformSize + 2)
        power = [Float](repeating: 0, count: settings.transformSize / 2 + 1)
        waiting = [Float](repeating: 0, count: settings.window / 2 - settings.hop / 2)
    }

    /// Takes the next samples, in any number, and appends the frames that they complete: `bandCount` values a frame.
    public func append(_ samples: ArraySlice<Float>, into frames: inout [Float]) {
        sampleCount += samples.count
        waiting.append(contentsOf: samples)
        var start = 0
        while waiting.count - start >= settings.window {
            measure(from: start, into: &frames)
            start += settings.hop
        }
        waiting.removeFirst(start)
    }

    /// Ends the sound: appends the frames whose windows reach beyond it. There is one frame for each whole hop.
    public func finish(into frames: inout [Float]) {
        let missing = sampleCount / settings.hop - frameCount
        guard missing > 0 else { return }
        let end = (missing - 1) * settings.hop + settings.window
        waiting.append(contentsOf: repeatElement(0, count: max(0, end - waiting.count)))
        for frame in 0..<missing { measure(from: frame * settings.hop, into: &frames) }
        waiting.removeAll()
    }

    private func measure(from start: Int, into frames: inout [Float]) {
        window(from: start)
        transform.forward(windowed, into: &spectrum)
        squareSpectrum()
        let (end, bandCount, floor) = (frames.count, settings.bandCount, settings.floor)
        frames.append(contentsOf: repeatElement(0, count: bandCount))
        frames.withUnsafeMutableBufferPointer { frames in
            guard let bands = frames.baseAddress.map({ $0 + end }) else { return }
            power.withUnsafeBufferPointer { bank.apply(to: $0.baseAddress!, into: bands) }
            for band in 0..<bandCount { bands[band] = logf(bands[band] + floor) }
        }
        frameCount += 1
    }

    private func window(from start: Int) {
        let count = settings.window
        waiting.withUnsafeBufferPointer { sound in
            shape.withUnsafeBufferPointer { shape in
                windowed.withUnsafeMutableBufferPointer { windowed in
                    for index in 0..<count { windowed[index] = sound[start + index] * shape[index] }
                }
            }
        }
    }

    private func squareSpectrum() {
        spectrum.withUnsafeBufferPointer { spectrum in
            power.withUnsafeMutableBufferPointer { power in
                for bin in power.indices {
                    let (real, imaginary) = (spectrum[2 * bin], spectrum[2 * bin + 1])
                    power[bin] = real * real + imaginary * imaginary
                }
            }
        }
    }
}
