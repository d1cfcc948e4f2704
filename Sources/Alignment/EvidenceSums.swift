/// Running sums of the evidence less its mean, on a coarser grid: the evidence in any stretch by one subtraction.
struct EvidenceSums: Sendable {
    /// Frames of 10 ms in a cell.
    let framesPerCell: Int
    /// Cells for which a sum is kept, some of them outside the medium, where every frame counts as silence.
    let cells: Range<Int>
    /// `sums[n]` is what lies before cell `cells.lowerBound + n`, in frames of full evidence.
    let sums: [Float]

    /// - Parameter cells: those to keep a sum for.
    init(_ track: EvidenceTrack, framesPerCell: Int, cells: Range<Int>) {
        let mean = track.mean
        self.framesPerCell = framesPerCell
        self.cells = cells
        var cell = [Float](repeating: 0, count: cells.count)
        for index in cell.indices where !(0..<track.frameCount).contains((index + cells.lowerBound) * framesPerCell) {
            cell[index] = -mean * Float(framesPerCell)
        }
        for range in track.observed {
            for frame in range {
                let index = frame / framesPerCell - cells.lowerBound
                if cell.indices.contains(index) { cell[index] += Float(track.values[frame]) / 255 - mean }
            }
        }
        var sum = 0.0
        for index in cell.indices {
            let value = Double(cell[index])
            cell[index] = Float(sum)
            sum += value
        }
        sums = cell
    }

    /// The position in ``sums`` of what lies before a cell.
    func index(_ cell: Int) -> Int { cell - cells.lowerBound }
}
