import Timeline

/// The pictures of a file to be: ids that the file had, and new ones.
struct COCOImages {
    private var used: Set<Int64> = []
    private var next: Int64 = 1
    /// The objects, parted by commas.
    private(set) var bytes: [UInt8] = []

    private mutating func newID() -> String {
        while used.contains(next) { next += 1 }
        used.insert(next)
        return String(next)
    }

    /// Takes note of the ids that objects state, before new ones are given.
    mutating func reserve(_ stated: [COCOStatedImage]) { for image in stated { if let id = image.number { used.insert(id) } } }

    private mutating func begin() { bytes.append(plain: bytes.isEmpty ? "\n" : ",\n") }

    /// Adds an object as it was.
    mutating func add(_ image: COCOStatedImage, of text: [UInt8]) {
        begin()
        bytes += text[image.range]
    }

    /// Adds a new object and gives its id.
    mutating func add(name: String, video: VideoStream?, inVideo: String? = nil, frame: Int = 0) -> String {
        let id = newID()
        begin()
        bytes += "{\"id\":\(id),\"file_name\":".utf8
        bytes.appendJSON(name)
        if let width = video?.width { bytes += ",\"width\":\(width)".utf8 }
        if let height = video?.height { bytes += ",\"height\":\(height)".utf8 }
        if let inVideo { bytes += ",\"video_id\":\(inVideo),\"frame_id\":\(frame)".utf8 }
        bytes.append(.ascii("}"))
        return id
    }
}

/// An object of `images` that a document carries from the file it came from.
struct COCOStatedImage {
    /// As JSON.
    var id = ""
    var number: Int64?
    var name: String?
    var width, height, frame: Int?
    var range = 0..<0

    /// The objects of an array, or the single object.
    static func all(_ bytes: [UInt8]) -> [COCOStatedImage] {
        guard var json = try? JSONTokenizer(bytes, file: "") else { return [] }
        var images: [COCOStatedImage] = []
        while let token = try? json.next(), token != .end {
            if token == .beginObject, let image = try? read(&json) { images.append(image) }
        }
        return images
    }

    private static func read(_ json: inout JSONTokenizer) throws(FormatError) -> COCOStatedImage {
        var image = COCOStatedImage()
        let start = json.range.lowerBound
        while try json.next() == .name {
            if json.isName("id") {
                try json.next()
                if json.token == .string, let number = Int64(json.text) { (image.id, image.number) = (String(number), number) } else {
                    (image.id, image.number) = (json.bytes.string(try json.rawValue()), json.integer)
                }
            } else if json.isName("file_name") { if try json.next() == .string { image.name = json.text } else { try json.skipValue() } }
            else if json.isName("width") { image.width = try COCOReader.side(&json) }
            else if json.isName("height") { image.height = try COCOReader.side(&json) }
            else if json.isName("frame_index") { image.frame = try COCOReader.side(&json) ?? image.frame }
            else if json.isName("frame_id") { let frame = try COCOReader.side(&json)
                image.frame = image.frame ?? frame }
            else {
                try json.next()
                try json.skipValue()
            }
        }
        image.range = start..<json.range.upperBound
        return image
    }
}
