extension ONNXModel {
    /// Graphs inside one another.
    static let depthLimit = 16
    /// Operators, weights, inputs and outputs of one file.
    static let partLimit = 1_000_000

    /// Reads the bytes of an ONNX file.
    ///
    /// - Parameter file: its name, for errors.
    /// - Throws: ``ModelError`` when the bytes are no ONNX file, or only the beginning of one.
    public init(_ bytes: [UInt8], file: String) throws(ModelError) {
        var reader = ONNXReader(bytes: bytes)
        do {
            self = try reader.model()
        } catch ONNXReader.Failure.wire(.cut(let byte)) {
            throw ModelError(file, "is cut off: a field that begins at byte \(byte) of \(bytes.count) ends behind the end of the file")
        } catch ONNXReader.Failure.wire(.tag(let byte)) {
            throw ModelError(file, "is not an ONNX file, or a damaged one: no field begins as byte \(byte) does")
        } catch ONNXReader.Failure.limit(let what) {
            throw ModelError(file, "has more than \(what)")
        } catch {
            throw ModelError(file, "is not an ONNX file: it has no graph of operators")
        }
    }
}

/// Takes the parts that are used out of the messages of onnx.proto.
struct ONNXReader {
    enum Failure: Error {
        case wire(WireReader.Damage), limit(String), noGraph
    }

    let bytes: [UInt8]
    private var parts = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// ModelProto.
    mutating func model() throws(Failure) -> ONNXModel {
        var model = ONNXModel()
        var hasGraph = false
        try forEachField(bytes.indices) { reader, field, value throws(Failure) in
            switch (field, value) {
            case (1, .varint(let version)): model.irVersion = Int64(truncatingIfNeeded: version)
            case (2, .bytes(let range)): model.producer = reader.text(range)
            case (7, .bytes(let range)):
                model.graph = try reader.graph(range, depth: 0)
                hasGraph = true
            case (8, .bytes(let range)):
                let (domain, version) = try reader.operatorSet(range)
                model.opsets[domain] = version
            case (14, .bytes(let range)):
                let (key, text) = try reader.entry(range)
                model.metadata[key] = text
            default: break
            }
        }
        guard hasGraph, !model.graph.nodes.isEmpty else { throw .noGraph }
        let given = Set(model.graph.initializers.map(\.name))
        model.graph.inputs.removeAll { given.contains($0.name) }
        return model
    }

    /// GraphProto.
    private mutating func graph(_ range: Range<Int>, depth: Int) throws(Failure) -> ONNXGraph {
        guard depth < ONNXModel.depthLimit else { throw .limit("\(ONNXModel.depthLimit) graphs inside one another") }
        var graph = ONNXGraph()
        try forEachField(range) { reader, field, value throws(Failure) in
            guard case .bytes(let part) = value else { return }
            switch field {
            case 1: graph.nodes.append(try reader.node(part, depth))
            case 5: graph.initializers.append(try reader.tensor(part))
            case 11: graph.inputs.append(try reader.value(part))
            case 12: graph.outputs.append(try reader.value(part))
            default: break
            }
        }
        return graph
    }

    /// NodeProto.
    private mutating func node(_ range: Range<Int>, _ depth: Int) throws(Failure) -> ONNXNode {
        try count()
        var node = ONNXNode()
        try forEachField(range) { reader, field, value throws(Failure) in
            guard case .bytes(let part) = value else { return }
            switch field {
            case 1: node.inputs.append(reader.text(part))
            case 2: node.outputs.append(reader.text(part))
            case 4: node.operation = reader.text(part)
            case 5: try reader.attribute(part, depth, of: &node)
            default: break
            }
        }
        return node
    }

    /// AttributeProto.
    private mutating func attribute(_ range: Range<Int>, _ depth: Int, of node: inout ONNXNode) throws(Failure) {
        var (name, tensor, graph) = ("", ONNXTensor?.none, ONNXGraph?.none)
        try forEachField(range) { reader, field, value throws(Failure) in
            guard case .bytes(let part) = value else { return }
            switch field {
            case 1: name = reader.text(part)
            case 5: tensor = try reader.tensor(part)
            case 6: graph = try reader.graph(part, depth: depth + 1)
            default: break
            }
        }
        if let tensor { node.tensors[name] = tensor }
        if let graph { node.graphs[name] = graph }
    }

    /// TensorProto.
    private mutating func tensor(_ range: Range<Int>) throws(Failure) -> ONNXTensor {
        try count()
        var (tensor, raw, listed) = (ONNXTensor(), Range<Int>?.none, [Float]())
        try forEachField(range) { reader, field, value throws(Failure) in
            switch (field, value) {
            case (1, .varint(let size)): tensor.shape.append(Int(truncatingIfNeeded: size))
            case (1, .bytes(let part)): tensor.shape += try reader.numbers(part).map { Int(truncatingIfNeeded: $0) }
            case (2, .varint(let type)): tensor.type = ONNXElement(rawValue: Int32(truncatingIfNeeded: type))
            case (4, .fixed32(let bits)): listed.append(Float(bitPattern: bits))
            case (4, .bytes(let part)): listed += reader.floats(part)
            case (8, .bytes(let part)): tensor.name = reader.text(part)
            case (9, .bytes(let part)): raw = part
            default: break
            }
        }
        if tensor.type == .float32 {
            let floats = raw.map { $0.count % 4 == 0 ? self.floats($0) : [] } ?? listed
            if floats.count == Self.product(tensor.shape) { tensor.floats = floats }
        }
        return tensor
    }

    /// ValueInfoProto, of which tensors alone have a type here.
    private mutating func value(_ range: Range<Int>) throws(Failure) -> ONNXValue {
        try count()
        var (name, type, shape) = ("", ONNXElement.undefined, [ONNXValue.Size]?.none)
        try forEachField(range) { reader, field, value throws(Failure) in
            guard case .bytes(let part) = value else { return }
            if field == 1 { name = reader.text(part) }
            if field == 2 { (type, shape) = try reader.tensorType(part) }
        }
        return ONNXValue(name: name, type: type, shape: shape)
    }

    /// TypeProto, and TypeProto.Tensor in its first field.
    private mutating func tensorType(_ range: Range<Int>) throws(Failure) -> (ONNXElement, [ONNXValue.Size]?) {
        var (type, shape) = (ONNXElement.undefined, [ONNXValue.Size]?.none)
        try forEachField(range) { reader, field, value throws(Failure) in
            guard field == 1, case .bytes(let part) = value else { return }
            try reader.forEachField(part) { reader, field, value throws(Failure) in
                if field == 1, case .varint(let number) = value { type = ONNXElement(rawValue: Int32(truncatingIfNeeded: number)) }
                if field == 2, case .bytes(let part) = value { shape = try reader.shape(part) }
            }
        }
        return (type, shape)
    }

    /// TensorShapeProto.
    private mutating func shape(_ range: Range<Int>) throws(Failure) -> [ONNXValue.Size] {
        var sizes: [ONNXValue.Size] = []
        try forEachField(range) { reader, field, value throws(Failure) in
            guard field == 1, case .bytes(let part) = value else { return }
            try reader.count()
            var size = ONNXValue.Size.open("")
            try reader.forEachField(part) { reader, field, value throws(Failure) in
                if field == 1, case .varint(let count) = value { size = .fixed(Int64(bitPattern: count)) }
                if field == 2, case .bytes(let name) = value { size = .open(reader.text(name)) }
            }
            sizes.append(size)
        }
        return sizes
    }

    /// OperatorSetIdProto.
    private mutating func operatorSet(_ range: Range<Int>) throws(Failure) -> (String, Int64) {
        var (domain, version) = ("", Int64(0))
        try forEachField(range) { reader, field, value throws(Failure) in
            if field == 1, case .bytes(let part) = value { domain = reader.text(part) }
            if field == 2, case .varint(let number) = value { version = Int64(bitPattern: number) }
        }
        return (domain, version)
    }

    /// StringStringEntryProto.
    private mutating func entry(_ range: Range<Int>) throws(Failure) -> (String, String) {
        var (key, text) = ("", "")
        try forEachField(range) { reader, field, value throws(Failure) in
            guard case .bytes(let part) = value else { return }
            if field == 1 { key = reader.text(part) }
            if field == 2 { text = reader.text(part) }
        }
        return (key, text)
    }

    // MARK: Values

    private mutating func forEachField(
        _ range: Range<Int>, _ body: (inout ONNXReader, Int, WireReader.Value) throws(Failure) -> Void
    ) throws(Failure) {
        var wire = WireReader(bytes, range)
        while true {
            let next: (field: Int, value: WireReader.Value)?
            do { next = try wire.next() } catch { throw .wire(error) }
            guard let next else { return }
            try body(&self, next.field, next.value)
        }
    }

    private mutating func count() throws(Failure) {
        parts += 1
        guard parts <= ONNXModel.partLimit else { throw .limit("\(ONNXModel.partLimit) operators, weights, inputs and outputs") }
    }

    private func numbers(_ range: Range<Int>) throws(Failure) -> [UInt64] {
        var wire = WireReader(bytes, range)
        do { return try wire.varints() } catch { throw .wire(error) }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// 32-bit floats, little-endian; what is left over is dropped.
    private func floats(_ range: Range<Int>) -> [Float] {
        bytes.withUnsafeBytes { all in
            (0..<range.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: all.loadUnaligned(fromByteOffset: range.lowerBound + 4 * $0, as: UInt32.self)))
            }
        }
    }

    /// Elements of a shape; nil where they overflow or a size is negative.
    private static func product(_ shape: [Int]) -> Int? {
        shape.reduce(Int?(1)) { total, size in
            guard let total, size >= 0 else { return nil }
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            return overflow ? nil : product
        }
    }
}
