/// Where things stand in an MP4 or QuickTime file whose sound can be read without an index in memory.
///
/// Nil where the file is another, is fragmented, or is laid out in a way that only FFmpeg should judge.
struct MP4Layout {
    /// Units per second of edit lists.
    let timescale: Int64
    let tracks: [MP4Track]
    /// `moov`, within which all patches lie.
    let header: Range<Int64>
    /// What makes FFmpeg see the beginning of every track and nothing more of it.
    let patches: [ByteSource.Patch]

    init?(_ file: PlainFile) {
        let first = String(decoding: file.bytes(at: 4, count: 4), as: UTF8.self)
        guard Self.plainRoots.contains(first),
            let roots = MP4Box.boxes(in: 0..<file.size, of: file, isRoot: true),
            roots.allSatisfy({ Self.plainRoots.contains($0.type) }), let movie = roots.only("moov"),
            let boxes = MP4Box.boxes(in: movie.content, of: file), let clock = boxes.only("mvhd"),
            !boxes.contains(where: { Self.special.contains($0.type) })
        else { return nil }
        let bytes = file.bytes(at: clock.content.lowerBound, count: 24)
        guard bytes.count == 24, clock.content.count >= 24, bytes[0] <= 1 else { return nil }
        timescale = Int64(bigEndian(bytes[0] == 1 ? bytes[20..<24] : bytes[12..<16]))
        guard timescale > 0 else { return nil }

        var (tracks, patches): ([MP4Track], [ByteSource.Patch]) = ([], [])
        for box in boxes where box.type == "trak" {
            guard tracks.count < 64, let track = MP4Track(box, of: file), let cut = track.cutToHead() else { return nil }
            tracks.append(track)
            patches += cut
        }
        guard Set(tracks.map(\.id)).count == tracks.count else { return nil }
        (self.tracks, self.header) = (tracks, movie.content)
        self.patches = patches.sorted { $0.place < $1.place }
    }

    /// Boxes at the top of a file that is not fragmented.
    private static let plainRoots: Set = ["ftyp", "moov", "mdat", "free", "skip", "wide", "udta", "uuid", "pdin"]
    /// Fragments, a compressed header, references to other files, protection.
    private static let special: Set = ["mvex", "cmov", "rmra", "pssh"]
}
