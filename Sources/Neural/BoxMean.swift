extension FrameMatrix {
    /// The mean of each channel over `radius` frames on either side, as far as there are frames.
    ///
    /// - Complexity: O(frames × channels), whatever the radius.
    public func boxMean(radius: Int, margin: Int = 0) -> FrameMatrix {
        var result = FrameMatrix(frames: frameCount, channels: channelCount, margin: margin)
        for channel in 0..<channelCount {
            var (sum, first, last) = (0.0, 0, 0)
            for frame in 0..<frameCount {
                while last < min(frameCount, frame + radius + 1) { sum += Double(self[last, channel]); last += 1 }
                while first < frame - radius { sum -= Double(self[first, channel]); first += 1 }
                result[frame, channel] = Float(sum / Double(last - first))
            }
        }
        return result
    }
}
