/// Escapes of URI references (RFC 3986, section 2).
extension String {
    /// The text with every byte outside the unreserved set escaped.
    func percentEncoded(keepingSlashes: Bool = false) -> String {
        let hex = Array("0123456789ABCDEF")
        return utf8.reduce(into: "") { text, byte in
            let isPlain = Byte.isLetter(byte) || Byte.isDigit(byte) || [.ascii("-"), .ascii("."), .ascii("_"), .ascii("~")].contains(byte)
            if isPlain || keepingSlashes && byte == .ascii("/") {
                text.append(Character(Unicode.Scalar(byte)))
            } else {
                text += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }
    }

    /// The text with its escapes resolved; a `%` that begins none stays.
    var percentDecoded: String {
        var (bytes, rest) = ([UInt8](), Array(utf8)[...])
        while let byte = rest.popFirst() {
            if byte == .ascii("%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
