/// Names of files and folders for things that may be called anything: none leaves its folder, none is given twice.
struct FileNames {
    private var taken: Set<String> = []
    private var given: Set<String> = []

    /// The name with the bytes that paths cannot hold as `%2F`. Where it is taken in another letter case its first bytes are written so
    /// too; the same name again gets a number.
    mutating func unique(_ name: String) -> String {
        let base = Self.safe(name)
        let isNew = given.insert(name).inserted
        var (candidate, number) = (base, 1)
        while !taken.insert(candidate.lowercased()).inserted {
            number += 1
            candidate = isNew && number <= name.utf8.count + 1 ? Self.safe(name, hiding: number - 1) : "\(base)_\(number)"
        }
        return candidate
    }

    /// The name with the bytes that paths cannot hold as `%2F`.
    ///
    /// - Parameter count: how many of the first bytes are written so whatever they are.
    static func safe(_ name: String, hiding count: Int = 0) -> String {
        var bytes: [UInt8] = []
        for (index, byte) in name.utf8.enumerated() {
            let isPlain = byte > 0x1F && byte != 0x7F && byte != .ascii("/") && byte != .ascii("\\") && byte != .ascii("%") && byte != .ascii(":")
            if index >= count, isPlain, !(index == 0 && (byte == .ascii(".") || byte == Byte.space)) {
                bytes.append(byte)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                bytes += (byte < 16 ? "%0\(hex)" : "%\(hex)").utf8
            }
        }
        return bytes.isEmpty ? "%" : String(decoding: bytes, as: UTF8.self)
    }

    /// The name that ``safe(_:)`` was given.
    static func original(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var (result, index) = ([UInt8](), 0)
        while index < bytes.count {
            if bytes[index] == .ascii("%"), index + 2 < bytes.count, let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16) {
                result.append(value)
                index += 3
            } else {
                if !(bytes.count == 1 && bytes[index] == .ascii("%")) { result.append(bytes[index]) }
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
