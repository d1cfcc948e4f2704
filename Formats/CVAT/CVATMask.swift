import Timeline

/// CVAT's masks: run lengths row by row, beginning outside, in a box of the picture.
enum CVATMask {
    /// Pixels of the box of one mask at most.
    static let pixelLimit = 1 << 26

    /// Nil where numbers are missing, the runs do not fill the box, or the box is too large.
    ///
    /// - Parameters:
    ///   - size: of the picture; where nobody states it, the mask ends with its box.
    ///   - budget: pixels that may still be read in this file.
    static func read(_ tag: borrowing XMLTag, _ size: PictureSize?, _ budget: inout Int) -> Mask? {
        guard let runs = runs(tag), let left = number(tag, "left"), let top = number(tag, "top"), let width = number(tag, "width"),
            let height = number(tag, "height"), left >= 0, top >= 0, width >= 0, height >= 0, left <= 1 << 24, top <= 1 << 24, width <= 1 << 24, height <= 1 << 24
        else { return nil }
        let picture = stated(tag) ?? size ?? PictureSize(width: left + width, height: top + height)
        guard width * height <= min(pixelLimit, budget), left + width <= picture.width, top + height <= picture.height else { return nil }
        guard runs.reduce(0, { $0 + Int($1) }) == width * height else { return nil }
        budget -= width * height
        return Mask(width: picture.width, height: picture.height, runs: columns(runs, left, top, width, height, picture.height))
    }

    private static func number(_ tag: borrowing XMLTag, _ name: StaticString) -> Int? { tag.range(of: name).flatMap { tag.bytes.integer(tag.bytes.trimmed($0)) } }

    /// The size of the picture where Slate wrote it into the shape.
    private static func stated(_ tag: borrowing XMLTag) -> PictureSize? {
        guard let text = tag.string("picture") else { return nil }
        let sides = text.split(separator: "x").compactMap { Int($0) }
        return sides.count == 2 && sides.allSatisfy({ (0...1 << 24).contains($0) }) ? PictureSize(width: sides[0], height: sides[1]) : nil
    }

    private static func runs(_ tag: borrowing XMLTag) -> [UInt32]? {
        guard let range = tag.range(of: "rle") else { return nil }
        let bytes = tag.bytes
        var (runs, position) = ([UInt32](), range.lowerBound)
        while position < range.upperBound {
            let end = bytes.position(of: .ascii(","), in: position..<range.upperBound) ?? range.upperBound
            guard let value = bytes.integer(bytes.trimmed(position..<end)), let run = UInt32(exactly: value) else { return nil }
            runs.append(run)
            position = end + 1
        }
        return runs
    }

    /// Runs row by row in a box as runs column by column in the picture.
    private static func columns(_ runs: [UInt32], _ left: Int, _ top: Int, _ width: Int, _ height: Int, _ pictureHeight: Int) -> [UInt32] {
        var inside = [Bool](repeating: false, count: width * height)
        var position = 0
        for (index, run) in runs.enumerated() {
            if index % 2 == 1 { for pixel in position..<position + Int(run) { inside[pixel % width * height + pixel / width] = true } }
            position += Int(run)
        }
        var builder = RunBuilder()
        builder.add(false, left * pictureHeight)
        for column in 0..<width {
            builder.add(false, top)
            var row = 0
            while row < height {
                let start = row
                while row < height, inside[column * height + row] == inside[column * height + start] { row += 1 }
                builder.add(inside[column * height + start], row - start)
            }
            builder.add(false, pictureHeight - top - height)
        }
        return builder.runs
    }

    /// The box of a mask, and its runs row by row in it.
    static func write(_ mask: Mask) -> (box: Box, runs: [UInt32]) {
        guard let bounds = mask.bounds, mask.height > 0, Int(bounds.width) * Int(bounds.height) <= pixelLimit else { return (Box(x: 0, y: 0, width: 0, height: 0), []) }
        let (left, top, width, height) = (Int(bounds.x), Int(bounds.y), Int(bounds.width), Int(bounds.height))
        var inside = [Bool](repeating: false, count: width * height)
        var position = 0
        for (index, run) in mask.runs.enumerated() {
            if index % 2 == 1 {
                for pixel in position..<position + Int(run) { inside[(pixel % mask.height - top) * width + pixel / mask.height - left] = true }
            }
            position += Int(run)
        }
        var builder = RunBuilder()
        for pixel in inside { builder.add(pixel, 1) }
        return (bounds, builder.runs)
    }
}

/// Puts run lengths together, outside first.
struct RunBuilder {
    private var closed: [UInt32] = []
    private var isInside = false
    private var length = 0

    mutating func add(_ inside: Bool, _ count: Int) {
        guard count > 0 else { return }
        if inside != isInside {
            close()
            isInside = inside
        }
        length += count
    }

    private mutating func close() {
        closed.append(UInt32(clamping: length))
        length = 0
    }

    /// The runs so far; pixels outside at the end make one too.
    var runs: [UInt32] { length > 0 ? closed + [UInt32(clamping: length)] : closed }
}
