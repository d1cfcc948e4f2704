extension FrameMatrix {
    /// Puts the result of a function in place of every value.
    @inline(__always)
    public mutating func replaceEach(_ replacement: (Float) -> Float) {
        let count = frameCount * stride
        withMutableFrames { values in
            for index in 0..<count { values[index] = replacement(values[index]) }
        }
    }
}
