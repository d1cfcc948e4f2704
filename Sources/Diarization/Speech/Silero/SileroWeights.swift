import Neural

/// The weights of a Silero network for one sample rate, as its ONNX file holds them.
struct SileroWeights {
    struct Convolution {
        let inputs: Int
        /// Outputs × inputs × kernel.
        let weights: [Float]
        let bias: [Float]
    }

    static let kernel = 3

    /// Samples of a frame of the spectrum: 256 at 16 kHz, 128 at 8 kHz.
    let length: Int
    /// `length` + 2 rows of `length`.
    let basis: [Float]
    let encoder: [Convolution]
    let input, recurrent, inputBias, recurrentBias: [Float]
    let output: [Float]
    let outputBias: Float

    /// - Parameter sampleRate: 16000 or 8000.
    /// - Throws: ``ModelError`` when the file has no network for that rate, or one of another shape.
    init(_ model: ONNXModel, sampleRate: Int, file: String) throws(ModelError) {
        let length = sampleRate * 2 / 125
        let found = Found(graph: try Self.graph(of: model, length, sampleRate, file), file: file)
        self.length = length
        basis = try found.floats("stft.forward_basis_buffer", [length + 2, 1, length])
        let sizes = [length / 2 + 1, SileroNetwork.channels, 64, 64, SileroNetwork.channels]
        var encoder: [Convolution] = []
        for (layer, (inputs, outputs)) in zip(sizes, sizes.dropFirst()).enumerated() {
            let name = "encoder.\(layer).reparam_conv."
            encoder.append(
                Convolution(
                    inputs: inputs, weights: try found.floats(name + "weight", [outputs, inputs, Self.kernel]),
                    bias: try found.floats(name + "bias", [outputs])))
        }
        self.encoder = encoder
        let (cells, gates) = (SileroNetwork.channels, 4 * SileroNetwork.channels)
        input = try found.floats("decoder.rnn.weight_ih", [gates, cells])
        recurrent = try found.floats("decoder.rnn.weight_hh", [gates, cells])
        inputBias = try found.floats("decoder.rnn.bias_ih", [gates])
        recurrentBias = try found.floats("decoder.rnn.bias_hh", [gates])
        output = try found.floats("decoder.decoder.2.weight", [1, cells, 1])
        outputBias = try found.floats("decoder.decoder.2.bias", [1])[0]
    }

    /// The graph with the weights of a rate: the main one, or a branch of one of its `If` nodes.
    private static func graph(of model: ONNXModel, _ length: Int, _ sampleRate: Int, _ file: String) throws(ModelError) -> [ONNXTensor] {
        let branches = model.graph.nodes.filter { $0.operation == "If" }.flatMap { node in
            ["then_branch", "else_branch"].compactMap { node.graphs[$0] }
        }
        let bases = ([model.graph] + branches).map(\.tensors).compactMap { tensors in
            tensors.first { Found.isNamed($0.name, "stft.forward_basis_buffer") }.map { (tensors, $0.shape) }
        }
        guard !bases.isEmpty else {
            throw ModelError(file, "is not a Silero VAD network: it has no tensor stft.forward_basis_buffer; expected silero_vad.onnx of silero-vad 5 or 6")
        }
        guard let tensors = bases.first(where: { $0.1 == [length + 2, 1, length] })?.0 else {
            throw ModelError(file, "has no Silero VAD network for \(sampleRate) Hz")
        }
        return tensors
    }

    /// Tensors by the ends of their names.
    private struct Found {
        let graph: [ONNXTensor]
        let file: String

        static func isNamed(_ name: String, _ ending: String) -> Bool {
            name.hasSuffix(ending) && (name.utf8.count == ending.utf8.count || name.dropLast(ending.count).last.map { "._/".contains($0) } == true)
        }

        func floats(_ name: String, _ shape: [Int]) throws(ModelError) -> [Float] {
            guard let tensor = graph.first(where: { Self.isNamed($0.name, name) }) else {
                throw ModelError(file, "is not a Silero VAD network: it has no tensor \(name)")
            }
            guard tensor.shape == shape, let floats = tensor.floats else {
                throw ModelError(file, "has a tensor \(name) of \(tensor.type) \(tensor.shape); expected whole float32 \(shape)")
            }
            guard floats.allSatisfy(\.isFinite) else { throw ModelError(file, "has a tensor \(name) with numbers that are not finite") }
            return floats
        }
    }
}
