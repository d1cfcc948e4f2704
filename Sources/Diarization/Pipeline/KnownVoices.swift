import Timeline

/// Voices that were enrolled under names.
public struct KnownVoices: Sendable {
    /// The least similarity of a speaker to a voice whose name he gets.
    public var similarity: Float = 0.35
    public private(set) var names: [String] = []
    private var voices: [[Float]] = []

    public init() {}

    /// Takes a voice from a clip of one person, heard against the mean spectrum of the recording in which it is looked for.
    ///
    /// - Returns: false when the clip has no speech.
    @discardableResult
    public mutating func enrol(_ name: String, _ clip: EmbeddingTrack) -> Bool {
        guard clip.vectors.count > 0 else { return false }
        names.append(name)
        voices.append(ClusterSums(clip.vectors, weights: clip.windows.map { Float($0.count) }, labels: clip.windows.map { _ in 0 }).centroids[0])
        return true
    }

    /// The name of each speaker of a recording, nil for those who are like no voice. Each name is given once, the most alike first.
    public func names(of turns: [FoundTurn], in track: EmbeddingTrack) -> [String?] {
        let lookup = SpeakerLookup(turns, reach: .zero)
        let labels = track.windows.map { window in
            Segment(start: .zero + EmbeddingTrack.hop * window.lowerBound, end: .zero + EmbeddingTrack.hop * window.upperBound).flatMap(lookup.speaker) ?? -1
        }
        let speakers = ClusterSums(track.vectors, weights: track.windows.map { Float($0.count) }, labels: labels).centroids
        var pairs = speakers.indices.flatMap { speaker in
            voices.indices.map { (speaker: speaker, voice: $0, similarity: Vectors.product(speakers[speaker][...], voices[$0][...])) }
        }
        pairs.sort { ($0.similarity, $1.speaker, $1.voice) > ($1.similarity, $0.speaker, $0.voice) }
        var (result, taken) = ([String?](repeating: nil, count: speakers.count), Set<String>())
        for pair in pairs where pair.similarity >= similarity && result[pair.speaker] == nil && !taken.contains(names[pair.voice]) {
            result[pair.speaker] = names[pair.voice]
            taken.insert(names[pair.voice])
        }
        return result
    }
}
