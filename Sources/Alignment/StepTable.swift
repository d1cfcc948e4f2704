/// Which way the best path came to each state of each cue but the first.
struct StepTable {
    enum Step: UInt8 {
        case keep, up, down, jump
    }

    private let bytesPerRow: Int
    /// Two bits for each state.
    private var bytes: [UInt8] = []
    /// The states of each row at which the running maximum rises: the best state at or below any is the last not above it.
    private var summits: [[Int32]] = []

    init(states: Int) { bytesPerRow = (states + 3) / 4 }

    /// Starts a row in which every step is `keep`.
    mutating func appendRow(summits: [Int32]) {
        bytes.append(contentsOf: repeatElement(0, count: bytesPerRow))
        self.summits.append(summits)
    }

    /// Sets eight steps of the last row; the last mask that holds counts.
    @inline(__always)
    mutating func set(_ state: Int, rises: SIMDMask<SIMD8<Int32>>, falls: SIMDMask<SIMD8<Int32>>, jumps: SIMDMask<SIMD8<Int32>>) {
        guard any(rises .| falls .| jumps) else { return }
        var step = SIMD8<UInt32>()
        step.replace(with: UInt32(Step.up.rawValue), where: rises)
        step.replace(with: UInt32(Step.down.rawValue), where: falls)
        step.replace(with: UInt32(Step.jump.rawValue), where: jumps)
        let packed = (step &<< SIMD8<UInt32>(0, 2, 4, 6, 8, 10, 12, 14)).wrappedSum()
        let byte = bytes.count - bytesPerRow + state / 4
        bytes[byte] = UInt8(packed & 255)
        bytes[byte + 1] = UInt8(packed >> 8)
    }

    func step(row: Int, _ state: Int) -> Step {
        Step(rawValue: bytes[row * bytesPerRow + state / 4] >> UInt8(state % 4 * 2) & 3) ?? .keep
    }

    func summit(row: Int, atOrBelow state: Int) -> Int { Int(summits[row].last { $0 <= state } ?? 0) }
}
