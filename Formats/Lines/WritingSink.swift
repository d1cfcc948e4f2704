import Timeline

/// Writes labels as a reader finds them, and counts what the format cannot hold.
struct WritingSink<Syntax: LineSyntax>: LabelSink {
    private var writer: Syntax.Writer
    private var counter: LossCounter
    private var bytes: [UInt8] = []
    private var hasBegun = false
    private var places: [LabelPlace] = []
    private var table = PlaceTable()
    private var attributes: [Attribute] = []
    /// The places of each medium, in the order in which media are first named.
    private var placesByMedia: [(name: String, places: [Int])] = []
    private var numberOfMedia: [String: Int] = [:]
    /// The media that have labels, two at most.
    private(set) var filledMedia: [String] = []
    private(set) var labelCount = 0

    init(_ options: WritingOptions) {
        writer = Syntax.Writer(options: options)
        counter = LossCounter(LabelFormat(Syntax.self))
    }

    var loss: LossReport { counter.report }

    mutating func place(media name: String, layer id: String, _ layer: () -> Layer) -> Int {
        let (number, isNew) = table.number(media: name, layer: id)
        guard isNew else { return number }
        let place = LabelPlace(media: Media(name: name), layer: layer(), number: number)
        places.append(place)
        if let medium = numberOfMedia[name] {
            placesByMedia[medium].places.append(number)
        } else {
            numberOfMedia[name] = placesByMedia.count
            placesByMedia.append((name, [number]))
            counter.countHead(Document(media: place.media))
        }
        counter.countHead(of: place.layer)
        return number
    }

    mutating func add(_ label: Label, at number: Int) {
        let place = places[number]
        labelCount += 1
        if filledMedia.count < 2, filledMedia.last != place.media.name { filledMedia.append(place.media.name) }
        counter.count(label, in: place.layer.id, of: place.layer.kind, place.media)
        guard Syntax.capabilities.kinds[place.layer.kind] != nil, Syntax.capabilities.holds(label.content) else { return }
        begin()
        writer.write(label, in: place, to: &bytes)
    }

    mutating func add(_ attribute: Attribute) { attributes.append(attribute) }

    private mutating func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        writer.begin(attributes, to: &bytes)
    }

    /// Called once after the last label.
    mutating func finish() {
        begin()
        writer.finish(attributes, to: &bytes)
        for medium in placesByMedia { counter.countLayers(medium.places.map { places[$0].layer }) }
        counter.countMedia(placesByMedia.map(\.name))
        counter.countHead(attributes, "the file")
    }

    /// The bytes that were written since this was last asked for.
    mutating func taken() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }
}
