#if canImport(Glibc)
    import Glibc
#endif

/// The mean log-mel spectrum of the speech of a recording so far, which is taken off so that the channel and the room count less.
///
/// Older speech counts for half after 10 minutes of speech, so that a joined recording follows its parts.
struct MeanSpectrum {
    private static let halfLife = 60_000.0
    private var sums: [Double]
    private var count = 0.0

    init(bands: Int) { sums = [Double](repeating: 0, count: bands) }

    /// Takes frames in, and gives the mean with them; zeros before there was any.
    ///
    /// - Parameters:
    ///   - mel: one row for each frame.
    ///   - ranges: the rows that count.
    mutating func mean(adding mel: [Float], rows ranges: [Range<Int>]) -> [Float] {
        let bands = sums.count
        let added = ranges.reduce(0) { $0 + $1.count }
        let fading = exp2(-Double(added) / Self.halfLife)
        for band in 0..<bands { sums[band] *= fading }
        count = count * fading + Double(added)
        for range in ranges {
            for row in range {
                for band in 0..<bands { sums[band] += Double(mel[row * bands + band]) }
            }
        }
        return sums.map { count > 0 ? Float($0 / count) : 0 }
    }
}
