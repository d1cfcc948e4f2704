#if canImport(Glibc)
    import Glibc
#endif

/// What a network of connectionist temporal classification (CTC, Graves et al. 2006) says of each frame: natural logarithms of the
/// probabilities of its tokens.
public struct EmissionMatrix: Sendable {
    public let frameCount: Int
    /// Columns.
    public let tokenCount: Int
    /// Row by row.
    public private(set) var values: [Float]

    /// - Parameters:
    ///   - values: `frameCount` rows of `tokenCount` values. Logarithms of probabilities stay as they are; probabilities get their logarithms; all
    ///     else is taken as logits, from which the logarithm of their summed exponentials is taken off.
    /// - Throws: ``CTCError`` for no frames or tokens, another number of values, and a frame with NaN, +∞ or nothing above −∞.
    public init(frameCount: Int, tokenCount: Int, values: [Float]) throws(CTCError) {
        guard frameCount > 0, tokenCount > 0, frameCount.multipliedReportingOverflow(by: tokenCount) == (values.count, false) else {
            throw .shape(frames: frameCount, tokens: tokenCount, values: values.count)
        }
        self.init(logarithms: values, frameCount: frameCount, tokenCount: tokenCount)
        for frame in 0..<frameCount { try check(frame) }
        if isProbabilities {
            for index in self.values.indices { self.values[index] = logf(self.values[index]) }
        } else if !isNormalised {
            normalise()
        }
    }

    /// Takes the values as they are.
    init(logarithms values: [Float], frameCount: Int, tokenCount: Int) {
        (self.frameCount, self.tokenCount, self.values) = (frameCount, tokenCount, values)
    }

    /// The value of a token in a frame.
    subscript(frame: Int, token: Int) -> Float { values[frame * tokenCount + token] }

    private func row(_ frame: Int) -> ArraySlice<Float> { values[frame * tokenCount..<(frame + 1) * tokenCount] }

    private func check(_ frame: Int) throws(CTCError) {
        var greatest = -Float.infinity
        for value in row(frame) {
            guard !value.isNaN, value < .infinity else { throw .badValue(frame: frame, value: value) }
            greatest = max(greatest, value)
        }
        guard greatest > -.infinity else { throw .badValue(frame: frame, value: greatest) }
    }

    /// Whether every frame is of values from 0 to 1 whose sum is near 1.
    private var isProbabilities: Bool {
        (0..<frameCount).allSatisfy { frame in
            var sum: Float = 0
            for value in row(frame) {
                guard (0...1.001).contains(value) else { return false }
                sum += value
            }
            return abs(sum - 1) < 0.02
        }
    }

    /// Whether the probabilities of every frame add up to 1 within what half precision leaves.
    private var isNormalised: Bool { (0..<frameCount).allSatisfy { abs(logSum($0)) < 0.02 } }

    private func logSum(_ frame: Int) -> Float {
        let row = row(frame)
        let greatest = row.max() ?? 0
        return greatest + logf(row.reduce(0) { $0 + expf($1 - greatest) })
    }

    private mutating func normalise() {
        for frame in 0..<frameCount {
            let sum = logSum(frame)
            for index in frame * tokenCount..<(frame + 1) * tokenCount { values[index] -= sum }
        }
    }
}
