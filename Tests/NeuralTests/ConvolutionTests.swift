import Testing

@testable import Neural

@Suite struct ConvolutionTests {
    private struct Shape: CustomTestStringConvertible {
        let inputs, outputs, kernel, dilation, step, frames: Int
        var testDescription: String { "\(inputs) to \(outputs), kernel \(kernel), dilation \(dilation), step \(step), \(frames) frames" }
    }

    private static let shapes = [
        Shape(inputs: 3, outputs: 5, kernel: 3, dilation: 1, step: 1, frames: 9),
        Shape(inputs: 8, outputs: 8, kernel: 1, dilation: 1, step: 1, frames: 1),
        Shape(inputs: 16, outputs: 16, kernel: 3, dilation: 4, step: 1, frames: 31),
        Shape(inputs: 40, outputs: 24, kernel: 5, dilation: 1, step: 2, frames: 22),
        Shape(inputs: 9, outputs: 1, kernel: 5, dilation: 3, step: 1, frames: 2),
    ]

    /// The definition, in doubles.
    private func reference(_ shape: Shape, _ weights: [Float], _ bias: [Float], _ input: [[Float]]) -> [[Double]] {
        (0..<(shape.frames + shape.step - 1) / shape.step).map { frame in
            (0..<shape.outputs).map { output in
                var sum = Double(bias[output])
                for tap in 0..<shape.kernel {
                    let at = frame * shape.step + (tap - (shape.kernel - 1) / 2) * shape.dilation
                    guard input.indices.contains(at) else { continue }
                    for channel in 0..<shape.inputs {
                        sum += Double(weights[(output * shape.inputs + channel) * shape.kernel + tap]) * Double(input[at][channel])
                    }
                }
                return sum
            }
        }
    }

    @Test(arguments: shapes) private func `is the sum that it is defined as`(shape: Shape) {
        var random = Numbers(seed: 3)
        let weights = random.values(shape.outputs * shape.inputs * shape.kernel)
        let bias = random.values(shape.outputs)
        let rows = (0..<shape.frames).map { _ in random.values(shape.inputs) }
        let convolution = Convolution(
            weights: weights, bias: bias, inputs: shape.inputs, kernel: shape.kernel, dilation: shape.dilation, step: shape.step)
        let expected = reference(shape, weights, bias, rows)
        let input = FrameMatrix(rows, margin: convolution.margin)
        var output = FrameMatrix(frames: expected.count, channels: shape.outputs)
        convolution.apply(to: input, into: &output)
        for (frame, row) in expected.enumerated() {
            for (channel, value) in row.enumerated() { #expect(abs(Double(output[frame, channel]) - value) < 1e-4) }
        }
        convolution.apply(to: input, into: &output, ending: .rectified)
        for (frame, row) in expected.enumerated() {
            for (channel, value) in row.enumerated() { #expect(abs(Double(output[frame, channel]) - max(0, value)) < 1e-4) }
        }
        guard shape.inputs == shape.outputs, shape.step == 1 else { return }
        convolution.apply(to: input, into: &output, ending: .rectifiedPlusInput)
        for (frame, row) in expected.enumerated() {
            for (channel, value) in row.enumerated() {
                #expect(abs(Double(output[frame, channel]) - max(0, value) - Double(rows[frame][channel])) < 1e-4)
            }
        }
    }

    @Test(arguments: [0, 1, 5, 100]) func `a box mean is the mean of the frames there are`(radius: Int) {
        var random = Numbers(seed: 4)
        let rows = (0..<23).map { _ in random.values(3) }
        let means = FrameMatrix(rows, margin: 0).boxMean(radius: radius)
        for frame in rows.indices {
            let near = rows[max(0, frame - radius)...min(22, frame + radius)]
            for channel in 0..<3 {
                let mean = near.reduce(0) { $0 + $1[channel] } / Float(near.count)
                #expect(abs(means[frame, channel] - mean) < 1e-5)
            }
        }
    }

    @Test func `weights are sixteen-bit floats in base64`() {
        // 1, -2, 0.5, 65504, 2^-24 and 0 by IEEE 754: 3C00, C000, 3800, 7BFF, 0001, 0000; little-endian, then RFC 4648.
        var reader = WeightReader("ADwAwAA4/3sBAAAA")
        #expect(reader.next(6) == [1, -2, 0.5, 65504, 0x1p-24, 0])
        #expect(reader.isAtEnd)
    }
}

/// Numbers between -1 and 1 by a seed.
private struct Numbers {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func values(_ count: Int) -> [Float] {
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
        }
    }
}

extension FrameMatrix {
    fileprivate init(_ rows: [[Float]], margin: Int) {
        self.init(frames: rows.count, channels: rows[0].count, margin: margin)
        for (frame, row) in rows.enumerated() {
            for (channel, value) in row.enumerated() { self[frame, channel] = value }
        }
    }
}
