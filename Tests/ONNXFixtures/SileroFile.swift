#if canImport(Glibc)
    import Glibc
#endif

/// A network in the layout of silero_vad.onnx with random weights: one branch for 16 kHz, one for 8 kHz.
public struct SileroFile: Sendable {
    public struct Tensor: Sendable {
        public let shape: [Int]
        public var floats: [Float]

        public init(shape: [Int], floats: [Float]) { (self.shape, self.floats) = (shape, floats) }
    }

    /// Tensors of a rate, by the names they have in the published file.
    public var tensors: [Int: [String: Tensor]] = [:]

    /// - Parameter isTransform: whether the spectrum is a windowed Fourier transform, as in the published file, or random too.
    public init(seed: UInt64, isTransform: Bool) {
        var state = seed
        func random(_ shape: [Int], _ scale: Float) -> Tensor {
            let floats = (0..<shape.reduce(1, *)).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31 * scale
            }
            return Tensor(shape: shape, floats: floats)
        }
        for rate in [16000, 8000] {
            let length = rate * 2 / 125
            var named = ["stft.forward_basis_buffer": isTransform ? Self.transform(length) : random([length + 2, 1, length], 0.1)]
            let sizes = [length / 2 + 1, 128, 64, 64, 128]
            for layer in 0..<4 {
                named["encoder.\(layer).reparam_conv.weight"] = random([sizes[layer + 1], sizes[layer], 3], 0.12)
                named["encoder.\(layer).reparam_conv.bias"] = random([sizes[layer + 1]], 0.1)
            }
            named["decoder.rnn.weight_ih"] = random([512, 128], 0.15)
            named["decoder.rnn.weight_hh"] = random([512, 128], 0.15)
            named["decoder.rnn.bias_ih"] = random([512], 0.2)
            named["decoder.rnn.bias_hh"] = random([512], 0.2)
            named["decoder.decoder.2.weight"] = random([1, 128, 1], 2)
            named["decoder.decoder.2.bias"] = random([1], 0.5)
            tensors[rate] = named
        }
    }

    /// Rows of cosines and then of sines under a Hann window.
    private static func transform(_ length: Int) -> Tensor {
        var floats: [Float] = []
        for row in 0..<length + 2 {
            for index in 0..<length {
                let angle = 2 * Double.pi * Double(index) / Double(length)
                let window = 0.5 - 0.5 * cos(angle)
                floats.append(Float(row <= length / 2 ? window * cos(angle * Double(row)) : -window * sin(angle * Double(row - length / 2 - 1))))
            }
        }
        return Tensor(shape: [length + 2, 1, length], floats: floats)
    }

    public var bytes: [UInt8] {
        let branches = [("then_branch", 16000), ("else_branch", 8000)].compactMap { name, rate in
            tensors[rate].map { named in
                let nodes = named.sorted { $0.key < $1.key }.map { ONNXFile.constant("If_0_\(name)__Inline_0__\($0.key)", $0.value.shape, $0.value.floats) }
                return ONNXFile.attribute(name, graph: ONNXFile.graph(nodes))
            }
        }
        let nodes = [ONNXFile.node("Equal", ["sr", "rate"], ["is16k"]), ONNXFile.node("If", ["is16k"], ["output", "stateN"], branches)]
        return ONNXFile.model(
            ONNXFile.graph(
                nodes, inputs: [.init("input", [nil, nil]), .init("state", [2, nil, 128]), .init("sr", type: 7, [])],
                outputs: [.init("output", [nil, 1]), .init("stateN", [nil, nil, nil])]))
    }
}
