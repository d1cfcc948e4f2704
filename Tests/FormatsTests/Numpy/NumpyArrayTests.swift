import Testing

@testable import Formats

@Suite struct NumpyArrayTests {
    /// A file as numpy.save writes it.
    private static func file(_ header: String, _ numbers: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let text = Array(header.utf8) + [0x0A]
        let length = version == 1 ? [UInt8(text.count & 255), UInt8(text.count >> 8)] : [UInt8(text.count & 255), UInt8(text.count >> 8), 0, 0]
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + numbers
    }

    private static func bytes<Number: FixedWidthInteger>(_ patterns: [Number]) -> [UInt8] { patterns.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) } }

    @Test func `numbers of two, four and eight bytes are read in every version`() throws {
        let numbers: [Float] = [1, -0.5, 2048, .infinity, 0.25, 6]
        let sets: [(String, [UInt8])] = [
            ("<f2", Self.bytes(numbers.map { Float16($0).bitPattern })), ("<f4", Self.bytes(numbers.map(\.bitPattern))),
            ("<f8", Self.bytes(numbers.map { Double($0).bitPattern })),
        ]
        for version in UInt8(1)...3 {
            for (type, bytes) in sets {
                let array = try NumpyArray(Self.file("{'descr': '\(type)', 'fortran_order': False, 'shape': (2, 3), }", bytes, version: version), name: "a.npy")
                #expect(array.shape == [2, 3] && array.values == numbers)
            }
        }
    }

    @Test func `one dimension, none and an empty one`() throws {
        let one = Self.bytes([Float(7).bitPattern])
        #expect(try NumpyArray(Self.file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", one), name: "a").shape == [1])
        #expect(try NumpyArray(Self.file("{'shape': (), \"fortran_order\": False, 'descr': '<f4'}", one), name: "a").values == [7])
        #expect(try NumpyArray(Self.file("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 32), }", []), name: "a").values.isEmpty)
    }

    @Test(arguments: [
        ("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "'>f4'"),
        ("{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", "'<i4'"),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "a text, a tuple"),
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "4 bytes of numbers"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "a whole number"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "at most"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "a whole number"),
        ("{'descr': '<f4', 'fortran_order': False, }", "without shape"),
        ("{'descr': '<f4', 'shape': (1,), }", "fortran_order"),
        ("{'descr: <f4}", "closing quote"),
        ("[]", "'{'"),
    ]) func `what is no such array is refused with the place`(header: String, says: String) {
        let error = #expect(throws: FormatError.self) { try NumpyArray(Self.file(header, Self.bytes([Float(1).bitPattern])), name: "a.npy") }
        #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }

    @Test func `no prefix of a file is taken for the whole, and none traps`() {
        let whole = Self.file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Self.bytes([Float(1).bitPattern, Float(2).bitPattern]), version: 2)
        for count in 0..<whole.count { #expect(throws: FormatError.self) { try NumpyArray(Array(whole.prefix(count)), name: "a.npy") } }
    }
}
