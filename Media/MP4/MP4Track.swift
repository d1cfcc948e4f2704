/// One track of an MP4 or QuickTime file: where its tables stand, none of them read yet.
struct MP4Track {
    /// `tkhd`: the number that FFmpeg gives its stream too.
    let id: Int
    /// `mdhd`: units per second.
    let timescale: Int64
    /// `mdhd`: the length in units of the track; nil where it is left open.
    let duration: Int64?
    /// `elst`, at most the first four.
    let edits: [Edit]
    /// Whether the samples lie in this file, in the open, and all have one description.
    let isPlain: Bool

    /// `stts`: how many samples, and how long each is.
    let times: NumberTable
    /// `ctts`: how many samples, and how much later than they are decoded they are shown.
    let shifts: NumberTable?
    /// `stss`: the samples that can be decoded on their own.
    let keys: NumberTable?
    /// `stsc`: the first chunk that it holds of, samples in a chunk, description.
    let runs: NumberTable
    /// `stco` or `co64`.
    let offsets: NumberTable
    /// `stsz` or `stz2`; nil when all samples are of one size.
    let sizes: NumberTable?
    let sampleSize: Int64
    let sampleCount: Int
    /// Where the number of samples stands in the file.
    let sampleCountPlace: Int64
    /// Other boxes that grow with the number of samples, of no use to sound.
    let ballast: [MP4Box]

    struct Edit {
        /// In units of the movie.
        let duration: Int64
        /// In units of the track; -1 for nothing.
        let mediaTime: Int64
        /// In 65,536ths.
        let rate: Int64
    }

    /// Nil for a track that is not laid out as the specification says, or is protected.
    init?(_ box: MP4Box, of file: PlainFile) {
        guard let children = MP4Box.boxes(in: box.content, of: file),
            let header = children.only("tkhd")?.bytes(of: file, atMost: 256),
            let media = children.only("mdia").flatMap({ MP4Box.boxes(in: $0.content, of: file) }),
            let clock = media.only("mdhd")?.bytes(of: file, atMost: 256),
            let information = media.only("minf").flatMap({ MP4Box.boxes(in: $0.content, of: file) }),
            let tables = information.only("stbl").flatMap({ MP4Box.boxes(in: $0.content, of: file) }),
            let edits = Self.edits(children, of: file)
        else { return nil }
        guard !children.has("senc"), !(tables.has("senc") || tables.has("saiz") || tables.has("saio")) else { return nil }
        guard let id = Self.field(header, 12, long: 20, bytes: 4), let timescale = Self.field(clock, 12, long: 20, bytes: 4)
        else { return nil }
        (self.id, self.timescale, self.edits) = (Int(id), timescale, edits)
        duration = Self.duration(clock)
        isPlain = Self.isPlain(information, tables, of: file)
        ballast = tables.filter { ["sdtp", "sbgp", "stps"].contains($0.type) }

        guard let times = Self.table("stts", 2, tables, of: file), let runs = Self.table("stsc", 3, tables, of: file),
            let offsets = Self.table("stco", 1, tables, of: file) ?? Self.table("co64", 1, tables, of: file, bits: 64),
            let sizes = SizeTable(tables, of: file)
        else { return nil }
        guard tables.count(where: { $0.type == "stco" || $0.type == "co64" }) == 1 else { return nil }
        (self.times, self.runs, self.offsets) = (times, runs, offsets)
        shifts = Self.table("ctts", 2, tables, of: file)
        keys = Self.table("stss", 1, tables, of: file)
        guard (shifts != nil) == tables.has("ctts"), (keys != nil) == tables.has("stss") else { return nil }
        (self.sizes, sampleSize) = (sizes.table, sizes.common)
        (sampleCount, sampleCountPlace) = (sizes.count, sizes.countPlace)
    }
}

// MARK: - Boxes

extension MP4Track {
    /// A field of a full box, which stands later where the box has the version with long times.
    private static func field(_ bytes: [UInt8], _ place: Int, long: Int, bytes count: Int) -> Int64? {
        guard let version = bytes.first, version <= 1 else { return nil }
        let place = version == 1 ? long : place
        guard place + count <= bytes.count else { return nil }
        return Int64(exactly: bigEndian(bytes[place..<place + count]))
    }

    private static func duration(_ clock: [UInt8]) -> Int64? {
        let isLong = clock.first == 1
        let value = field(clock, 16, long: 24, bytes: isLong ? 8 : 4)
        guard let value, value > 0, isLong || value < Int64(UInt32.max) else { return nil }
        return value
    }

    /// A table with its count before it (sections 8.6 and 8.7).
    private static func table(
        _ type: String, _ columns: Int, _ boxes: [MP4Box], of file: PlainFile, bits: Int = 32
    ) -> NumberTable? {
        guard let box = boxes.only(type) else { return nil }
        let head = file.bytes(at: box.content.lowerBound, count: 8)
        guard head.count == 8, box.content.count >= 8 else { return nil }
        let rows = Int(bigEndian(head[4..<8]))
        return NumberTable(
            file, start: box.content.lowerBound + 8, count: rows * columns, bits: bits, before: box.content.upperBound)
    }

    /// Empty without a list; nil for one that is damaged.
    private static func edits(_ children: [MP4Box], of file: PlainFile) -> [Edit]? {
        guard children.has("edts") else { return [] }
        guard let inner = children.only("edts").flatMap({ MP4Box.boxes(in: $0.content, of: file) }) else { return nil }
        guard inner.has("elst") else { return [] }
        guard let box = inner.only("elst") else { return nil }
        let length = min(box.content.count, 8 + 4 * 20)
        let bytes = file.bytes(at: box.content.lowerBound, count: length)
        guard length >= 8, bytes.count == length, bytes[0] <= 1 else { return nil }
        let (count, wide) = (Int(bigEndian(bytes[4..<8])), bytes[0] == 1)
        let row = wide ? 20 : 12
        guard count <= (box.content.count - 8) / row else { return nil }
        return (0..<min(count, 4)).map { index in
            let entry = bytes[(8 + index * row)..<(8 + (index + 1) * row)]
            func number(_ from: Int, _ to: Int) -> UInt64 { bigEndian(entry.dropFirst(from).prefix(to - from)) }
            return wide
                ? Edit(
                    duration: Int64(bitPattern: number(0, 8)), mediaTime: Int64(bitPattern: number(8, 16)),
                    rate: Int64(number(16, 20)))
                : Edit(
                    duration: Int64(number(0, 4)), mediaTime: Int64(Int32(truncatingIfNeeded: number(4, 8))),
                    rate: Int64(number(8, 12)))
        }
    }

    /// One sample description that is no protected one, and data in this file (sections 8.5.2 and 8.7.2).
    private static func isPlain(_ information: [MP4Box], _ tables: [MP4Box], of file: PlainFile) -> Bool {
        guard let description = tables.only("stsd"),
            let references = information.only("dinf").flatMap({ MP4Box.boxes(in: $0.content, of: file) })?
                .only("dref")?.bytes(of: file, atMost: 200)
        else { return false }
        let head = file.bytes(at: description.content.lowerBound, count: 24)
        guard head.count == 24, description.content.count >= 24, bigEndian(head[4..<8]) == 1 else { return false }
        let format = String(decoding: head[12..<16], as: UTF8.self)
        guard !["enca", "drms", "drmi"].contains(format), bigEndian(head[22..<24]) == 1 else { return false }
        // One reference, which says "in this file" and gives no path.
        return references.count >= 20 && bigEndian(references[4..<8]) == 1 && references[19] & 1 == 1
            && bigEndian(references[8..<12]) <= 150
    }
}

/// The sizes of samples: `stsz`, or the compact form `stz2` (section 8.7.3).
private struct SizeTable {
    var table: NumberTable?
    var common: Int64 = 0
    let count: Int
    let countPlace: Int64

    init?(_ boxes: [MP4Box], of file: PlainFile) {
        guard boxes.count(where: { $0.type == "stsz" || $0.type == "stz2" }) == 1,
            let box = boxes.only("stsz") ?? boxes.only("stz2"), box.content.count >= 12
        else { return nil }
        let head = file.bytes(at: box.content.lowerBound, count: 12)
        guard head.count == 12 else { return nil }
        count = Int(bigEndian(head[8..<12]))
        countPlace = box.content.lowerBound + 8
        if box.type == "stsz" { common = Int64(bigEndian(head[4..<8])) }
        guard common == 0 else { return }
        let bits = box.type == "stsz" ? 32 : Int(head[7])
        table = NumberTable(
            file, start: box.content.lowerBound + 12, count: count, bits: bits, before: box.content.upperBound)
        guard table != nil else { return nil }
    }
}
