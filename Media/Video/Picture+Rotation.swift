/// A quarter turn that puts a picture upright.
public enum QuarterTurn: Int, Hashable, Sendable {
    case none = 0
    case clockwise = 90
    case half = 180
    case counterclockwise = 270

    /// Whether width and height change places.
    public var swapsSides: Bool { self == .clockwise || self == .counterclockwise }

    /// The nearest quarter turn to an angle in degrees clockwise; `none` for what is not a number.
    init(degreesClockwise angle: Double) {
        guard angle.isFinite else {
            self = .none
            return
        }
        let quarters = Int((angle / 90).rounded().truncatingRemainder(dividingBy: 4))
        self = QuarterTurn(rawValue: (quarters + 4) % 4 * 90) ?? .none
    }
}

extension Picture {
    /// The picture turned.
    ///
    ///     AB   clockwise   CA
    ///     CD   ────────►   DB
    public func turned(_ turn: QuarterTurn) -> Picture {
        guard turn != .none else { return self }
        let (newWidth, newHeight) = turn.swapsSides ? (height, width) : (width, height)
        let depth = layout.bytesPerPixel
        // Where the new picture's first pixel lies in the old one, and the steps along its rows and columns.
        let (start, along, down) =
            switch turn {
            case .none: (0, 1, width)
            case .clockwise: ((height - 1) * width, -width, 1)
            case .half: (height * width - 1, -1, -width)
            case .counterclockwise: (width - 1, width, -1)
            }
        var turned = [UInt8]()
        turned.reserveCapacity(pixels.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let source = (start + x * along + y * down) * depth
                for byte in source..<source + depth { turned.append(pixels[byte]) }
            }
        }
        return Picture(unchecked: newWidth, newHeight, layout, turned)
    }
}
