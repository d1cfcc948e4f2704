/// The fields of a line that are parted by runs of spaces and tabs, without an array for each line.
struct LineFields {
    /// Fields that are kept; further ones are counted.
    static let limit = 24

    private var bounds: InlineArray<48, Int32> = .init(repeating: 0)
    /// All fields, kept or not.
    private(set) var count = 0
    /// Fields begin at most 2 GB into a text from the line's start.
    private let origin: Int

    /// - Parameter most: fields that are looked for.
    init(_ text: [UInt8], _ line: Range<Int>, most: Int = .max) {
        origin = line.lowerBound
        var position = line.lowerBound
        while count < most {
            while position < line.upperBound, Byte.isBlank(text[position]) { position += 1 }
            guard position < line.upperBound else { return }
            let start = position
            while position < line.upperBound, !Byte.isBlank(text[position]) { position += 1 }
            if count < Self.limit {
                bounds[2 * count] = Int32(clamping: start - origin)
                bounds[2 * count + 1] = Int32(clamping: position - origin)
            }
            count += 1
        }
    }

    /// Where the fields after the kept ones begin: behind the last field and the blanks after it.
    func rest(of text: [UInt8], before end: Int) -> Range<Int> {
        var start = count > 0 ? self[min(count, Self.limit) - 1].upperBound : origin
        while start < end, Byte.isBlank(text[start]) { start += 1 }
        return start..<end
    }

    /// Starts and ends of the first sixteen fields, from the start of the line: small enough to be passed on without a copy in memory.
    var packed: (starts: SIMD16<Int32>, ends: SIMD16<Int32>) {
        var (starts, ends) = (SIMD16<Int32>(), SIMD16<Int32>())
        for index in 0..<min(16, count) { (starts[index], ends[index]) = (bounds[2 * index], bounds[2 * index + 1]) }
        return (starts, ends)
    }

    /// The place of a field, which must be one of the kept ones.
    subscript(index: Int) -> Range<Int> { origin + Int(bounds[2 * index])..<origin + Int(bounds[2 * index + 1]) }
}
