/// Times of SubRip files, `hh:mm:ss,mmm`, in milliseconds.
enum SubRipTime {
    static func text(_ milliseconds: Int) -> String {
        let seconds = milliseconds / 1000
        return "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)),\(padded(milliseconds % 1000, 3))"
    }

    /// The start of each cue of a file, in order.
    static func starts(inFile path: String) throws -> [Int] {
        String(decoding: try Bytes.read(path), as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            guard line.contains("-->") else { return nil }
            let fields = line.prefix { $0 != " " }.split { ":,".contains($0) }.compactMap { Int($0) }
            return fields.count == 4 ? ((fields[0] * 60 + fields[1]) * 60 + fields[2]) * 1000 + fields[3] : nil
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
