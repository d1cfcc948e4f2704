/// A function of one number by its values at equal distances, with straight lines in between; constant beyond the ends.
struct FunctionTable: Sendable {
    private let lowest, perUnit: Float
    private let values: [Float]

    init(from lowest: Float, to highest: Float, count: Int, _ function: (Float) -> Float) {
        let step = (highest - lowest) / Float(count - 1)
        (self.lowest, perUnit) = (lowest, 1 / step)
        values = (0..<count).map { function(lowest + Float($0) * step) }
    }

    @inline(__always)
    func value(at argument: Float) -> Float {
        let place = max(0, min(Float(values.count - 1), (argument - lowest) * perUnit))
        let index = min(values.count - 2, Int(place))
        return values[index] + (values[index + 1] - values[index]) * (place - Float(index))
    }
}
