import Glibc
import Testing

@testable import Neural

@Suite struct DenseTests {
    private func random(_ count: Int, _ seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
        }
    }

    @Test(arguments: 1...9, [1, 8, 19]) func `a layer is a sum of products, of all inputs or of some`(frames: Int, outputs: Int) {
        let (inputs, weights, bias) = (13, random(outputs * 13, 1), random(outputs, 2))
        let layer = Dense(weights: weights, bias: bias, inputs: inputs)
        var (input, output) = (FrameMatrix(frames: frames, channels: 20), FrameMatrix(frames: frames, channels: 32))
        for (index, value) in random(frames * 20, 3).enumerated() { input[index / 20, index % 20] = value }
        layer.apply(to: input, column: 6, inputs: 2..<11, into: &output, at: 8, rectified: true)
        for frame in 0..<frames {
            for row in 0..<outputs {
                let sum = (2..<11).reduce(Double(bias[row])) { $0 + Double(weights[row * inputs + $1]) * Double(input[frame, 6 + $1 - 2]) }
                #expect(abs(Double(output[frame, 8 + row]) - max(0, sum)) < 1e-6)
            }
        }
    }

    @Test func `memory of one step follows its equations`() {
        let (weights, recurrent, bias) = (random(32 * 5, 1), random(32 * 8, 2), random(32, 3))
        let memory = LSTM(weights: weights, recurrent: recurrent, bias: bias, inputs: 5)
        var state = LSTM.State(size: 8)
        var (input, gates, output) = (FrameMatrix(frames: 6, channels: 5), FrameMatrix(frames: 6, channels: 32), FrameMatrix(frames: 6, channels: 8))
        for (index, value) in random(30, 4).enumerated() { input[index / 5, index % 5] = value }
        memory.apply(to: input, state: &state, gates: &gates, into: &output)
        var (h, c) = ([Double](repeating: 0, count: 8), [Double](repeating: 0, count: 8))
        for frame in 0..<6 {
            let sums = (0..<32).map { row in
                (0..<5).reduce(Double(bias[row])) { $0 + Double(weights[row * 5 + $1]) * Double(input[frame, $1]) }
                    + (0..<8).reduce(0) { $0 + Double(recurrent[row * 8 + $1]) * h[$1] }
            }
            func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
            c = (0..<8).map { sigmoid(sums[8 + $0]) * c[$0] + sigmoid(sums[$0]) * tanh(sums[16 + $0]) }
            h = (0..<8).map { sigmoid(sums[24 + $0]) * tanh(c[$0]) }
            for unit in 0..<8 { #expect(abs(Double(output[frame, unit]) - h[unit]) < 1e-6) }
        }
        #expect(state.hidden == (0..<8).map { output[5, $0] })
    }

    @Test func `the exponential is exact to the last places`() {
        for step in 0..<4000 {
            let x = Float(step - 2000) * 0.0437
            let value = Double(Exponential.exp(SIMD8(repeating: x))[3])
            let expected = exp(Double(min(87, max(-87, x))))
            #expect(abs(value - expected) <= 4e-7 * expected, "\(x)")
        }
        #expect(Exponential.sigmoid(SIMD8(repeating: -200))[0] < 1e-37 && Exponential.sigmoid(SIMD8(repeating: 200))[0] == 1)
        #expect(Exponential.tanh(SIMD8(repeating: 100))[0] == 1 && Exponential.tanh(SIMD8(repeating: -100))[0] == -1)
    }
}
