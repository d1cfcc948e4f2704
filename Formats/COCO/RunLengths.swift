import Timeline

/// COCO's text for the run lengths of a mask: groups of five bits with a bit that says that more come, from the lowest on, as
/// characters from `0` on; from the fourth run on the difference to the run before the last. As `rleToString` of COCO's maskApi.
enum RunLengths {
    /// The runs of a text; nil where a character does not belong, a number is cut, or a run is below zero or too long.
    static func decode(_ text: [UInt8], _ range: Range<Int>) -> [UInt32]? {
        var runs: [UInt32] = []
        runs.reserveCapacity(range.count / 2)
        var position = range.lowerBound
        while position < range.upperBound {
            var (value, shift, bits) = (Int64(0), Int64(0), UInt8(0x20))
            while bits & 0x20 != 0 {
                guard position < range.upperBound, shift < 60 else { return nil }
                bits = text[position] &- 48
                guard bits < 64 else { return nil }
                value |= Int64(bits & 0x1F) << shift
                shift += 5
                position += 1
            }
            if bits & 0x10 != 0 { value |= -1 << shift }
            if runs.count > 2 { value += Int64(runs[runs.count - 2]) }
            guard let run = UInt32(exactly: value) else { return nil }
            runs.append(run)
        }
        return runs
    }

    /// Appends the text of runs.
    static func append(_ runs: [UInt32], to bytes: inout [UInt8]) {
        for (index, run) in runs.enumerated() {
            var value = Int64(run)
            if index > 2 { value -= Int64(runs[index - 2]) }
            while true {
                var bits = UInt8(truncatingIfNeeded: value & 0x1F)
                value >>= 5
                let goesOn = bits & 0x10 != 0 ? value != -1 : value != 0
                if goesOn { bits |= 0x20 }
                bytes.append(bits + 48)
                if !goesOn { break }
            }
        }
    }
}
