/// Probabilistic linear discriminant analysis (Ioffe 2006; Kenny 2010) in the form of VBx: an affine map into a space in which
/// the vectors of one speaker scatter with covariance 1 around the speaker's mean, and means with covariance diag(``between``).
public struct PLDA: Sendable {
    public let mean: [Float]
    /// The rows of the map, each as long as ``mean``.
    public let rows: [Float]
    /// Variances of speaker means, one for each row, falling.
    public let between: [Float]

    public init(mean: [Float], rows: [Float], between: [Float]) {
        precondition(rows.count == mean.count * between.count)
        (self.mean, self.rows, self.between) = (mean, rows, between)
    }

    /// The vector in that space.
    public func mapped(_ vector: ArraySlice<Float>) -> [Float] {
        let (size, first) = (mean.count, vector.startIndex)
        return between.indices.map { row in
            var sum: Float = 0
            for index in 0..<size { sum += rows[row * size + index] * (vector[first + index] - mean[index]) }
            return sum
        }
    }
}
