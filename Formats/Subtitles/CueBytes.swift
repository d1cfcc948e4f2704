/// The bytes of a stretch of a file as every subtitle format is read: CR LF and CR as LF, NUL as U+FFFD.
enum CueBytes {
    static func normalised(_ storage: [UInt8], _ range: Range<Int>) -> [UInt8] {
        guard range.contains(where: { storage[$0] == Byte.carriageReturn || storage[$0] == Byte.nul }) else {
            return Array(storage[range])
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for index in range {
            switch storage[index] {
            case Byte.nul: bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
            case Byte.carriageReturn:
                if index + 1 == range.upperBound || storage[index + 1] != Byte.lineFeed { bytes.append(Byte.lineFeed) }
            case let byte: bytes.append(byte)
            }
        }
        return bytes
    }
}
