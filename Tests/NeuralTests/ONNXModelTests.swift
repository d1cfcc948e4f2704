import ONNXFixtures
import Testing

@testable import Neural

@Suite struct ONNXModelTests {
    private let bytes: [UInt8] = {
        let inner = ONNXFile.graph([ONNXFile.constant("inner.weight", [2, 2], [1, -2, 3.5, 0])])
        return ONNXFile.model(
            ONNXFile.graph(
                [ONNXFile.node("If", ["c"], ["y"], [ONNXFile.attribute("then_branch", graph: inner), ONNXFile.attribute("axis", number: -1)])],
                initializers: [ONNXFile.tensor("w", [3], [0.5, 1, 2]), ONNXFile.tensor("n", [1], type: 7, raw: [1, 0, 0, 0, 0, 0, 0, 0])],
                inputs: [.init("x", [1, nil, 80]), .init("w", [3])], outputs: [.init("y", type: 7, [])]),
            metadata: ["sample_rate": "16000"])
    }()

    @Test func `a file says what goes in and out, and holds its weights`() throws {
        let model = try ONNXModel(bytes, file: "a.onnx")
        #expect(model.graph.inputs.map(\.description) == ["x float32 [1, T, 80]"], "a weight is no input")
        #expect(model.graph.outputs.map(\.description) == ["y int64 []"])
        #expect(model.opsets == ["": 16] && model.metadata == ["sample_rate": "16000"] && model.irVersion == 8)
        #expect(model.graph.tensors.map(\.name) == ["w", "n"] && model.graph.tensors[0].floats == [0.5, 1, 2] && model.graph.tensors[1].floats == nil)
        let inner = try #require(model.graph.nodes[0].graphs["then_branch"]?.tensors.first)
        #expect(inner.name == "inner.weight" && inner.shape == [2, 2] && inner.floats == [1, -2, 3.5, 0])
    }

    @Test func `no beginning of a file is taken for the whole`() throws {
        // A file ends with its operator sets and metadata, without which it still says all of its graph.
        let graphEnd = bytes.count - 40
        for count in 0..<graphEnd { #expect(throws: ModelError.self) { try ONNXModel(Array(bytes[..<count]), file: "a.onnx") } }
    }

    @Test func `a cut file is told from another kind of file`() {
        #expect(throws: ModelError("a.onnx", "is cut off: a field that begins at byte 12 of 100 ends behind the end of the file")) {
            try ONNXModel(Array(bytes[..<100]), file: "a.onnx")
        }
        #expect(throws: ModelError("a.wav", "is not an ONNX file, or a damaged one: no field begins as byte 0 does")) {
            try ONNXModel(Array("WAVE".utf8), file: "a.wav")
        }
        #expect(throws: ModelError("a.onnx", "is not an ONNX file: it has no graph of operators")) { try ONNXModel([], file: "a.onnx") }
    }

    @Test func `a tensor with fewer numbers than its shape has none`() throws {
        let short = ONNXFile.model(ONNXFile.graph([ONNXFile.node("Relu", ["w"], ["y"])], initializers: [ONNXFile.tensor("w", [3], [1, 2])]))
        #expect(try ONNXModel(short, file: "a.onnx").graph.initializers[0].floats == nil)
        let vast = ONNXFile.model(ONNXFile.graph([ONNXFile.node("Relu", ["w"], ["y"])], initializers: [ONNXFile.tensor("w", [1 << 40, 1 << 40, -1], [1])]))
        #expect(try ONNXModel(vast, file: "a.onnx").graph.initializers[0].floats == nil)
    }

    @Test func `graphs in graphs have an end`() {
        var graph = ONNXFile.graph([ONNXFile.node("Relu", ["x"], ["y"])])
        for _ in 0..<40 { graph = ONNXFile.graph([ONNXFile.node("If", ["x"], ["y"], [ONNXFile.attribute("then_branch", graph: graph)])]) }
        #expect(throws: ModelError("a.onnx", "has more than 16 graphs inside one another")) { try ONNXModel(ONNXFile.model(graph), file: "a.onnx") }
    }

    @Test(arguments: 1...300) func `damage is an error or other numbers, never a fault`(seed: UInt64) {
        var (damaged, state) = (bytes, seed)
        for _ in 0..<3 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 20)
        }
        _ = try? ONNXModel(damaged, file: "a.onnx")
    }
}
