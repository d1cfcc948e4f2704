/// Values by frame and channel, with rows of zeros before the first frame and behind the last, so that convolutions need
/// no special case at the ends.
///
/// Rows are padded to a multiple of eight channels; the padding stays zero.
public struct FrameMatrix: Sendable {
    public let frameCount, channelCount: Int
    /// Values from one frame to the next.
    public let stride: Int
    /// Rows of zeros on either side.
    public let margin: Int
    public private(set) var values: [Float]

    public init(frames: Int, channels: Int, margin: Int = 0) {
        (frameCount, channelCount, self.margin) = (frames, channels, margin)
        stride = (channels + 7) / 8 * 8
        values = [Float](repeating: 0, count: (frames + 2 * margin) * stride)
    }

    public subscript(frame: Int, channel: Int) -> Float {
        get { values[(frame + margin) * stride + channel] }
        set { values[(frame + margin) * stride + channel] = newValue }
    }

    /// Calls with the address of the first frame's first value.
    func withFrames<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
        values.withUnsafeBufferPointer { body($0.baseAddress! + margin * stride) }
    }

    mutating func withMutableFrames<Result>(_ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
        let offset = margin * stride
        return values.withUnsafeMutableBufferPointer { body($0.baseAddress! + offset) }
    }
}

extension FrameMatrix {
    /// Adds another matrix of the same shape.
    public mutating func add(_ other: FrameMatrix) {
        precondition(values.count == other.values.count)
        for index in values.indices { values[index] += other.values[index] }
    }
}
