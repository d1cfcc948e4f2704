/// A percentile of the levels around each tenth of a second, then smoothed.
struct RollingPercentile {
    /// 0...1.
    let fraction: Float
    /// Tenths of a second that each percentile looks at, half of them before.
    let width: Int
    /// Tenths of a second on either side that the moving mean takes in.
    let smoothing: Int

    /// - Parameter level: dB above the lowest, 0..<128, one value for every 10 ms.
    /// - Returns: one value for every 100 ms.
    func values(of level: [Float]) -> [Float] {
        let bins = stride(from: 0, to: level.count, by: 10).map { Int(max(0, min(127.5, level[$0])) * 2) }
        var histogram = [Int32](repeating: 0, count: 256)
        var (first, end) = (0, 0)
        let percentiles = bins.indices.map { centre -> Float in
            while end < min(bins.count, centre + width / 2 + 1) { histogram[bins[end]] += 1; end += 1 }
            while first < centre - width / 2 { histogram[bins[first]] -= 1; first += 1 }
            return percentile(of: histogram, total: end - first)
        }
        return percentiles.boxSmoothed(radius: smoothing)
    }

    private func percentile(of histogram: [Int32], total: Int) -> Float {
        var wanted = Int32(fraction * Float(total - 1)) + 1
        for (bin, count) in histogram.enumerated() {
            wanted -= count
            if wanted <= 0 { return Float(bin) * 0.5 }
        }
        return 127.5
    }
}
