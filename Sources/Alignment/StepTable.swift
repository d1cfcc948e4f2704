/// Which way the best path came to each state of each row, two bits for each.
struct StepTable {
    enum Step: UInt8 {
        case keep, up, down, jump
    }

    private let bytesPerRow: Int
    private var bytes: [UInt8] = []

    init(states: Int) { bytesPerRow = (states + 3) / 4 }

    /// Starts a row in which every step is `keep`.
    mutating func appendRow() { bytes.append(contentsOf: repeatElement(0, count: bytesPerRow)) }

    /// Sets a step of the last row. Once for each state.
    mutating func set(_ state: Int, _ step: Step) {
        bytes[bytes.count - bytesPerRow + state / 4] |= step.rawValue << UInt8(state % 4 * 2)
    }

    func step(row: Int, _ state: Int) -> Step {
        Step(rawValue: bytes[row * bytesPerRow + state / 4] >> UInt8(state % 4 * 2) & 3) ?? .keep
    }
}
