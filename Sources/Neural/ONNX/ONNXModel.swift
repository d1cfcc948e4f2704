/// What an ONNX file says of its network: inputs, outputs, operators and weights. It computes nothing.
///
/// The field numbers are those of onnx.proto (ONNX, IR version 3 and later).
public struct ONNXModel: Sendable {
    public internal(set) var producer = ""
    public internal(set) var irVersion: Int64 = 0
    /// Version of each operator set by its domain; the default domain is empty.
    public internal(set) var opsets: [String: Int64] = [:]
    public internal(set) var metadata: [String: String] = [:]
    public internal(set) var graph = ONNXGraph()
}

/// Operators in the order of their computation, and the weights among them.
public struct ONNXGraph: Sendable {
    public internal(set) var nodes: [ONNXNode] = []
    public internal(set) var initializers: [ONNXTensor] = []
    /// Of the main graph without those that an initializer gives.
    public internal(set) var inputs: [ONNXValue] = []
    public internal(set) var outputs: [ONNXValue] = []

    /// Weights: the initializers, then the tensors of `Constant` nodes under the names of their outputs.
    public var tensors: [ONNXTensor] { initializers + nodes.compactMap(\.constant) }
}

/// One operator.
public struct ONNXNode: Sendable {
    public internal(set) var operation = ""
    public internal(set) var inputs: [String] = []
    public internal(set) var outputs: [String] = []
    /// The tensors and graphs among the attributes, by name.
    public internal(set) var tensors: [String: ONNXTensor] = [:]
    public internal(set) var graphs: [String: ONNXGraph] = [:]

    /// The tensor of a `Constant` node under the name of its output.
    var constant: ONNXTensor? {
        guard operation == "Constant", var tensor = tensors["value"], let name = outputs.first else { return nil }
        tensor.name = name
        return tensor
    }
}

/// Numbers with a shape.
public struct ONNXTensor: Sendable {
    public internal(set) var name = ""
    public internal(set) var shape: [Int] = []
    public internal(set) var type = ONNXElement.undefined
    /// Nil for other types than 32-bit floats, for numbers in another file, and where there are fewer or more than the shape needs.
    public internal(set) var floats: [Float]?
}

/// An input or output: its name, the type of its elements, and its shape.
public struct ONNXValue: Hashable, Sendable {
    public enum Size: Hashable, Sendable, CustomStringConvertible {
        case fixed(Int64)
        /// Left open, with the name it has in the file or none.
        case open(String)

        public var description: String {
            switch self {
            case .fixed(let count): String(count)
            case .open(let name): name.isEmpty ? "?" : name
            }
        }
    }

    public let name: String
    public let type: ONNXElement
    /// Nil where the file states none.
    public let shape: [Size]?

    public init(name: String, type: ONNXElement, shape: [Size]?) { (self.name, self.type, self.shape) = (name, type, shape) }
}

extension ONNXValue: CustomStringConvertible {
    /// As in `input float32 [1, T]`.
    public var description: String { "\(name) \(type) " + (shape.map { "[" + $0.map(\.description).joined(separator: ", ") + "]" } ?? "of any shape") }
}

/// The type of a tensor's elements, by its number in onnx.proto (TensorProto.DataType).
public struct ONNXElement: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let undefined = ONNXElement(rawValue: 0)
    public static let float32 = ONNXElement(rawValue: 1)
    public static let int64 = ONNXElement(rawValue: 7)

    private static let names = [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32", "uint64",
        "complex64", "complex128", "bfloat16",
    ]

    public var description: String { Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "type \(rawValue)" }
}
