/// A convolution over frames, `same` padding with zeros: out[t] = bias + Σ w[k] · in[t · step + (k − (K − 1) / 2) · dilation].
public struct Convolution: Sendable {
    public let inputCount, outputCount, kernel, dilation, step: Int
    /// What becomes of the sums.
    public enum Ending: Sendable {
        case plain
        /// Negative sums become zero.
        case rectified
        /// Negative sums become zero, and the input is added: for as many outputs as inputs and a step of 1.
        case rectifiedPlusInput
    }

    private let lanes: Int
    /// By output group of eight, tap and input: eight outputs side by side.
    private let weights: [SIMD8<Float>]
    private let bias: [SIMD8<Float>]

    /// Frames that the input must have as margin.
    public var margin: Int { (kernel - 1) / 2 * dilation }

    /// - Parameters:
    ///   - weights: `outputCount` × `inputCount` × `kernel`, the last index fastest, as PyTorch's Conv1d has them.
    ///   - bias: `outputCount` values.
    public init(weights: [Float], bias: [Float], inputs: Int, kernel: Int, dilation: Int = 1, step: Int = 1) {
        let outputs = bias.count
        precondition(kernel % 2 == 1 && weights.count == outputs * inputs * kernel)
        (inputCount, outputCount, self.kernel, self.dilation, self.step) = (inputs, outputs, kernel, dilation, step)
        lanes = (outputs + 7) / 8
        var (packed, packedBias) = ([SIMD8<Float>](), [SIMD8<Float>](repeating: .zero, count: lanes))
        for (output, value) in bias.enumerated() { packedBias[output / 8][output % 8] = value }
        for group in 0..<lanes {
            for tap in 0..<kernel {
                for input in 0..<inputs {
                    var column = SIMD8<Float>.zero
                    for lane in 0..<min(8, outputs - group * 8) { column[lane] = weights[((group * 8 + lane) * inputs + input) * kernel + tap] }
                    packed.append(column)
                }
            }
        }
        (self.weights, self.bias) = (packed, packedBias)
    }

    /// - Parameters:
    ///   - input: with at least ``margin`` rows of margin, and `step` times as many frames as the output, or one less.
    ///   - output: overwritten.
    /// - Complexity: frames × inputs × outputs × kernel multiplications; nothing is allocated.
    public func apply(to input: FrameMatrix, into output: inout FrameMatrix, ending: Ending = .plain) {
        precondition(input.channelCount == inputCount && output.channelCount == outputCount && input.margin >= margin)
        precondition((output.frameCount - 1) * step < input.frameCount + (input.margin - margin))
        let (frames, outputStride) = (output.frameCount, output.stride)
        input.withFrames { source in
            output.withMutableFrames { target in
                weights.withUnsafeBufferPointer { weights in
                    for group in 0..<lanes {
                        let rows = weights.baseAddress! + group * kernel * inputCount
                        var frame = 0
                        while frame + 4 <= frames {
                            four(at: frame, group, rows, source, input.stride, target, outputStride, ending)
                            frame += 4
                        }
                        while frame < frames {
                            one(at: frame, group, rows, source, input.stride, target, outputStride, ending)
                            frame += 1
                        }
                    }
                }
            }
        }
    }

    /// Four frames at once, so that a weight that was loaded serves four times.
    @inline(__always)
    private func four(
        at frame: Int, _ group: Int, _ rows: UnsafePointer<SIMD8<Float>>, _ source: UnsafePointer<Float>, _ stride: Int,
        _ target: UnsafeMutablePointer<Float>, _ targetStride: Int, _ ending: Ending
    ) {
        var (a, b, c, d) = (bias[group], bias[group], bias[group], bias[group])
        var row = rows
        for tap in 0..<kernel {
            let first = source + (frame * step + (tap - (kernel - 1) / 2) * dilation) * stride
            let (second, third, fourth) = (first + step * stride, first + 2 * step * stride, first + 3 * step * stride)
            for input in 0..<inputCount {
                let weight = row[input]
                a += weight * first[input]
                b += weight * second[input]
                c += weight * third[input]
                d += weight * fourth[input]
            }
            row += inputCount
        }
        store(a, frame, group, source, stride, target, targetStride, ending)
        store(b, frame + 1, group, source, stride, target, targetStride, ending)
        store(c, frame + 2, group, source, stride, target, targetStride, ending)
        store(d, frame + 3, group, source, stride, target, targetStride, ending)
    }

    @inline(__always)
    private func one(
        at frame: Int, _ group: Int, _ rows: UnsafePointer<SIMD8<Float>>, _ source: UnsafePointer<Float>, _ stride: Int,
        _ target: UnsafeMutablePointer<Float>, _ targetStride: Int, _ ending: Ending
    ) {
        var sum = bias[group]
        for tap in 0..<kernel {
            let values = source + (frame * step + (tap - (kernel - 1) / 2) * dilation) * stride
            for input in 0..<inputCount { sum += rows[tap * inputCount + input] * values[input] }
        }
        store(sum, frame, group, source, stride, target, targetStride, ending)
    }

    @inline(__always)
    private func store(
        _ sum: SIMD8<Float>, _ frame: Int, _ group: Int, _ source: UnsafePointer<Float>, _ stride: Int,
        _ target: UnsafeMutablePointer<Float>, _ targetStride: Int, _ ending: Ending
    ) {
        var sum = sum
        switch ending {
        case .plain: break
        case .rectified: sum = rectified(sum)
        case .rectifiedPlusInput: sum = rectified(sum) + vector(source + frame * stride + group * 8)
        }
        UnsafeMutableRawPointer(target + frame * targetStride + group * 8).storeBytes(of: sum, as: SIMD8<Float>.self)
    }

    @inline(__always)
    private func rectified(_ sum: SIMD8<Float>) -> SIMD8<Float> { sum.replacing(with: 0, where: sum .< 0) }

    @inline(__always)
    private func vector(_ address: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Float>.self)
    }
}
