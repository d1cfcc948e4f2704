/// Many small pictures on one, row by row from the top left.
///
///     var sheet = ContactSheet(columns: 4, rows: 3, cellWidth: 320, cellHeight: 180, layout: .rgb)
///     sheet?.place(frame.picture, at: 5)          // second row, second column
public struct ContactSheet: Sendable {
    /// The pictures placed so far on black, with ``gap`` black pixels between them.
    public private(set) var picture: Picture
    public let columns, rows, cellWidth, cellHeight: Int

    /// Pixels between neighbours.
    public static let gap = 4
    /// The most cells on a side.
    public static let maximumCells = 200

    /// Nil when a side is below 1 or the whole would be wider or higher than ``Picture/maximumSide``, or hold more
    /// than 100 million pixels.
    public init?(columns: Int, rows: Int, cellWidth: Int, cellHeight: Int, layout: Picture.Layout) {
        let cells = 1...Self.maximumCells
        guard cells.contains(columns), cells.contains(rows), Picture.allows(cellWidth, cellHeight) else { return nil }
        let width = columns * (cellWidth + Self.gap) - Self.gap
        let height = rows * (cellHeight + Self.gap) - Self.gap
        guard width * height <= 100_000_000,
            let picture = Picture(width: width, height: height, layout: layout, shade: 0)
        else { return nil }
        (self.columns, self.rows, self.cellWidth, self.cellHeight) = (columns, rows, cellWidth, cellHeight)
        self.picture = picture
    }

    /// Puts a picture into a cell, in its middle; what is larger than the cell is cut at its right and bottom.
    ///
    /// - Parameter cell: counted along the rows from 0; one beyond the last is ignored.
    public mutating func place(_ small: Picture, at cell: Int) {
        guard (0..<columns * rows).contains(cell), small.layout == picture.layout else { return }
        let (width, height) = (min(small.width, cellWidth), min(small.height, cellHeight))
        let left = cell % columns * (cellWidth + Self.gap) + (cellWidth - width) / 2
        let top = cell / columns * (cellHeight + Self.gap) + (cellHeight - height) / 2
        let depth = picture.layout.bytesPerPixel
        for y in 0..<height {
            let source = small.pixels[y * small.rowBytes..<y * small.rowBytes + width * depth]
            let start = (top + y) * picture.rowBytes + left * depth
            picture.pixels.replaceSubrange(start..<start + width * depth, with: source)
        }
    }
}
