import Timeline

extension OffsetSearch {
    /// Frames in a cell where only scores are compared, and where the path is wanted.
    private static let coarse = 20, fine = 10
    /// In medians of the cues' best ratings. A cut costs as much as three cues gain.
    private static let jumpCost: Float = 3
    /// In frames of full evidence.
    private static let driftCost: Float = 2

    /// The score of the best path under the limits that the options set. Comparable with other such scores only.
    static func score(_ cues: [PlacedCue], on track: EvidenceTrack, _ options: AlignmentOptions) -> Float {
        let search = OffsetSearch(cues, track, options, framesPerCell: coarse)
        return search.bestScore(search.costs(options))
    }

    /// The offset of each cue in seconds, on a grid of 0.1 s.
    static func offsets(_ cues: [PlacedCue], on track: EvidenceTrack, _ options: AlignmentOptions) -> [Double] {
        let search = OffsetSearch(cues, track, options, framesPerCell: fine)
        return search.best(search.costs(options)).offsets.map {
            Double($0 * fine) / Double(EvidenceTrack.framesPerSecond)
        }
    }

    private init(_ cues: [PlacedCue], _ track: EvidenceTrack, _ options: AlignmentOptions, framesPerCell: Int) {
        let reach = options.maximumOffset.approximateSeconds
        self.init(cues: cues, track: track, reach: reach, framesPerCell: framesPerCell)
    }

    private func costs(_ options: AlignmentOptions) -> Costs {
        Costs(jump: options.allowsCuts ? medianBestRating() * Self.jumpCost : .infinity, drift: Self.driftCost)
    }
}
