extension Array where Element == Float {
    /// The vector at length 1; zeros stay zeros.
    var normalized: [Float] {
        let length = reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? map { $0 / length } : self
    }
}

/// Vectors of one size, one behind the other.
public struct Vectors: Sendable {
    public let size: Int
    public private(set) var values: [Float] = []

    public init(size: Int) { self.size = size }

    public var count: Int { size == 0 ? 0 : values.count / size }
    public subscript(index: Int) -> ArraySlice<Float> { values[index * size..<(index + 1) * size] }

    public mutating func append(_ vector: some Collection<Float>) {
        precondition(vector.count == size)
        values.append(contentsOf: vector)
    }

    /// The inner product of two slices of the same length.
    @inline(__always)
    static func product(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var (sums, index) = (SIMD8<Float>.zero, 0)
                while index + 8 <= a.count {
                    sums += UnsafeRawPointer(a.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
                        * UnsafeRawPointer(b.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
                    index += 8
                }
                var sum = sums.sum()
                while index < a.count { sum += a[index] * b[index]; index += 1 }
                return sum
            }
        }
    }
}
