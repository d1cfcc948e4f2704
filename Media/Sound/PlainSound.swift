/// What the bytes of a file say of it as a plain sound file: uncompressed samples in a chunk, or FLAC.
///
/// Decided by content alone. Only whole files count: where the samples break off before the length that the header
/// states, or their length is left open, FFmpeg reads what there is.
struct PlainSound {
    /// Where the samples lie in the file; nil for FLAC, which is not stored by chunks.
    let data: Range<Int64>?

    /// Nil when the file is no such one.
    init?(_ file: PlainFile) {
        let head = file.bytes(at: 0, count: 40)
        if head.starts(with: Array("fLaC".utf8)) {
            data = nil
            return
        }
        guard let layout = ChunkLayout.all.first(where: { $0.matches(head) }),
            let found = layout.samples(in: file), !Self.holdsCompressedSound(file, at: found.lowerBound)
        else { return nil }
        data = found
    }

    /// Whether PCM is a disguise: AC-3, DTS and others are put into WAV files to be played over a digital cable.
    /// Their packets begin with the sync words of IEC 61937-1 (16-bit, little endian) or of DTS (ETSI TS 102 114, in its
    /// four forms).
    private static func holdsCompressedSound(_ file: PlainFile, at start: Int64) -> Bool {
        let bytes = file.bytes(at: start, count: 32 << 10)
        guard bytes.count > 4 else { return false }
        var word: UInt32 = 0
        for byte in bytes {
            word = word << 8 | UInt32(byte)
            if syncWords.contains(word) { return true }
        }
        return false
    }

    private static let syncWords: [UInt32] = [0x72F8_1F4E, 0x7FFE_8001, 0xFE7F_0180, 0x1FFF_E800, 0xFF1F_00E8]
}

/// How a family of sound files lays out its chunks.
private struct ChunkLayout {
    /// What the file begins with, and what stands at a further place.
    let magic: [UInt8]
    let form: (offset: Int, bytes: [UInt8])
    let firstChunk: Int64
    /// Bytes of a chunk's name and of the size behind it.
    let nameLength, sizeLength: Int
    let bigEndian: Bool
    /// Chunks begin on multiples of this.
    let alignment: Int64
    /// Whether the size counts the name and itself.
    let countsHeader: Bool
    let samplesName: [UInt8]

    static let all = [
        riff("RIFF"), riff("RF64"), aiff("AIFF"), aiff("AIFC"),
        ChunkLayout(
            magic: Array("caff".utf8), form: (4, [0, 1]), firstChunk: 8, nameLength: 4, sizeLength: 8, bigEndian: true,
            alignment: 1, countsHeader: false, samplesName: Array("data".utf8)),
        ChunkLayout(
            magic: Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11], form: (24, Array("wave".utf8)), firstChunk: 40,
            nameLength: 16, sizeLength: 8, bigEndian: false, alignment: 8, countsHeader: true,
            samplesName: Array("data".utf8)),
    ]

    private static func riff(_ magic: String) -> ChunkLayout {
        ChunkLayout(
            magic: Array(magic.utf8), form: (8, Array("WAVE".utf8)), firstChunk: 12, nameLength: 4, sizeLength: 4,
            bigEndian: false, alignment: 2, countsHeader: false, samplesName: Array("data".utf8))
    }

    private static func aiff(_ form: String) -> ChunkLayout {
        ChunkLayout(
            magic: Array("FORM".utf8), form: (8, Array(form.utf8)), firstChunk: 12, nameLength: 4, sizeLength: 4,
            bigEndian: true, alignment: 2, countsHeader: false, samplesName: Array("SSND".utf8))
    }

    func matches(_ head: [UInt8]) -> Bool {
        head.count >= form.offset + form.bytes.count && head.starts(with: magic)
            && head[form.offset...].starts(with: form.bytes)
    }

    /// Where the chunk of samples lies; nil when it does not lie in the file as a whole.
    func samples(in file: PlainFile) -> Range<Int64>? {
        var place = firstChunk
        var long: Int64?
        let header = nameLength + sizeLength
        // More chunks than any editor writes; a damaged file must not hold us.
        for _ in 0..<1000 {
            // 16 bytes more hold the 64-bit sizes of RF64 (EBU Tech 3306).
            let bytes = file.bytes(at: place, count: header + 16)
            guard bytes.count >= header, var size = number(bytes[nameLength..<header]) else { return nil }
            if bytes.starts(with: Array("ds64".utf8)), bytes.count == header + 16 {
                long = number(bytes[(header + 8)...])
            }
            let isSamples = bytes.starts(with: samplesName)
            if isSamples, size == 0xFFFF_FFFF, let long { size = long }
            if countsHeader { size -= Int64(header) }
            let start = place + Int64(header)
            guard size >= 0, size <= file.size - start else { return nil }
            if isSamples { return size > 0 ? start..<start + size : nil }
            place = (start + size + alignment - 1) / alignment * alignment
        }
        return nil
    }

    /// An unsigned number; nil above `Int64.max`.
    private func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let value = (bigEndian ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(exactly: value)
    }
}
