#if canImport(Glibc)
    import Glibc
#endif

/// Triangular filters, evenly spaced in mel = 2595 · log10(1 + f / 700) (O'Shaughnessy 1987), each with peak 1.
public struct MelFilterBank: Sendable {
    public let bandCount: Int
    /// For each band the first bin, and where its weights begin and end in `weights`.
    private let firstBins, starts: [Int]
    private let weights: [Float]

    /// - Parameters:
    ///   - bandCount: filters between `lowest` and `highest` Hz; each begins at the peak of the one before.
    ///   - transformSize: samples of the transform whose powers come in: bin *k* stands for *k* · `sampleRate` / `transformSize` Hz.
    public init(bandCount: Int, lowest: Double, highest: Double, transformSize: Int, sampleRate: Int) {
        let (low, high) = (Self.mel(lowest), Self.mel(highest))
        let edges = (0..<bandCount + 2).map { Self.hertz(low + (high - low) * Double($0) / Double(bandCount + 1)) }
        var (firstBins, starts, weights) = ([Int](), [Int](), [Float]())
        for band in 0..<bandCount {
            let filter = (0...transformSize / 2).map { bin in
                let frequency = Double(bin) * Double(sampleRate) / Double(transformSize)
                return Float(Self.height(at: frequency, of: edges[band...band + 2]))
            }
            let first = filter.firstIndex { $0 > 0 } ?? 0
            starts.append(weights.count)
            firstBins.append(first)
            weights += filter[first...(filter.lastIndex { $0 > 0 } ?? first)]
        }
        (self.bandCount, self.firstBins, self.starts, self.weights) = (bandCount, firstBins, starts + [weights.count], weights)
    }

    private static func height(at frequency: Double, of edges: ArraySlice<Double>) -> Double {
        let (low, peak, high) = (edges[edges.startIndex], edges[edges.startIndex + 1], edges[edges.startIndex + 2])
        return max(0, min((frequency - low) / (peak - low), (high - frequency) / (high - peak)))
    }

    private static func mel(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
    private static func hertz(_ mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }

    /// The power in each band.
    ///
    /// - Parameters:
    ///   - power: one value for each bin, `transformSize` / 2 + 1 of them.
    ///   - bands: `bandCount` values are written.
    public func apply(to power: UnsafePointer<Float>, into bands: UnsafeMutablePointer<Float>) {
        weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            for band in 0..<bandCount {
                bands[band] = Self.product(weights + starts[band], power + firstBins[band], count: starts[band + 1] - starts[band])
            }
        }
    }

    /// The sum of products, eight at a time.
    private static func product(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        var (sums, index) = (SIMD8<Float>.zero, 0)
        while index + 8 <= count {
            sums += UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Float>.self) * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Float>.self)
            index += 8
        }
        var sum = sums.sum()
        while index < count { sum += a[index] * b[index]; index += 1 }
        return sum
    }
}
