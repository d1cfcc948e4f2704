/// A fully connected layer: out[o] = bias[o] + Σ w[o][i] · in[i].
///
/// A layer may read a part of its inputs, the rest counting as zero: that is how a convolution treats its ends.
public struct Dense: Sendable {
    public let inputCount, outputCount: Int

    private let lanes: Int
    /// By output group of eight, then input: eight outputs side by side.
    private let weights: [SIMD8<Float>]
    private let bias: [SIMD8<Float>]

    /// - Parameters:
    ///   - weights: `bias.count` rows of `inputs` values.
    ///   - bias: one value for each output.
    public init(weights: [Float], bias: [Float], inputs: Int) {
        precondition(weights.count == bias.count * inputs)
        (inputCount, outputCount, lanes) = (inputs, bias.count, (bias.count + 7) / 8)
        var packed = [SIMD8<Float>](repeating: .zero, count: lanes * inputs)
        var packedBias = [SIMD8<Float>](repeating: .zero, count: lanes)
        for (output, value) in bias.enumerated() {
            packedBias[output / 8][output % 8] = value
            for input in 0..<inputs { packed[output / 8 * inputs + input][output % 8] = weights[output * inputs + input] }
        }
        (self.weights, self.bias) = (packed, packedBias)
    }

    /// Applies the layer to every frame.
    ///
    /// - Parameters:
    ///   - column: of the input, where the values for `inputs` begin.
    ///   - inputs: those that are there, of 0..<`inputCount`; all unless stated.
    ///   - target: of the output, a multiple of eight, where the results are put: a whole number of groups of eight.
    ///   - rectified: whether negative sums become zero.
    /// - Complexity: frames × inputs × outputs multiplications; nothing is allocated.
    public func apply(
        to input: FrameMatrix, column: Int = 0, inputs: Range<Int>? = nil, into output: inout FrameMatrix, at target: Int = 0, rectified: Bool = false
    ) {
        let inputs = inputs ?? 0..<inputCount
        precondition(inputs.lowerBound >= 0 && inputs.upperBound <= inputCount && column >= 0 && column + inputs.count <= input.stride)
        precondition(target >= 0 && target % 8 == 0 && target + lanes * 8 <= output.stride && output.frameCount <= input.frameCount)
        let (frames, stride, outputStride) = (output.frameCount, input.stride, output.stride)
        input.withFrames { source in
            output.withMutableFrames { result in
                weights.withUnsafeBufferPointer { weights in
                    for group in 0..<lanes {
                        let row = weights.baseAddress! + group * inputCount + inputs.lowerBound
                        let (from, to) = (source + column, result + target + group * 8)
                        var frame = 0
                        while frame + 4 <= frames {
                            four(row, inputs.count, from + frame * stride, stride, to + frame * outputStride, outputStride, group, rectified)
                            frame += 4
                        }
                        while frame < frames {
                            one(row, inputs.count, from + frame * stride, to + frame * outputStride, group, rectified)
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
        _ row: UnsafePointer<SIMD8<Float>>, _ count: Int, _ first: UnsafePointer<Float>, _ stride: Int,
        _ target: UnsafeMutablePointer<Float>, _ targetStride: Int, _ group: Int, _ rectified: Bool
    ) {
        let (second, third, fourth) = (first + stride, first + 2 * stride, first + 3 * stride)
        var (a, b, c, d) = (bias[group], bias[group], bias[group], bias[group])
        for input in 0..<count {
            let weight = row[input]
            a += weight * first[input]
            b += weight * second[input]
            c += weight * third[input]
            d += weight * fourth[input]
        }
        store(a, target, rectified)
        store(b, target + targetStride, rectified)
        store(c, target + 2 * targetStride, rectified)
        store(d, target + 3 * targetStride, rectified)
    }

    @inline(__always)
    private func one(
        _ row: UnsafePointer<SIMD8<Float>>, _ count: Int, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ group: Int,
        _ rectified: Bool
    ) {
        var sum = bias[group]
        for input in 0..<count { sum += row[input] * source[input] }
        store(sum, target, rectified)
    }

    @inline(__always)
    private func store(_ sum: SIMD8<Float>, _ target: UnsafeMutablePointer<Float>, _ rectified: Bool) {
        let result = rectified ? sum.replacing(with: 0, where: sum .< 0) : sum
        UnsafeMutableRawPointer(target).storeBytes(of: result, as: SIMD8<Float>.self)
    }
}
