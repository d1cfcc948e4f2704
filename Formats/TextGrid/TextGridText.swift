import Timeline

/// Writes the text forms as Praat does, blanks at line ends included.
enum TextGridText {
    /// A string in double quotes, those inside doubled.
    static func append(quoted string: String, to bytes: inout [UInt8]) {
        bytes.append(.ascii("\""))
        var string = string
        string.withUTF8 { text in
            if text.contains(.ascii("\"")) || text.contains(Byte.nul) {
                for byte in text {
                    if byte == .ascii("\"") { bytes.append(byte) }
                    // Praat ends a text at a NUL.
                    bytes.append(byte == Byte.nul ? Byte.space : byte)
                }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(.ascii("\""))
    }

    /// A double as Praat prints it: the fewest of 15, 16 or 17 digits that read back the same.
    static func digits(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    static func bytes(_ file: TextGridFile) -> [UInt8] {
        switch file.form {
        case .long, .binary: long(file)
        case .short: short(file)
        case .chronological: chronological(file)
        }
    }

    private static let head = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"

    // MARK: Long

    private static func long(_ file: TextGridFile) -> [UInt8] {
        var bytes = Array(head.utf8)
        bytes.reserveCapacity(100 * file.tiers.reduce(0) { $0 + $1.items.count })
        line("xmin = ", file.start, file.digits, &bytes)
        line("xmax = ", file.end, file.digits, &bytes)
        bytes += "tiers? <exists> \nsize = \(file.tiers.count) \nitem []: \n".utf8
        for (index, tier) in file.tiers.enumerated() {
            bytes += "    item [\(index + 1)]:\n        class = \"\(tier.className)\" \n        name = ".utf8
            append(quoted: tier.name, to: &bytes)
            bytes += " \n".utf8
            line("        xmin = ", tier.start, tier.digits, &bytes)
            line("        xmax = ", tier.end, tier.digits, &bytes)
            let what = tier.isPoints ? "points" : "intervals"
            bytes += "        \(what): size = \(tier.items.count) \n".utf8
            for (index, item) in tier.items.enumerated() { append(item, index + 1, of: tier, to: &bytes) }
        }
        return bytes
    }

    private static func append(_ item: TextGridTier.Item, _ number: Int, of tier: TextGridTier, to bytes: inout [UInt8]) {
        append(tier.isPoints ? "        points [" : "        intervals [", to: &bytes)
        bytes.appendDecimal(Int64(number))
        append("]:\n", to: &bytes)
        if tier.isPoints {
            line("            number = ", item.start, tier.digits, &bytes)
            append("            mark = ", to: &bytes)
        } else {
            line("            xmin = ", item.start, tier.digits, &bytes)
            line("            xmax = ", item.end, tier.digits, &bytes)
            append("            text = ", to: &bytes)
        }
        append(quoted: item.text, to: &bytes)
        append(" \n", to: &bytes)
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }

    private static func line(_ name: StaticString, _ time: TextGridTime, _ digits: [UInt8], _ bytes: inout [UInt8]) {
        append(name, to: &bytes)
        time.append(from: digits, to: &bytes)
        append(" \n", to: &bytes)
    }

    // MARK: Short

    private static func short(_ file: TextGridFile) -> [UInt8] {
        var bytes = Array(head.utf8)
        func line(_ time: TextGridTime, _ digits: [UInt8]) {
            time.append(from: digits, to: &bytes)
            bytes.append(Byte.lineFeed)
        }
        func line(_ text: String) {
            append(quoted: text, to: &bytes)
            bytes.append(Byte.lineFeed)
        }
        line(file.start, file.digits)
        line(file.end, file.digits)
        bytes += "<exists>\n\(file.tiers.count)\n".utf8
        for tier in file.tiers {
            line(tier.className)
            line(tier.name)
            line(tier.start, tier.digits)
            line(tier.end, tier.digits)
            bytes += "\(tier.items.count)\n".utf8
            for item in tier.items {
                line(item.start, tier.digits)
                if !tier.isPoints { line(item.end, tier.digits) }
                line(item.text)
            }
        }
        return bytes
    }

    // MARK: Chronological

    private static func chronological(_ file: TextGridFile) -> [UInt8] {
        var bytes = Array("\"\(TextGrid.chronologicalTitle)\"\n".utf8)
        append(file.start, file.end, file.digits, to: &bytes)
        bytes += "   ! Time domain.\n\(file.tiers.count)   ! Number of tiers.\n".utf8
        for (index, tier) in file.tiers.enumerated() {
            bytes += "\(index > 0 ? "\n" : "")\"\(tier.className)\" ".utf8
            append(quoted: tier.name, to: &bytes)
            bytes.append(Byte.space)
            append(tier.start, tier.end, tier.digits, to: &bytes)
        }
        for place in order(file) { appendTimed(file.tiers[place.tier].items[place.item], place.tier + 1, of: file.tiers[place.tier], to: &bytes) }
        return bytes
    }

    private static func append(_ start: TextGridTime, _ end: TextGridTime, _ digits: [UInt8], to bytes: inout [UInt8]) {
        start.append(from: digits, to: &bytes)
        bytes.append(Byte.space)
        end.append(from: digits, to: &bytes)
    }

    /// An item with its tier's name, in one line of comment, for a person to read.
    private static func appendTimed(_ item: TextGridTier.Item, _ number: Int, of tier: TextGridTier, to bytes: inout [UInt8]) {
        let name = String(tier.name.map { $0.isNewline ? " " : $0 })
        bytes += "\n\n! \(name):\n\(number) ".utf8
        if tier.isPoints {
            item.start.append(from: tier.digits, to: &bytes)
            // Praat writes a blank here and not behind the end of an interval.
            bytes.append(Byte.space)
        } else {
            append(item.start, item.end, tier.digits, to: &bytes)
        }
        bytes.append(Byte.lineFeed)
        append(quoted: item.text, to: &bytes)
    }

    /// Every item of every tier by its start; the items of one tier stay in their order.
    private static func order(_ file: TextGridFile) -> [(tier: Int, item: Int)] {
        var order: [(tier: Int, item: Int, time: Int64)] = []
        for (number, tier) in file.tiers.enumerated() {
            var latest = Int64.min
            for (index, item) in tier.items.enumerated() {
                latest = max(latest, item.start.ticks)
                order.append((number, index, latest))
            }
        }
        order.sort { ($0.time, $0.tier, $0.item) < ($1.time, $1.tier, $1.item) }
        return order.map { ($0.tier, $0.item) }
    }
}

extension TextGridFile {
    /// The file in its form and encoding.
    func bytes() -> [UInt8] {
        if form == .binary { return TextGridBinary.bytes(self) }
        let text = TextGridText.bytes(self)
        guard let encoding, let transcoder = Transcoder(from: "UTF-8", to: encoding) else { return text }
        return (encoding == "UTF-16LE" ? [0xFF, 0xFE] : [0xFE, 0xFF]) + transcoder.convert(text).text
    }
}
