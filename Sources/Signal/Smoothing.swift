extension [Float] {
    /// The moving mean over `2 · radius + 1` values; at the ends over those there are.
    func boxSmoothed(radius: Int) -> [Float] {
        var sum = 0.0
        var (first, end) = (0, 0)
        return indices.map { centre in
            while end < Swift.min(count, centre + radius + 1) { sum += Double(self[end]); end += 1 }
            while first < centre - radius { sum -= Double(self[first]); first += 1 }
            return Float(sum / Double(end - first))
        }
    }

    /// The values weighted by a symmetric kernel of odd length; beyond the ends the last value goes on.
    func smoothed(by kernel: [Float]) -> [Float] {
        let half = kernel.count / 2
        return indices.map { centre in
            kernel.indices.reduce(0) { sum, tap in
                sum + kernel[tap] * self[Swift.max(0, Swift.min(count - 1, centre + tap - half))]
            }
        }
    }
}
