/// Which way the best path came to each state of some cues in a row.
struct StepTable {
    enum Step: UInt8 {
        case keep, up, down, jump
    }

    private let bytesPerRow, summitBytesPerRow: Int
    /// Two bits for each state.
    private var bytes: [UInt8]
    /// One bit for each state: whether the running maximum of the states before the step rises there.
    private var summits: [UInt8]

    /// - Parameters:
    ///   - states: a multiple of eight.
    ///   - rows: cues; every step is `keep` at first.
    init(states: Int, rows: Int) {
        (bytesPerRow, summitBytesPerRow) = (states / 4, states / 8)
        bytes = [UInt8](repeating: 0, count: rows * bytesPerRow)
        summits = [UInt8](repeating: 0, count: rows * summitBytesPerRow)
    }

    /// Sets eight steps of a row; the last mask that holds counts.
    @inline(__always)
    mutating func set(
        row: Int, _ state: Int, rises: SIMDMask<SIMD8<Int32>>, falls: SIMDMask<SIMD8<Int32>>, jumps: SIMDMask<SIMD8<Int32>>
    ) {
        guard any(rises .| falls .| jumps) else { return }
        var step = SIMD8<UInt32>()
        step.replace(with: UInt32(Step.up.rawValue), where: rises)
        step.replace(with: UInt32(Step.down.rawValue), where: falls)
        step.replace(with: UInt32(Step.jump.rawValue), where: jumps)
        let packed = (step &<< SIMD8<UInt32>(0, 2, 4, 6, 8, 10, 12, 14)).wrappedSum()
        let byte = row * bytesPerRow + state / 4
        bytes[byte] = UInt8(packed & 255)
        bytes[byte + 1] = UInt8(packed >> 8)
    }

    /// Notes that the running maximum rises at a state.
    mutating func setSummit(row: Int, _ state: Int) { summits[row * summitBytesPerRow + state / 8] |= 1 << UInt8(state % 8) }

    func step(row: Int, _ state: Int) -> Step {
        Step(rawValue: bytes[row * bytesPerRow + state / 4] >> UInt8(state % 4 * 2) & 3) ?? .keep
    }

    /// The best state at or below one: the last at which the running maximum rises.
    func summit(row: Int, atOrBelow state: Int) -> Int {
        let first = row * summitBytesPerRow
        let last = min(state, 8 * summitBytesPerRow - 1)
        let own = summits[first + last / 8] & UInt8(truncatingIfNeeded: 0xFF >> (7 - last % 8))
        if own != 0 { return last / 8 * 8 + 7 - own.leadingZeroBitCount }
        for byte in (0..<last / 8).reversed() where summits[first + byte] != 0 {
            return byte * 8 + 7 - summits[first + byte].leadingZeroBitCount
        }
        return 0
    }
}
