/// A box of the ISO base media file format (ISO/IEC 14496-12, section 4.2), which QuickTime calls an atom.
struct MP4Box {
    let type: String
    /// Where its header begins in the file.
    let start: Int64
    /// What lies behind the header.
    let content: Range<Int64>

    /// The boxes that fill a stretch of the file from end to end; nil when they do not, or are more than anyone writes.
    ///
    /// - Parameter isRoot: whether the last may leave its size open and reach to the end, as only a file's may.
    static func boxes(in range: Range<Int64>, of file: PlainFile, isRoot: Bool = false) -> [MP4Box]? {
        var found: [MP4Box] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard found.count < 4096, let box = MP4Box(at: place, before: range.upperBound, of: file, isRoot: isRoot)
            else { return nil }
            found.append(box)
            place = box.content.upperBound
        }
        return found
    }

    private init?(at start: Int64, before end: Int64, of file: PlainFile, isRoot: Bool) {
        let head = file.bytes(at: start, count: 16)
        guard head.count >= 8 else { return nil }
        var (size, header) = (Int64(bigEndian(head[0..<4])), Int64(8))
        if size == 1 {
            guard head.count == 16, let long = Int64(exactly: bigEndian(head[8..<16])) else { return nil }
            (size, header) = (long, 16)
        } else if size == 0, isRoot {
            size = end - start
        }
        guard size >= header, size <= end - start else { return nil }
        type = String(decoding: head[4..<8], as: UTF8.self)
        self.start = start
        content = start + header..<start + size
    }

    /// The content, when it is no longer than expected.
    func bytes(of file: PlainFile, atMost limit: Int) -> [UInt8]? {
        guard content.count <= limit else { return nil }
        let bytes = file.bytes(at: content.lowerBound, count: content.count)
        return bytes.count == content.count ? bytes : nil
    }
}

extension [MP4Box] {
    /// The only box of a type; nil when there is none or more than one.
    func only(_ type: String) -> MP4Box? {
        let found = filter { $0.type == type }
        return found.count == 1 ? found[0] : nil
    }

    func has(_ type: String) -> Bool { contains { $0.type == type } }
}

/// A number of up to eight bytes, the most significant first.
func bigEndian(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
