/// Where decoded frames lie, counted in samples of the track's own rate from the start of the media.
///
/// Timestamps are rounded to the container's clock (1 ms in Matroska, 24 samples at 48 kHz), so only the first is
/// taken at its word; after it samples are counted, and timestamps are obeyed again where they leave the count by
/// more than their rounding and the jitter of careless muxers explain.
struct SamplePlacement {
    /// The first decoded sample, priming included. Priming lies before the first sample that is heard.
    let origin: Int64
    /// The first sample that is heard.
    let audible: Int64
    /// What every timestamp says too much.
    let bias: Int64
    /// Samples in a frame: after a seek, frames are expected on multiples of it from the origin.
    let frameLength: Int64
    /// Samples in one unit of the stream's time base, rounded up.
    let clockUnit: Int64
    /// How far a timestamp may leave the count before it is obeyed.
    let tolerance: Int64
    /// A jump ahead by more than this is a damaged timestamp, not a gap.
    let longestGap: Int64

    /// The sample after the last one placed; nil directly after a seek.
    private(set) var expected: Int64?
    /// Added to timestamps since a clock that was set back, or ahead beyond belief.
    private var shift: Int64 = 0

    init(
        origin: Int64, audible: Int64, bias: Int64, frameLength: Int64, clockUnit: Int64, rate: Int64, longestGap: Int64
    ) {
        (self.origin, self.audible, self.bias) = (origin, audible, bias)
        (self.frameLength, self.clockUnit) = (max(frameLength, 1), clockUnit)
        (tolerance, self.longestGap) = (2 * clockUnit + rate / 200, longestGap)
        expected = origin
    }

    /// Begin again at the start of the file.
    mutating func rewind() { (expected, shift) = (origin, 0) }

    /// The next frame may come from anywhere.
    mutating func forget() { (expected, shift) = (nil, 0) }

    /// Where a frame lies whose timestamp says `stated`; nil when nothing says where.
    mutating func place(_ stated: Int64?, count: Int64) -> Int64? {
        guard let position = position(stated.map { $0 - bias }) else { return nil }
        expected = position + count
        return position
    }

    private mutating func position(_ stated: Int64?) -> Int64? {
        guard let expected else { return stated.map { onGrid($0) } }
        guard let stated else { return expected }
        let leap = stated + shift - expected
        if abs(leap) <= tolerance { return expected }
        if leap > longestGap || leap < -longestStepBack {
            shift -= leap
            return expected
        }
        return stated + shift
    }

    /// Overlaps are trimmed up to this many samples; a clock set back by more has been restarted.
    private var longestStepBack: Int64 { tolerance * 1000 }

    /// The multiple of the frame length nearest to a timestamp, where its rounding leaves no doubt which.
    private func onGrid(_ stated: Int64) -> Int64 {
        guard clockUnit > 1, frameLength > clockUnit + clockUnit / 4 else { return stated }
        let frames = (stated - origin + frameLength / 2).flooredDivision(by: frameLength)
        let position = origin + frames * frameLength
        return abs(position - stated) <= clockUnit ? position : stated
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
