/// A layer of long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
///
///     i, f, o = σ(W · x + U · h + b)     g = tanh(W · x + U · h + b)
///     c = f · c + i · g                  h = o · tanh(c)
public struct LSTM: Sendable {
    /// Cells: a multiple of eight.
    public let size: Int
    /// W and the sum of both biases: 4 · `size` outputs.
    private let input: Dense
    /// U by four groups of eight outputs, then input, then group.
    private let recurrent: [SIMD8<Float>]

    /// What goes from one step to the next.
    public struct State: Hashable, Sendable {
        public fileprivate(set) var hidden, cell: [Float]

        public init(size: Int) { (hidden, cell) = ([Float](repeating: 0, count: size), [Float](repeating: 0, count: size)) }
    }

    /// - Parameters:
    ///   - weights: 4 · `size` rows of `inputs` values, by gates in the order i, f, g, o, as PyTorch has them.
    ///   - recurrent: 4 · `size` rows of `size` values.
    ///   - bias: 4 · `size` values.
    public init(weights: [Float], recurrent: [Float], bias: [Float], inputs: Int) {
        size = bias.count / 4
        precondition(size > 0 && size % 8 == 0 && bias.count == 4 * size && recurrent.count == 4 * size * size)
        input = Dense(weights: weights, bias: bias, inputs: inputs)
        var packed = [SIMD8<Float>](repeating: .zero, count: size / 2 * size)
        for row in 0..<4 * size {
            for column in 0..<size {
                packed[(row / 32 * size + column) * 4 + row / 8 % 4][row % 8] = recurrent[row * size + column]
            }
        }
        self.recurrent = packed
    }

    /// Takes a step with every frame in turn.
    ///
    /// - Parameters:
    ///   - gates: room for frames × 4 · `size` values.
    ///   - output: the hidden values after each frame.
    public func apply(to frames: FrameMatrix, state: inout State, gates: inout FrameMatrix, into output: inout FrameMatrix) {
        precondition(state.hidden.count == size && gates.stride == 4 * size && output.stride == size && output.frameCount <= gates.frameCount)
        input.apply(to: frames, into: &gates)
        let count = output.frameCount
        gates.withMutableFrames { gates in
            output.withMutableFrames { output in
                for frame in 0..<count { step(gates + frame * 4 * size, &state, output + frame * size) }
            }
        }
    }

    private func step(_ gates: UnsafeMutablePointer<Float>, _ state: inout State, _ output: UnsafeMutablePointer<Float>) {
        state.hidden.withUnsafeMutableBufferPointer { hidden in
            addRecurrent(hidden.baseAddress!, gates)
            state.cell.withUnsafeMutableBufferPointer { cell in
                for unit in stride(from: 0, to: size, by: 8) {
                    let (keep, forget) = (Exponential.sigmoid(load(gates + unit)), Exponential.sigmoid(load(gates + size + unit)))
                    let (new, out) = (Exponential.tanh(load(gates + 2 * size + unit)), Exponential.sigmoid(load(gates + 3 * size + unit)))
                    let value = forget * load(cell.baseAddress! + unit) + keep * new
                    store(value, cell.baseAddress! + unit)
                    let result = out * Exponential.tanh(value)
                    store(result, hidden.baseAddress! + unit)
                    store(result, output + unit)
                }
            }
        }
    }

    /// gates += U · h, 32 at a time.
    private func addRecurrent(_ hidden: UnsafePointer<Float>, _ gates: UnsafeMutablePointer<Float>) {
        recurrent.withUnsafeBufferPointer { weights in
            var row = weights.baseAddress!
            for group in stride(from: 0, to: 4 * size, by: 32) {
                let target = gates + group
                var (a, b, c, d) = (load(target), load(target + 8), load(target + 16), load(target + 24))
                for unit in 0..<size {
                    let value = hidden[unit]
                    a += row[0] * value
                    b += row[1] * value
                    c += row[2] * value
                    d += row[3] * value
                    row += 4
                }
                store(a, target)
                store(b, target + 8)
                store(c, target + 16)
                store(d, target + 24)
            }
        }
    }

    @inline(__always)
    private func load(_ address: UnsafePointer<Float>) -> SIMD8<Float> { UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Float>.self) }

    @inline(__always)
    private func store(_ value: SIMD8<Float>, _ address: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(address).storeBytes(of: value, as: SIMD8<Float>.self)
    }
}
