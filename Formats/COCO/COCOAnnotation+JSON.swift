import Timeline

extension COCOAnnotation {
    /// Reads the object that the latest token begins.
    ///
    /// - Throws: ``FormatError`` where the JSON itself is broken. What is not what it should be is remarked on.
    init(_ json: inout JSONTokenizer, _ ids: inout COCOIDs) throws(FormatError) {
        offset = json.range.lowerBound
        while try json.next() == .name { try readMember(&json, &ids) }
    }

    private mutating func readMember(_ json: inout JSONTokenizer, _ ids: inout COCOIDs) throws(FormatError) {
        let name = json.range
        if json.isName("id") { id = try ids.read(&json) }
        else if json.isName("image_id") { image = try ids.read(&json) }
        else if json.isName("category_id") { category = try ids.read(&json) }
        else if json.isName("bbox") { try readBox(&json) }
        else if json.isName("area") {
            try json.next()
            if let value = json.double, value.isFinite { area = value } else { try keep("area", &json) }
        } else if json.isName("iscrowd") {
            try json.next()
            if json.token == .number { isCrowd = json.integer == 1 } else if json.token == .true { isCrowd = true } else if json.token != .false { try keep("iscrowd", &json) }
        } else if json.isName("segmentation") { try readSegmentation(&json) }
        else if json.isName("track_id") || json.isName("instance_id") && track == nil { track = try ids.read(&json) }
        else if json.isName("video_id") { video = try ids.read(&json) }
        else if json.isName("score") {
            try json.next()
            if let value = json.double, value.isFinite { score = value } else { try keep("score", &json) }
        } else if json.isName("keypoints") { try readKeypoints(&json) }
        else if json.isName("num_keypoints") {
            try json.next()
            try json.skipValue()
        } else if json.isName("caption") {
            try json.next()
            if json.token == .string { caption = json.text } else { try keep("caption", &json) }
        } else if json.isName("attributes") { try readAttributes(&json, &ids) }
        else if json.isName("bboxes") || json.isName("segmentations") { try readFrames(&json, isBoxes: json.isName("bboxes")) }
        else if json.isName("segments_info") {
            try json.next()
            segments = try json.rawValue()
        } else {
            let text = json.hasEscapes ? json.text : json.bytes.string(name)
            try json.next()
            others.append((text, try json.rawValue()))
        }
    }

    /// Keeps a value that is not what its name promises.
    private mutating func keep(_ name: String, _ json: inout JSONTokenizer) throws(FormatError) {
        if json.token != .null { remarks.append(("coco-value", "\(name) that is \(json.found)", "a value of its kind")) }
        others.append((name, try json.rawValue()))
    }

    /// The numbers of an array; nil, with the rest of the value passed over, where it is none or holds other things.
    private static func numbers(_ json: inout JSONTokenizer) throws(FormatError) -> [Double]? {
        guard json.token == .beginArray else {
            try json.skipValue()
            return nil
        }
        var (values, isGood) = ([Double](), true)
        while try json.next() != .endArray {
            if let value = json.double, value.isFinite { values.append(value) } else {
                isGood = false
                try json.skipValue()
            }
        }
        return isGood ? values : nil
    }

    private mutating func readBox(_ json: inout JSONTokenizer) throws(FormatError) {
        try json.next()
        // The plain case without an array.
        guard json.token == .beginArray else {
            if json.token != .null { remarks.append(("coco-box", "a bbox that is \(json.found)", "x, y, width, height")) }
            return try json.skipValue()
        }
        var (sides, count, isGood) = (SIMD4<Double>(), 0, true)
        while try json.next() != .endArray {
            if let value = json.double, value.isFinite { if count < 4 { sides[count] = value } } else {
                isGood = false
                try json.skipValue()
            }
            count += 1
        }
        if count == 4, isGood {
            box = Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3])
        } else if count > 0 {
            remarks.append(("coco-box", "a bbox of \(count) values\(isGood ? "" : " that are not all numbers")", "x, y, width, height"))
        }
    }

    private mutating func readSegmentation(_ json: inout JSONTokenizer) throws(FormatError) {
        try json.next()
        let start = json.range.lowerBound
        switch json.token {
        case .beginArray: try readPolygons(&json)
        case .beginObject:
            let runs = try COCORuns(&json)
            (mask, hasPlainRuns) = (runs.mask, runs.isPlain)
            guard mask == nil else { return }
            remarks.append(("coco-rle", runs.problem, "counts that fill a size of height and width"))
            others.append(("segmentation", start..<json.range.upperBound))
        case .null: return
        default: try keep("segmentation", &json)
        }
    }

    private mutating func readPolygons(_ json: inout JSONTokenizer) throws(FormatError) {
        while try json.next() != .endArray {
            guard var values = try Self.numbers(&json) else {
                remarks.append(("coco-polygon", "a polygon that is not all numbers", "x and y by turns"))
                continue
            }
            if values.count % 2 == 1 {
                remarks.append(("coco-polygon", "a polygon of \(values.count) numbers", "x and y by turns"))
                values.removeLast()
            }
            if values.count < 6 { remarks.append(("coco-polygon", "a polygon of \(values.count / 2) points", "three or more")) }
            polygons.append(Polygon(stride(from: 0, to: values.count, by: 2).map { Point(x: values[$0], y: values[$0 + 1]) }))
        }
    }

    private mutating func readKeypoints(_ json: inout JSONTokenizer) throws(FormatError) {
        try json.next()
        let start = json.range.lowerBound
        guard json.token != .null else { return }
        guard let values = try Self.numbers(&json), values.count % 3 == 0 else {
            remarks.append(("coco-keypoints", "key points that are not x, y and visibility", "numbers by threes"))
            return others.append(("keypoints", start..<json.range.upperBound))
        }
        for index in stride(from: 0, to: values.count, by: 3) {
            let visibility = Int(exactly: values[index + 2]).flatMap { UInt8(exactly: $0) }.flatMap(Keypoint.Visibility.init(rawValue:))
            if visibility == nil { remarks.append(("coco-keypoints", "a visibility of \(values[index + 2])", "0, 1 or 2")) }
            keypoints.append(Keypoint(Point(x: values[index], y: values[index + 1]), visibility ?? .visible))
        }
    }

    /// What CVAT writes into `attributes`: hidden, turned, between key frames, and the track.
    private mutating func readAttributes(_ json: inout JSONTokenizer, _ ids: inout COCOIDs) throws(FormatError) {
        try json.next()
        let start = json.range.lowerBound
        guard json.token == .beginObject else { return others.append(("attributes", try json.rawValue())) }
        while try json.next() == .name {
            if json.isName("occluded") { if try json.next() == .true { state = .occluded } else { try json.skipValue() } }
            else if json.isName("keyframe") { if try json.next() == .false { isInterpolated = true } else { try json.skipValue() } }
            else if json.isName("rotation") {
                try json.next()
                if let value = json.double, value.isFinite { rotation = value } else { try json.skipValue() }
            } else if json.isName("track_id"), track == nil {
                track = try ids.read(&json)
            } else {
                try json.next()
                try json.skipValue()
            }
        }
        attributes = start..<json.range.upperBound
    }

    private mutating func readFrames(_ json: inout JSONTokenizer, isBoxes: Bool) throws(FormatError) {
        try json.next()
        guard json.token == .beginArray else { return try keep(isBoxes ? "bboxes" : "segmentations", &json) }
        var (index, hasMasks) = (0, !isBoxes)
        if !isBoxes { frames.removeAll() } else { hasMasks = !frames.isEmpty }
        while try json.next() != .endArray {
            defer { index += 1 }
            guard json.token != .null else { continue }
            var frame = COCOAnnotation()
            if isBoxes, let sides = try Self.numbers(&json), sides.count == 4 {
                frame.box = Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3])
            } else if !isBoxes, json.token == .beginObject {
                frame.mask = try COCORuns(&json).mask
            } else if !isBoxes, json.token == .beginArray {
                try frame.readPolygons(&json)
            }
            if let shape = frame.shape { if !isBoxes || !hasMasks { frames.append((index, shape)) } } else {
                remarks.append(("coco-frame", "a shape of frame \(index) that cannot be read", "a box, polygons, runs or null"))
            }
        }
    }

}

/// A mask as an object of `counts` and `size`.
struct COCORuns {
    private(set) var mask: Mask?
    private(set) var isPlain = false
    private(set) var problem = "a mask without counts or size"

    /// Reads the object that the latest token begins.
    init(_ json: inout JSONTokenizer) throws(FormatError) {
        var (runs, size) = ([UInt32]?.none, [Int64]())
        while try json.next() == .name {
            if json.isName("counts") {
                try json.next()
                if json.token == .string {
                    let text = json.hasEscapes ? Array(json.text.utf8) : json.bytes
                    runs = RunLengths.decode(text, json.hasEscapes ? 0..<text.count : json.range)
                    if runs == nil { problem = "counts that are no run lengths" }
                } else if json.token == .beginArray {
                    (runs, isPlain) = (try Self.plain(&json), true)
                    if runs == nil { problem = "counts that are not all whole numbers" }
                } else {
                    try json.skipValue()
                }
            } else if json.isName("size") {
                try json.next()
                guard json.token == .beginArray else { try json.skipValue(); continue }
                while try json.next() != .endArray { if let side = json.integer { size.append(side) } else { try json.skipValue() } }
            } else {
                try json.next()
                try json.skipValue()
            }
        }
        guard let runs, size.count == 2, let height = Int(exactly: size[0]), let width = Int(exactly: size[1]) else { return }
        mask = Mask(width: width, height: height, runs: runs)
        if mask == nil { problem = "counts that cover more than the \(width) by \(height) pixels of their size" }
    }

    private static func plain(_ json: inout JSONTokenizer) throws(FormatError) -> [UInt32]? {
        var (runs, isGood) = ([UInt32](), true)
        while try json.next() != .endArray {
            if let value = json.integer, let run = UInt32(exactly: value) { runs.append(run) } else {
                isGood = false
                try json.skipValue()
            }
        }
        return isGood ? runs : nil
    }
}

/// Ids of pictures, categories and the like: whole numbers, and texts that stand for numbers of their own below all others.
struct COCOIDs {
    private var texts: [String: Int64] = [:]
    /// Ids that stood as texts.
    private(set) var textCount = 0
    private(set) var firstText: (offset: Int, found: String)?

    /// The id that comes next; nil for null and for what is no id.
    mutating func read(_ json: inout JSONTokenizer) throws(FormatError) -> Int64? {
        try json.next()
        if let number = json.integer { return number }
        if let number = json.double { return Int64(exactly: number) }
        guard json.token == .string else {
            try json.skipValue()
            return nil
        }
        let text = json.text
        textCount += 1
        if firstText == nil { firstText = (json.range.lowerBound, json.found) }
        if let number = Int64(text) { return number }
        if let known = texts[text] { return known }
        let number = Int64.min + Int64(texts.count)
        texts[text] = number
        return number
    }

    /// The id as a person reads it.
    func name(_ id: Int64) -> String { texts.first { $0.value == id }?.key ?? String(id) }
}
