import Glibc

/// Converts bytes of one encoding to UTF-8 by iconv, and finds the source byte that stands behind a converted one.
///
/// Bytes that mean nothing in the source encoding become U+FFFD, one for each unit skipped.
final class Transcoder {
    private let handle: iconv_t
    private let unitLength: Int

    /// Nil when iconv does not know the encoding.
    init?(from name: String, to target: String = "UTF-8") {
        let handle = iconv_open(target, name)
        guard handle != iconv_t(bitPattern: -1), let handle else { return nil }
        self.handle = handle
        unitLength = TextEncoding(name, .stated).unitLength
    }

    deinit { iconv_close(handle) }

    /// The whole of the source, converted.
    ///
    /// - Parameter replacements: the number of U+FFFD put in for bytes without a meaning.
    func convert(_ source: [UInt8], from start: Int = 0) -> (text: [UInt8], replacements: Int) {
        var output: [UInt8] = []
        output.reserveCapacity(source.count + source.count / 2)
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var replacements = 0
        reset()
        var input = start
        while input < source.count {
            let step = convertOnce(source, from: input, into: &block, room: block.count)
            guard step.consumed > 0 || step.produced > 0 else { break }
            output.append(contentsOf: block[0..<step.produced])
            replacements += step.isReplacement ? 1 : 0
            input += step.consumed
        }
        return (output, replacements)
    }

    /// The source positions behind positions of the converted text, which must ascend and lie on character boundaries.
    func sourcePositions(of positions: [Int], in source: [UInt8], from start: Int) -> [Int] {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var (found, done, index) = ([Int](), 0, 0)
        found.reserveCapacity(positions.count)
        var input = start
        reset()
        while index < positions.count {
            let wanted = positions[index] - done
            guard wanted > 0, input < source.count else {
                found.append(input)
                index += 1
                continue
            }
            let step = convertOnce(source, from: input, into: &block, room: min(wanted, block.count))
            input += step.consumed
            done += step.produced
            if step.consumed == 0, step.produced == 0 {
                // Less room than one character needs: the position lies inside it.
                found.append(input)
                index += 1
            }
        }
        return found
    }

    private func reset() { _ = iconv(handle, nil, nil, nil, nil) }

    private struct Step { var consumed, produced: Int, isReplacement = false }

    /// Converts as much as `room` bytes of output allow, or replaces one unit that has no meaning.
    private func convertOnce(_ source: [UInt8], from start: Int, into block: inout [UInt8], room: Int) -> Step {
        let step = source.withUnsafeBytes { input in
            block.withUnsafeMutableBytes { output in
                var inputLeft = source.count - start
                var outputLeft = room
                // iconv takes a pointer to mutable bytes but does not write through it.
                var from = UnsafeMutablePointer(mutating: input.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self))
                var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                let status = iconv(handle, &from, &inputLeft, &to, &outputLeft)
                let failure = status == -1 ? errno : 0
                return (consumed: source.count - start - inputLeft, produced: room - outputLeft, failure: failure)
            }
        }
        if step.consumed > 0 || step.produced > 0 || step.failure == E2BIG {
            return Step(consumed: step.consumed, produced: step.produced)
        }
        guard room >= 3 else { return Step(consumed: 0, produced: 0) }
        block.replaceSubrange(0..<3, with: [0xEF, 0xBF, 0xBD])
        return Step(consumed: min(unitLength, source.count - start), produced: 3, isReplacement: true)
    }
}
