/// An array of real numbers from a `.npy` file of NumPy, format versions 1.0, 2.0 and 3.0 (numpy.lib.format): little-endian floating-point
/// numbers of 2, 4 or 8 bytes in C order.
public struct NumpyArray: Sendable {
    /// Length of each dimension, the slowest first. Empty for a single number.
    public let shape: [Int]
    /// In C order. Numbers of 8 bytes are rounded to 4.
    public let values: [Float]

    /// Bytes of a file: 1 GiB, which are 46 hours of emissions at 50 frames a second and 32 tokens.
    public static let sizeLimit = 1 << 30

    /// - Parameter path: `-` for standard input.
    /// - Throws: ``FormatError`` for what cannot be read, is no such array, or is not as long as its header says.
    public init(path: String) throws(FormatError) { try self.init(BoundedFile.read(path, limit: Self.sizeLimit), name: path) }

    /// - Parameter name: of the file, in errors.
    public init(_ bytes: [UInt8], name: String) throws(FormatError) {
        let header = try NumpyHeader(bytes, name: name)
        shape = header.shape
        let held = bytes.count - header.end
        guard held == header.count * header.type.size else {
            throw FormatError(
                .malformed, file: name, found: "\(held) bytes of numbers",
                expected: "\(header.count * header.type.size), as the shape \(header.shape) of \(header.type.rawValue) needs")
        }
        values = bytes.withUnsafeBytes { bytes in
            (0..<header.count).map { index in
                let place = header.end + index * header.type.size
                return switch header.type {
                case .half: Float(Float16(bitPattern: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))))
                case .single: Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
                case .double: Float(Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))))
                }
            }
        }
    }
}

/// The head of a `.npy` file: a magic number, a version, and a Python dictionary with the type, the order and the shape.
struct NumpyHeader {
    enum Number: String {
        case half = "<f2", single = "<f4", double = "<f8"

        var size: Int { self == .half ? 2 : self == .single ? 4 : 8 }
    }

    let type: Number
    let shape: [Int]
    /// Numbers in all.
    let count: Int
    /// Where the numbers begin.
    let end: Int

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// Bytes of a dictionary. NumPy itself refuses more than 10 000.
    private static let longest = 1 << 16
    private static let greatestCount = 1 << 31

    init(_ bytes: [UInt8], name: String) throws(FormatError) {
        guard bytes.starts(with: Self.magic), bytes.count >= 10 else {
            throw FormatError(.unknownFormat, file: name, found: "no array of NumPy", expected: "a .npy file, as numpy.save writes it")
        }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
            throw FormatError(.malformed, file: name, found: "version \(bytes[6]).\(bytes[7]) of the format", expected: "1.0, 2.0 or 3.0")
        }
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw Self.cut(name) }
        let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.longest else { throw FormatError(.malformed, file: name, found: "a header of \(length) bytes", expected: "at most \(Self.longest)") }
        guard bytes.count >= start + length else { throw Self.cut(name) }
        end = start + length
        let entries = try PythonEntries(bytes[start..<end], name: name)
        type = try Self.type(entries, name)
        (shape, count) = try Self.shape(entries, name)
    }

    private static func cut(_ name: String) -> FormatError {
        FormatError(.malformed, file: name, found: "the end of the file in the header", expected: "a whole header")
    }

    private static func type(_ entries: PythonEntries, _ name: String) throws(FormatError) -> Number {
        guard case .text(let descriptor)? = entries["descr"], let type = Number(rawValue: descriptor) else {
            throw FormatError(
                .malformed, file: name, found: "numbers of the type \(entries["descr"]?.description ?? "unknown")",
                expected: "'<f2', '<f4' or '<f8': little-endian floating point, as array.astype('<f4') makes them")
        }
        guard case .truth(let isFortran)? = entries["fortran_order"] else {
            throw FormatError(.malformed, file: name, found: "a header without fortran_order", expected: "True or False")
        }
        guard !isFortran else {
            throw FormatError(.malformed, file: name, found: "columns one after another (Fortran order)", expected: "C order, as numpy.ascontiguousarray makes it")
        }
        return type
    }

    private static func shape(_ entries: PythonEntries, _ name: String) throws(FormatError) -> (shape: [Int], count: Int) {
        guard case .tuple(let shape)? = entries["shape"] else {
            throw FormatError(.malformed, file: name, found: "a header without shape", expected: "a tuple of whole numbers")
        }
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard !overflow, product <= greatestCount else {
                throw FormatError(.tooLarge, file: name, found: "an array of the shape \(shape)", expected: "at most \(greatestCount) numbers")
            }
            count = product
        }
        return (shape, count)
    }
}

/// The entries of the dictionary in a `.npy` header: texts, truth values and tuples of whole numbers.
struct PythonEntries {
    enum Value: Hashable, CustomStringConvertible {
        case text(String)
        case truth(Bool)
        case tuple([Int])

        var description: String {
            switch self {
            case .text(let text): "'\(text)'"
            case .truth(let value): value ? "True" : "False"
            case .tuple(let numbers): "\(numbers)"
            }
        }
    }

    private var entries: [String: Value] = [:]
    private let bytes: [UInt8]
    private let name: String
    private var place = 0

    subscript(key: String) -> Value? { entries[key] }

    init(_ bytes: ArraySlice<UInt8>, name: String) throws(FormatError) {
        (self.bytes, self.name) = (Array(bytes), name)
        try expect("{")
        while !accept("}") {
            let key = try text()
            try expect(":")
            entries[key] = try value()
            if !accept(",") {
                try expect("}")
                break
            }
        }
        guard next == nil else { throw failure("the end of the header") }
    }

    /// The next byte that is no blank.
    private var next: UInt8? {
        mutating get {
            while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
            return place < bytes.count ? bytes[place] : nil
        }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(FormatError) {
        guard accept(character) else { throw failure("'\(character)'") }
    }

    private mutating func value() throws(FormatError) -> Value {
        switch next {
        case UInt8(ascii: "'")?, UInt8(ascii: "\"")?: return .text(try text())
        case UInt8(ascii: "(")?: return .tuple(try tuple())
        default:
            let start = place
            while place < bytes.count, (65...90).contains(bytes[place] & 0xDF) { place += 1 }
            switch String(decoding: bytes[start..<place], as: UTF8.self) {
            case "True": return .truth(true)
            case "False": return .truth(false)
            default: throw failure("a text, a tuple, True or False")
            }
        }
    }

    private mutating func text() throws(FormatError) -> String {
        guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw failure("a text in quotes") }
        guard let end = bytes[(place + 1)...].firstIndex(of: quote) else { throw failure("a closing quote") }
        defer { place = end + 1 }
        return String(decoding: bytes[place + 1..<end], as: UTF8.self)
    }

    private mutating func tuple() throws(FormatError) -> [Int] {
        try expect("(")
        var numbers: [Int] = []
        while !accept(")") {
            guard numbers.count < 32, next != nil else { throw failure("at most 32 whole numbers") }
            let start = place
            while place < bytes.count, (48...57).contains(bytes[place]) { place += 1 }
            guard let number = Int(String(decoding: bytes[start..<place], as: UTF8.self)) else { throw failure("a whole number") }
            numbers.append(number)
            if !accept(",") {
                try expect(")")
                break
            }
        }
        return numbers
    }

    private func failure(_ expected: String) -> FormatError {
        let rest = String(decoding: bytes[min(place, bytes.count)...].prefix(20), as: UTF8.self)
        return FormatError(.malformed, file: name, found: "'\(rest)' at byte \(place) of the dictionary in the header", expected: expected)
    }
}
