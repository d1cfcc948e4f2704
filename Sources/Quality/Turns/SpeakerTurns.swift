import Timeline

/// The turns of one recording, in any order, for scoring. Turns may overlap, those of one speaker too.
public struct SpeakerTurns: Hashable, Sendable {
    /// Ticks.
    private(set) var starts: [Int64] = []
    private(set) var ends: [Int64] = []
    /// Places in ``speakers``.
    private(set) var owners: [Int32] = []
    public private(set) var speakers: [String] = []
    private var places: [String: Int32] = [:]

    public init() {}

    public var count: Int { starts.count }
    public var isEmpty: Bool { starts.isEmpty }

    /// Adds a turn. One that is not longer than nothing is left out.
    public mutating func append(from start: Timestamp, to end: Timestamp, speaker: String) {
        append(from: start.ticks, to: end.ticks, place: place(of: speaker))
    }

    /// The place of a speaker, who is added where he is not there yet.
    mutating func place(of speaker: String) -> Int32 {
        if let last = owners.last, speakers[Int(last)] == speaker { return last }
        if let place = places[speaker] { return place }
        let place = Int32(speakers.count)
        places[speaker] = place
        speakers.append(speaker)
        return place
    }

    mutating func append(from start: Int64, to end: Int64, place: Int32) {
        guard end > start else { return }
        starts.append(start)
        ends.append(end)
        owners.append(place)
    }

    /// Leaves the speakers alone.
    mutating func removeTurns() { (starts, ends, owners) = ([], [], []) }

    /// From the first start to the last end, in ticks; nil of no turns.
    var extent: Range<Int64>? {
        guard let first = starts.min(), let last = ends.max() else { return nil }
        return first..<last
    }

    /// The turns that are longer than so many ticks.
    func longer(than ticks: Int64) -> SpeakerTurns {
        guard starts.indices.contains(where: { ends[$0] - starts[$0] <= ticks }) else { return self }
        var kept = self
        kept.removeTurns()
        for index in starts.indices where ends[index] - starts[index] > ticks { kept.append(from: starts[index], to: ends[index], place: owners[index]) }
        return kept
    }
}
