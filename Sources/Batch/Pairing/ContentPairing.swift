/// Pairs what names could not, by how well the sound of each medium fits each subtitle file.
///
/// A pair is made only where each is the other's best by a margin. Once made, it frees its neighbours of a rival, so
/// the rest is looked at again. What stays doubtful stays unpaired.
public struct ContentPairing: Sendable {
    /// The least score of a pair, 0...1.
    public var minimum: Double
    /// How much a pair's score must exceed the next best of either side, 0...1.
    public var margin: Double
    /// Whether one medium may take several subtitle files, as with several languages.
    public var allowsSeveralPerMedium: Bool

    public init(minimum: Double = 0.9, margin: Double = 0.2, allowsSeveralPerMedium: Bool = true) {
        (self.minimum, self.margin, self.allowsSeveralPerMedium) = (minimum, margin, allowsSeveralPerMedium)
    }

    /// Scores every medium against every subtitle file, at most `jobs` at a time, and assigns.
    ///
    /// - Parameter score: probability that the two belong together, 0...1; nil when it cannot be told, as for a file
    ///   that does not open.
    /// - Complexity: media × subtitles calls of `score`.
    public func pair(
        media: [InputFile], subtitles: [InputFile], jobs: Int,
        score: @escaping @Sendable (_ media: InputFile, _ subtitles: InputFile) async -> Double?
    ) async throws -> PairingResult {
        let cells = subtitles.indices.flatMap { row in media.indices.map { (row: row, column: $0) } }
        var scores = [[Double]](repeating: [Double](repeating: 0, count: media.count), count: subtitles.count)
        try await withThrowingTaskGroup(of: (Int, Double?).self) { group in
            var next = 0
            func add() {
                guard next < cells.count else { return }
                let (index, cell) = (next, cells[next])
                group.addTask { (index, await score(media[cell.column], subtitles[cell.row])) }
                next += 1
            }
            for _ in 0..<max(1, jobs) { add() }
            while let (index, value) = try await group.next() {
                try Task.checkCancellation()
                scores[cells[index].row][cells[index].column] = value ?? 0
                add()
            }
        }
        return result(media: media, subtitles: subtitles, columns: assign(scores))
    }

    /// The column chosen for each row; nil where the row abstains.
    ///
    /// - Parameter scores: one row a subtitle file, one column a medium, 0...1.
    public func assign(_ scores: [[Double]]) -> [Int?] {
        var chosen = [Int?](repeating: nil, count: scores.count)
        var taken: Set<Int> = []
        while let (row, column) = nextPair(scores, chosen, taken) {
            chosen[row] = column
            if !allowsSeveralPerMedium { taken.insert(column) }
        }
        return chosen
    }

    private func nextPair(_ scores: [[Double]], _ chosen: [Int?], _ taken: Set<Int>) -> (Int, Int)? {
        for row in scores.indices where chosen[row] == nil {
            let free = scores[row].indices.filter { !taken.contains($0) }
            guard let best = free.max(by: { scores[row][$0] < scores[row][$1] }), scores[row][best] >= minimum else {
                continue
            }
            let rowRival = free.filter { $0 != best }.map { scores[row][$0] }.max() ?? 0
            let others = scores.indices.filter { $0 != row && chosen[$0] == nil }
            let columnRival = allowsSeveralPerMedium ? 0 : others.map { scores[$0][best] }.max() ?? 0
            if scores[row][best] - max(rowRival, columnRival) >= margin { return (row, best) }
        }
        return nil
    }

    private func result(media: [InputFile], subtitles: [InputFile], columns: [Int?]) -> PairingResult {
        var result = PairingResult()
        for (file, column) in zip(subtitles, columns) {
            guard let column else {
                result.unpairedSubtitles.append(file)
                continue
            }
            let language = NameReading(file, isSubtitle: true).subtitle.language
            result.pairs.append(MediaPair(media: media[column], subtitles: file, language: language, basis: .content))
        }
        let used = Set(columns.compactMap(\.self))
        result.unpairedMedia = media.indices.filter { !used.contains($0) }.map { media[$0] }
        return result
    }
}
