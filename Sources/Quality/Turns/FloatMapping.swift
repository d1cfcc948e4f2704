import Timeline

/// The assignment of names to speakers that pyannote.metrics makes, with its sums of seconds in floating point.
///
/// It differs from the exact one only where two assignments share the same time: there the last bits of the sums decide, and the Jaccard error rate
/// with them. Turns are cut to the scored region; time is added up in the order of the reference's, then the hypothesis' turns.
struct FloatMapping {
    /// For each speaker of the reference the name's place.
    let mapping: [Int?]

    private struct Piece {
        var start, end: Double
        var owner: Int
    }

    /// What counts as no time at all, in seconds.
    private static let precision = 1e-6

    init(_ reference: SpeakerTurns, _ hypothesis: SpeakerTurns, _ uem: [Segment]?, _ scoring: TurnScoring) {
        let (said, found) = (Self.pieces(reference), Self.pieces(hypothesis))
        let region = Self.region(said, found, uem, scoring)
        let (ours, theirs) = (Self.cut(said, to: region), Self.cut(found, to: region))
        let rows = Self.order(reference, ours) { Self.letters($0) }
        let columns = Self.order(hypothesis, theirs) { String($0) }
        let sums = Self.sums(ours, theirs, rows, columns, width: hypothesis.speakers.count)
        var mapping = [Int?](repeating: nil, count: reference.speakers.count)
        for (row, column) in Assignment.best(sums, rows: rows.count, columns: columns.count).enumerated() { mapping[rows[row]] = column.map { columns[$0] } }
        self.mapping = mapping
    }

    private static func seconds(_ ticks: Int64) -> Double { Double(ticks) / Double(ticksPerSecond) }

    private static func pieces(_ turns: SpeakerTurns) -> [Piece] {
        (0..<turns.count).map { index in
            let start = seconds(turns.starts[index])
            return Piece(start: start, end: start + seconds(turns.ends[index] - turns.starts[index]), owner: Int(turns.owners[index]))
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    private static func region(_ said: [Piece], _ found: [Piece], _ uem: [Segment]?, _ scoring: TurnScoring) -> Region<Double> {
        let all = said + found
        let extent = all.isEmpty ? [] : [all.map(\.start).min()!..<all.map(\.end).max()!]
        let scored = Region(uem?.map { seconds($0.start.ticks)..<seconds($0.end.ticks) } ?? extent)
        guard scoring.collar.ticks > 0 || scoring.skipsOverlap else { return scored }
        var left: [Range<Double>] = []
        let collar = seconds(scoring.collar.ticks)
        if collar > 0 { for time in said.flatMap({ [$0.start, $0.end] }) { left.append(time - collar..<time + collar) } }
        if scoring.skipsOverlap {
            var last = -Double.infinity
            for piece in said {
                let end = min(last, piece.end)
                if piece.start < end { left.append(piece.start..<end) }
                last = max(last, piece.end)
            }
        }
        return scored.subtracting(Region(left))
    }

    private static func cut(_ pieces: [Piece], to region: Region<Double>) -> [Piece] {
        var (cut, first) = ([Piece](), 0)
        for piece in pieces {
            while first < region.stretches.count, region.stretches[first].upperBound <= piece.start { first += 1 }
            var index = first
            while index < region.stretches.count, region.stretches[index].lowerBound < piece.end {
                let (start, end) = (max(piece.start, region.stretches[index].lowerBound), min(piece.end, region.stretches[index].upperBound))
                if end - start > precision { cut.append(Piece(start: start, end: end, owner: piece.owner)) }
                index += 1
            }
        }
        return cut.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// The speakers who are heard, in the order of the names that they are given: by number in the order of their own names.
    private static func order(_ turns: SpeakerTurns, _ pieces: [Piece], _ name: (Int) -> String) -> [Int] {
        let heard = Set(pieces.map(\.owner)).sorted { turns.speakers[$0].unicodeScalars.lexicographicallyPrecedes(turns.speakers[$1].unicodeScalars) }
        return heard.indices.sorted { name($0).utf8.lexicographicallyPrecedes(name($1).utf8) }.map { heard[$0] }
    }

    /// A to Z, AA to ZZ and so on.
    private static func letters(_ number: Int) -> String {
        var (rest, text) = (number, "")
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }

    private static func sums(_ ours: [Piece], _ theirs: [Piece], _ rows: [Int], _ columns: [Int], width: Int) -> [Double] {
        var rowOf = [Int: Int](), columnOf = [Int](repeating: 0, count: width)
        for (row, speaker) in rows.enumerated() { rowOf[speaker] = row }
        for (column, name) in columns.enumerated() { columnOf[name] = column }
        // How far back a turn that begins earlier may still reach.
        var latest = -Double.infinity
        let reach = theirs.map { piece in
            latest = max(latest, piece.end)
            return latest
        }
        var (sums, first) = ([Double](repeating: 0, count: rows.count * columns.count), 0)
        for piece in ours {
            while first < theirs.count, reach[first] <= piece.start { first += 1 }
            let row = rowOf[piece.owner]! * columns.count
            var index = first
            while index < theirs.count, theirs[index].start < piece.end {
                let shared = min(piece.end, theirs[index].end) - max(piece.start, theirs[index].start)
                if shared > precision { sums[row + columnOf[theirs[index].owner]] += shared }
                index += 1
            }
        }
        return sums
    }
}
