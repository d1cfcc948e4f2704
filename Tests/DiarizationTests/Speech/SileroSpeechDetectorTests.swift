import Formats
import Models
import Neural
import ONNXFixtures
import Testing
import Timeline

@testable import Diarization

@Suite struct SileroSpeechDetectorTests {
    private func posterior(_ model: ONNXModel, _ sound: [Float], rate: Int = 16000, block: Int = 5000) throws -> [Float] {
        var detector = try SileroSpeechDetector(model: model, file: "test.onnx", sampleRate: rate)
        for start in stride(from: 0, to: sound.count, by: block) { detector.append(sound[start..<min(sound.count, start + block)]) }
        detector.finish()
        return detector.posterior.values
    }

    private func plain(_ file: SileroFile, _ sound: [Float], rate: Int) -> [Double] {
        PlainSilero(tensors: file.tensors[rate]!.mapValues(\.floats), rate: rate).probabilities(of: sound)
    }

    /// Noise whose loudness comes and goes.
    private func sound(_ count: Int) -> [Float] {
        var state: UInt64 = 7
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31 * (index / 3000 % 2 == 0 ? 0.5 : 0.02)
        }
    }

    @Test(arguments: [16000, 8000], [true, false]) func `it computes what a plain network with the same weights does`(rate: Int, isTransform: Bool) throws {
        let file = SileroFile(seed: 11, isTransform: isTransform)
        let sound = sound(40 * rate * 4 / 125 + 100)
        let (values, expected) = (try posterior(try ONNXModel(file.bytes, file: "test.onnx"), sound, rate: rate), plain(file, sound, rate: rate))
        #expect(values.count == 41 && expected.count == 41)
        #expect(zip(values, expected).allSatisfy { abs(Double($0) - $1) < 2e-5 })
        #expect(expected.max()! - expected.min()! > 0.05, "the network tells windows apart")
    }

    @Test(arguments: [0, 1, 511, 512, 513, 512 * 32, 512 * 33 + 7]) func `there is a value for every window that has begun`(samples: Int) throws {
        let model = try ONNXModel(SileroFile(seed: 1, isTransform: true).bytes, file: "test.onnx")
        #expect(try posterior(model, sound(samples)).count == (samples + 511) / 512)
    }

    @Test func `the size of the blocks changes nothing`() throws {
        let model = try ONNXModel(SileroFile(seed: 3, isTransform: true).bytes, file: "test.onnx")
        let sound = sound(16000 * 3)
        #expect(try posterior(model, sound, block: 100) == posterior(model, sound, block: 48_000))
    }

    @Test func `a file without the network is refused with what it lacks`() throws {
        var file = SileroFile(seed: 1, isTransform: false)
        file.tensors[16000]!["encoder.2.reparam_conv.bias"] = nil
        file.tensors[8000]!["decoder.rnn.weight_ih"] = .init(shape: [512, 64], floats: [Float](repeating: 0, count: 512 * 64))
        let model = try ONNXModel(file.bytes, file: "a.onnx")
        #expect(throws: ModelError("a.onnx", "is not a Silero VAD network: it has no tensor encoder.2.reparam_conv.bias")) {
            try SileroSpeechDetector(model: model, file: "a.onnx")
        }
        #expect(throws: ModelError("a.onnx", "has a tensor decoder.rnn.weight_ih of float32 [512, 64]; expected whole float32 [512, 128]")) {
            try SileroSpeechDetector(model: model, file: "a.onnx", sampleRate: 8000)
        }
        file.tensors[16000] = nil
        #expect(throws: ModelError("a.onnx", "has no Silero VAD network for 16000 Hz")) {
            try SileroSpeechDetector(model: ONNXModel(file.bytes, file: "a.onnx"), file: "a.onnx")
        }
        let other = ONNXFile.model(ONNXFile.graph([ONNXFile.node("Identity", ["x"], ["y"])]))
        #expect(throws: ModelError.self) { try SileroSpeechDetector(model: ONNXModel(other, file: "a.onnx"), file: "a.onnx") }
    }

    @Test func `weights that are no numbers are refused`() throws {
        var file = SileroFile(seed: 1, isTransform: false)
        file.tensors[16000]!["decoder.rnn.bias_hh"]!.floats[5] = .nan
        let model = try ONNXModel(file.bytes, file: "a.onnx")
        #expect(throws: ModelError("a.onnx", "has a tensor decoder.rnn.bias_hh with numbers that are not finite")) {
            try SileroSpeechDetector(model: model, file: "a.onnx")
        }
    }

    /// The published network, where the user has it.
    @Test(.enabled(if: (try? ModelStore.standard.record(of: ModelStore.silero)) != nil)) func `the installed network computes what a plain one does`() throws {
        let model = try ONNXModel(try ModelStore.standard.bytes(of: ModelStore.silero), file: "silero_vad.onnx")
        for rate in [16000, 8000] {
            let sound = sound(rate)
            let weights = try SileroWeights(model, sampleRate: rate, file: "silero_vad.onnx")
            var tensors = ["stft.forward_basis_buffer": weights.basis, "decoder.rnn.weight_ih": weights.input, "decoder.rnn.weight_hh": weights.recurrent]
            tensors["decoder.rnn.bias_ih"] = weights.inputBias
            tensors["decoder.rnn.bias_hh"] = weights.recurrentBias
            tensors["decoder.decoder.2.weight"] = weights.output
            tensors["decoder.decoder.2.bias"] = [weights.outputBias]
            for (layer, convolution) in weights.encoder.enumerated() {
                tensors["encoder.\(layer).reparam_conv.weight"] = convolution.weights
                tensors["encoder.\(layer).reparam_conv.bias"] = convolution.bias
            }
            let (values, expected) = (try posterior(model, sound, rate: rate), PlainSilero(tensors: tensors, rate: rate).probabilities(of: sound))
            #expect(zip(values, expected).allSatisfy { abs(Double($0) - $1) < 2e-5 })
        }
    }
}
