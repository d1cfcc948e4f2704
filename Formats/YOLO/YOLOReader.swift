import Timeline

/// Reads the lines of one picture: class, then a box (4 numbers), a turned box (8), a pose or an outline.
struct YOLOReader {
    private let names: YOLONames
    private let options: ReadingOptions
    private(set) var labelCount = 0

    init(_ names: YOLONames, _ options: ReadingOptions) { (self.names, self.options) = (names, options) }

    /// - Parameter size: of the picture; without it the shares stay shares of a picture of 1 by 1, with a warning.
    mutating func labels(_ bytes: [UInt8], size: PictureSize?, at time: Timestamp, _ log: inout DiagnosticLog) throws(FormatError) -> [Label] {
        let source = try TextSource(bytes, encodingName: options.encodingName, log: &log)
        let text = source.text
        var labels: [Label] = []
        for line in LineScanner(text, from: source.start) {
            let content = text.trimmed(line.range)
            guard !content.isEmpty else { continue }
            let position = TextPosition(line: line.number)
            guard let (number, values) = Self.numbers(text, content), let parsed = shape(values, size ?? PictureSize(width: 1, height: 1)) else {
                log.add(.error, "yolo-line", at: position, found: text.excerpt(content), expected: "a class number and 4, 5, 8 or more shares of the picture", effect: "the line is left out")
                continue
            }
            check(values, names.pose, position, &log)
            labelCount += 1
            var keyframe = Keyframe(time: time, shape: parsed.shape)
            keyframe.attributes = parsed.attributes
            let category = names.names[number] ?? String(number)
            if let label = Label(track: Track(category, keyframes: [keyframe]), id: LabelID("b\(labels.count + 1)")) {
                var label = label
                label.confidence = parsed.confidence
                labels.append(label)
            }
        }
        if size == nil, !labels.isEmpty {
            log.addHabit(.warning, "yolo-size", at: TextPosition(line: 1), found: "shares of a picture whose size is not known", expected: "the picture, or its size as an option", effect: "positions are shares")
        }
        return labels
    }

    /// Nil where a field is no number or the class is none from 0 on.
    private static func numbers(_ text: [UInt8], _ line: Range<Int>) -> (Int, [Double])? {
        var (values, position) = ([Double](), line.lowerBound)
        var number: Int?
        while position < line.upperBound {
            let start = position
            while position < line.upperBound, !Byte.isBlank(text[position]) { position += 1 }
            if number == nil {
                guard let stated = text.integer(start..<position) ?? text.double(start..<position).flatMap({ Int(exactly: $0) }), stated >= 0 else { return nil }
                number = stated
            } else {
                guard let value = text.double(start..<position) else { return nil }
                values.append(value)
            }
            while position < line.upperBound, Byte.isBlank(text[position]) { position += 1 }
        }
        return number.map { ($0, values) }
    }

    private func check(_ values: [Double], _ pose: (points: Int, numbers: Int)?, _ position: TextPosition, _ log: inout DiagnosticLog) {
        guard pose == nil, values.contains(where: { $0 < 0 || $0 > 1 }) else { return }
        log.addHabit(.warning, "yolo-range", at: position, found: "a share below 0 or above 1", expected: "0 to 1", effect: "it is kept")
    }

    private struct Parsed {
        var shape: Shape
        var confidence: Confidence?
        var attributes: [Attribute] = []
    }

    private func shape(_ values: [Double], _ size: PictureSize) -> Parsed? {
        let (width, height) = (Double(size.width), Double(size.height))
        func point(_ index: Int) -> Point { Point(x: Self.pixels(values[index], width), y: Self.pixels(values[index + 1], height)) }
        if let pose = names.pose, values.count == 4 + pose.points * pose.numbers {
            let points = (0..<pose.points).map { index in
                let start = 4 + index * pose.numbers
                let stated = pose.numbers == 3 ? UInt8(exactly: values[start + 2]).flatMap(Keypoint.Visibility.init(rawValue:)) : nil
                return Keypoint(point(start), stated ?? (pose.numbers == 2 && values[start] == 0 && values[start + 1] == 0 ? .absent : .visible))
            }
            let box = values[..<4].map { "\($0)" }.joined(separator: " ")
            return Parsed(shape: .keypoints(points), attributes: [Attribute("yolo.box", box)])
        }
        switch values.count {
        case 4, 5:
            let box = Box(
                x: Self.pixels(values[0] - values[2] / 2, width), y: Self.pixels(values[1] - values[3] / 2, height), width: Self.pixels(values[2], width),
                height: Self.pixels(values[3], height))
            var parsed = Parsed(shape: .box(box))
            if values.count == 5 {
                parsed.confidence = Confidence(values[4])
                if parsed.confidence == nil { parsed.attributes = [Attribute("yolo.confidence", "\(values[4])")] }
            }
            return parsed
        case let count where count >= 6 && count % 2 == 0:
            return Parsed(shape: .polygon([Polygon(stride(from: 0, to: count, by: 2).map(point))]), attributes: count == 8 ? [Attribute("yolo.corners", "1")] : [])
        default: return nil
        }
    }

    /// A share of a side in pixels, to a millionth of a pixel: shares are mostly rounded to six digits.
    private static func pixels(_ share: Double, _ side: Double) -> Double { side == 1 ? share : Box.decimal(share * side, of: share, side) }
}
