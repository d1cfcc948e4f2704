extension EmbeddingTrack {
    /// Frames of a window, from one window to the next.
    public struct Layout: Hashable, Sendable {
        public var length: Int, step: Int
        public init(length: Int, step: Int) { (self.length, self.step) = (length, step) }

        /// Windows that cover a stretch of frames evenly: one of the whole where it is no longer than a window.
        func windows(in frames: Range<Int>) -> [Range<Int>] {
            guard frames.count > length else { return [frames] }
            let count = (frames.count - length + step - 1) / step
            return (0...count).map { number in
                let start = frames.lowerBound + (frames.count - length) * number / count
                return start..<start + length
            }
        }
    }
}
