/// Names of files and folders for things that may be called anything: none leaves its folder, none is given twice.
struct FileNames {
    private var taken: Set<String> = []

    /// The name with the bytes that paths cannot hold as `%2F`; a number is added where it is taken, letter case aside.
    mutating func unique(_ name: String) -> String {
        let base = Self.safe(name)
        var (candidate, number) = (base, 2)
        while !taken.insert(candidate.lowercased()).inserted {
            candidate = "\(base)_\(number)"
            number += 1
        }
        return candidate
    }

    /// The name with the bytes that paths cannot hold as `%2F`.
    static func safe(_ name: String) -> String {
        var bytes: [UInt8] = []
        for (index, byte) in name.utf8.enumerated() {
            let isPlain = byte > 0x1F && byte != 0x7F && byte != .ascii("/") && byte != .ascii("\\") && byte != .ascii("%") && byte != .ascii(":")
            if isPlain, !(index == 0 && (byte == .ascii(".") || byte == Byte.space)) {
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
