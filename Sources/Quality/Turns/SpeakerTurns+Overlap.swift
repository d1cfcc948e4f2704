extension SpeakerTurns {
    /// The turns with those of one speaker that overlap or touch made one.
    var withoutOwnOverlap: SpeakerTurns {
        var merged = self
        merged.removeTurns()
        for (place, region) in regions.enumerated() {
            for stretch in region.stretches { merged.append(from: stretch.lowerBound, to: stretch.upperBound, place: Int32(place)) }
        }
        return merged
    }

    /// When each speaker speaks.
    var regions: [TimeRegion] {
        var stretches = [[Range<Int64>]](repeating: [], count: speakers.count)
        for index in 0..<count { stretches[Int(owners[index])].append(starts[index]..<ends[index]) }
        return stretches.map { TimeRegion($0) }
    }

    /// Where two turns or more are open.
    var overlaps: [Range<Int64>] {
        let order = (0..<count).sorted { starts[$0] < starts[$1] }
        var (found, last) = ([Range<Int64>](), Int64.min)
        for index in order {
            let end = min(last, ends[index])
            if starts[index] < end { found.append(starts[index]..<end) }
            last = max(last, ends[index])
        }
        return found
    }
}
