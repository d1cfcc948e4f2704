/// How large frames are delivered.
public enum PictureSize: Hashable, Sendable {
    /// As coded.
    case native
    /// Exactly this many pixels, whatever that does to the proportions. Each side is held to 1...``Picture/maximumSide``.
    case exact(width: Int, height: Int)
    /// The largest size inside these bounds that keeps the proportions of the picture as shown (pixels that are not
    /// square are made square). A picture that is smaller already keeps its height.
    case fitting(width: Int, height: Int)

    /// The size for a coded picture whose pixels are `aspect` times as wide as high.
    func resolved(width: Int, height: Int, aspect: Double) -> (width: Int, height: Int) {
        switch self {
        case .native: (width, height)
        case .exact(let width, let height): (Self.held(width), Self.held(height))
        case .fitting(let boundWidth, let boundHeight):
            Self.fit(Double(width) * aspect, Double(height), into: Self.held(boundWidth), Self.held(boundHeight))
        }
    }

    private static func fit(
        _ width: Double, _ height: Double, into boundWidth: Int, _ boundHeight: Int
    ) -> (width: Int, height: Int) {
        let scale = min(1, Double(boundWidth) / width, Double(boundHeight) / height)
        let sides = ((width * scale).rounded(), (height * scale).rounded())
        return (min(held(Int(sides.0)), boundWidth), min(held(Int(sides.1)), boundHeight))
    }

    private static func held(_ side: Int) -> Int { min(max(side, 1), Picture.maximumSide) }
}
