/// Writes the messages of onnx.proto that tests need.
public enum ONNXFile {
    public struct Value: Sendable {
        let name: String, type: Int64
        let shape: [Int64?]

        /// - Parameters:
        ///   - type: 1 for 32-bit floats, 7 for 64-bit integers.
        ///   - shape: nil for a size that is left open.
        public init(_ name: String, type: Int64 = 1, _ shape: [Int64?]) { (self.name, self.type, self.shape) = (name, type, shape) }
    }

    public static func model(_ graph: ProtocolBuffer, opset: Int64 = 16, metadata: [String: String] = [:]) -> [UInt8] {
        var (model, operators) = (ProtocolBuffer(), ProtocolBuffer())
        model.add(1, 8)
        model.add(2, "fixtures")
        operators.add(1, "")
        operators.add(2, opset)
        model.add(7, graph)
        model.add(8, operators)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            var entry = ProtocolBuffer()
            entry.add(1, key)
            entry.add(2, value)
            model.add(14, entry)
        }
        return model.bytes
    }

    public static func graph(_ nodes: [ProtocolBuffer], initializers: [ProtocolBuffer] = [], inputs: [Value] = [], outputs: [Value] = []) -> ProtocolBuffer {
        var graph = ProtocolBuffer()
        nodes.forEach { graph.add(1, $0) }
        graph.add(2, "graph")
        initializers.forEach { graph.add(5, $0) }
        inputs.forEach { graph.add(11, value($0)) }
        outputs.forEach { graph.add(12, value($0)) }
        return graph
    }

    public static func node(_ operation: String, _ inputs: [String], _ outputs: [String], _ attributes: [ProtocolBuffer] = []) -> ProtocolBuffer {
        var node = ProtocolBuffer()
        inputs.forEach { node.add(1, $0) }
        outputs.forEach { node.add(2, $0) }
        node.add(4, operation)
        attributes.forEach { node.add(5, $0) }
        return node
    }

    public static func attribute(_ name: String, tensor: ProtocolBuffer) -> ProtocolBuffer { attribute(name, 5, tensor, type: 4) }
    public static func attribute(_ name: String, graph: ProtocolBuffer) -> ProtocolBuffer { attribute(name, 6, graph, type: 5) }

    public static func attribute(_ name: String, number: Int64) -> ProtocolBuffer {
        var attribute = ProtocolBuffer()
        attribute.add(1, name)
        attribute.add(3, number)
        attribute.add(20, 2)
        return attribute
    }

    public static func tensor(_ name: String, _ shape: [Int], _ floats: [Float]) -> ProtocolBuffer {
        tensor(name, shape, type: 1, raw: floats.flatMap { float in (0..<4).map { UInt8(truncatingIfNeeded: float.bitPattern >> (8 * $0)) } })
    }

    public static func tensor(_ name: String, _ shape: [Int], type: Int64, raw: [UInt8]) -> ProtocolBuffer {
        var tensor = ProtocolBuffer()
        shape.forEach { tensor.add(1, Int64($0)) }
        tensor.add(2, type)
        tensor.add(8, name)
        tensor.add(9, raw)
        return tensor
    }

    /// A `Constant` node of floats.
    public static func constant(_ output: String, _ shape: [Int], _ floats: [Float]) -> ProtocolBuffer {
        node("Constant", [], [output], [attribute("value", tensor: tensor("", shape, floats))])
    }

    private static func attribute(_ name: String, _ field: Int, _ content: ProtocolBuffer, type: Int64) -> ProtocolBuffer {
        var attribute = ProtocolBuffer()
        attribute.add(1, name)
        attribute.add(field, content)
        attribute.add(20, type)
        return attribute
    }

    private static func value(_ value: Value) -> ProtocolBuffer {
        var (info, type, tensor, shape) = (ProtocolBuffer(), ProtocolBuffer(), ProtocolBuffer(), ProtocolBuffer())
        for size in value.shape {
            var dimension = ProtocolBuffer()
            if let size { dimension.add(1, size) } else { dimension.add(2, "T") }
            shape.add(1, dimension)
        }
        tensor.add(1, value.type)
        tensor.add(2, shape)
        type.add(1, tensor)
        info.add(1, value.name)
        info.add(2, type)
        return info
    }
}
