extension FrameMatrix {
    /// Puts the result of a function in place of every value.
    @inline(__always)
    public mutating func replaceEach(_ replacement: (Float) -> Float) {
        let count = frameCount * stride
        withMutableFrames { values in
            for index in 0..<count { values[index] = replacement(values[index]) }
        }
    }

    /// Puts 1 / (1 + e⁻ˣ) in place of every value.
    public mutating func replaceEachBySigmoid() {
        let count = frameCount * stride
        withMutableFrames { values in
            for index in Swift.stride(from: 0, to: count, by: 8) {
                let address = UnsafeMutableRawPointer(values + index)
                address.storeBytes(of: Exponential.sigmoid(address.loadUnaligned(as: SIMD8<Float>.self)), as: SIMD8<Float>.self)
            }
        }
    }
}
