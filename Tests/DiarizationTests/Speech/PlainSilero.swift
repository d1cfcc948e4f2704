import Glibc

/// The network of Silero VAD in double precision and plain loops, as a check of the one that is used.
struct PlainSilero {
    /// Of one rate, by name.
    let tensors: [String: [Float]]
    let rate: Int

    private var length: Int { rate * 2 / 125 }

    /// A value for each window of 32 ms, the last one filled with zeros.
    func probabilities(of sound: [Float]) -> [Double] {
        let (window, context) = (2 * length, length / 4)
        var (hidden, cell) = ([Double](repeating: 0, count: 128), [Double](repeating: 0, count: 128))
        var result: [Double] = []
        for start in stride(from: 0, to: sound.count, by: window) {
            var samples = (start - context..<start + window).map { $0 >= 0 && $0 < sound.count ? Double(sound[$0]) : 0 }
            for index in 0..<length / 4 { samples.append(samples[context + window - 2 - index]) }
            var frames = (0..<4).map { spectrum(Array(samples[$0 * length / 2..<$0 * length / 2 + length])) }
            for (layer, step) in [1, 2, 2, 1].enumerated() { frames = convolved(frames, layer, step) }
            (hidden, cell) = remembered(frames[0], hidden, cell)
            let sum = zip(tensors["decoder.decoder.2.weight"]!, hidden).reduce(Double(tensors["decoder.decoder.2.bias"]![0])) {
                $0 + Double($1.0) * max(0, $1.1)
            }
            result.append(sigmoid(sum))
        }
        return result
    }

    private func spectrum(_ frame: [Double]) -> [Double] {
        let basis = tensors["stft.forward_basis_buffer"]!
        let products = (0..<length + 2).map { row in (0..<length).reduce(0) { $0 + Double(basis[row * length + $1]) * frame[$1] } }
        return (0...length / 2).map { hypot(products[$0], products[length / 2 + 1 + $0]) }
    }

    private func convolved(_ frames: [[Double]], _ layer: Int, _ step: Int) -> [[Double]] {
        let (weights, bias) = (tensors["encoder.\(layer).reparam_conv.weight"]!, tensors["encoder.\(layer).reparam_conv.bias"]!)
        let inputs = frames[0].count
        return stride(from: 0, to: frames.count, by: step).map { middle in
            bias.indices.map { output in
                var sum = Double(bias[output])
                for tap in 0..<3 where frames.indices.contains(middle + tap - 1) {
                    for input in 0..<inputs { sum += Double(weights[(output * inputs + input) * 3 + tap]) * frames[middle + tap - 1][input] }
                }
                return max(0, sum)
            }
        }
    }

    private func remembered(_ input: [Double], _ hidden: [Double], _ cell: [Double]) -> ([Double], [Double]) {
        let (w, u) = (tensors["decoder.rnn.weight_ih"]!, tensors["decoder.rnn.weight_hh"]!)
        let (b, c) = (tensors["decoder.rnn.bias_ih"]!, tensors["decoder.rnn.bias_hh"]!)
        var gates: [Double] = []
        for row in 0..<512 {
            var sum = Double(b[row]) + Double(c[row])
            for column in 0..<128 {
                sum += Double(w[row * 128 + column]) * input[column]
                sum += Double(u[row * 128 + column]) * hidden[column]
            }
            gates.append(sum)
        }
        var (next, output) = ([Double](), [Double]())
        for index in 0..<128 {
            let kept = sigmoid(gates[128 + index]) * cell[index]
            next.append(kept + sigmoid(gates[index]) * tanh(gates[256 + index]))
            output.append(sigmoid(gates[384 + index]) * tanh(next[index]))
        }
        return (output, next)
    }

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
