import Timeline

/// Puts the boxes of a file together into labels: one for each identity, and one for each box without an identity, in the order
/// in which they first appear.
struct TrackCollector {
    private struct Building {
        var category: String
        var id: LabelID
        var keyframes: [Keyframe]
        var isSorted = true
        var hasOtherCategories = false
    }

    private var building: [Building] = []
    private var numbers: [Int: Int] = [:]
    private var latest: (identity: Int, number: Int)?
    private var looseCount: Int
    /// The letter of ids; another for each layer of a document.
    private let letter: Character
    /// The attribute of a box of an identity that has another category elsewhere.
    private let categoryAttribute: String
    /// Boxes of an identity that has another in the same frame already.
    private(set) var repeats = 0

    /// - Parameter layer: the number of the layer in its document, which keeps the ids of its labels apart from others'.
    init(layer: Int = 0, boxesBefore: Int = 0, categoryAttribute: String) {
        self.categoryAttribute = categoryAttribute
        looseCount = boxesBefore
        letter = Self.letters[layer % Self.letters.count]
    }

    /// Without `d`, which boxes without an identity have.
    private static let letters = Array("tuvwxyzabcefghijklmnopqrs")

    /// Labels so far that have no identity.
    var boxesAlone: Int { looseCount }

    /// Adds a position of an object.
    ///
    /// - Parameter identity: the object's number; nil where nobody stated one.
    mutating func add(_ keyframe: Keyframe, of identity: Int?, category: String) {
        guard let identity else { return addLoose(keyframe, category) }
        let index = number(of: identity, category)
        let last = building[index].keyframes.last?.time
        if let last, keyframe.time <= last { building[index].isSorted = false }
        building[index].keyframes.append(keyframe)
        guard building[index].category != category else { return }
        building[index].keyframes[building[index].keyframes.count - 1].attributes.append(Attribute(categoryAttribute, category))
        building[index].hasOtherCategories = true
    }

    private mutating func addLoose(_ keyframe: Keyframe, _ category: String) {
        looseCount += 1
        building.append(Building(category: category, id: LabelID("d\(looseCount)"), keyframes: [keyframe]))
    }

    private mutating func number(of identity: Int, _ category: String) -> Int {
        if let latest, latest.identity == identity { return latest.number }
        let known = numbers[identity]
        let number = known ?? building.count
        if known == nil {
            numbers[identity] = number
            building.append(Building(category: category, id: LabelID("\(letter)\(identity)"), keyframes: []))
        }
        latest = (identity, number)
        return number
    }

    /// The labels. Of two positions in one frame the later one becomes a label of its own; see ``repeats``.
    mutating func finish() -> LabelList {
        var labels = LabelList()
        labels.reserveCapacity(building.count)
        var spare: [Building] = []
        for index in building.indices {
            var item = building[index]
            building[index].keyframes = []
            if !item.isSorted { spare += sort(&item) }
            if let label = Self.label(item) { labels.append(label) }
        }
        for item in spare { if let label = Self.label(item) { labels.append(label) } }
        repeats = spare.count
        return labels
    }

    /// Puts keyframes in order of time; those of a time that is taken are returned as labels of their own.
    private mutating func sort(_ item: inout Building) -> [Building] {
        let order = item.keyframes.indices.sorted { (item.keyframes[$0].time, $0) < (item.keyframes[$1].time, $1) }
        var (kept, spare) = ([Keyframe](), [Building]())
        kept.reserveCapacity(order.count)
        for index in order {
            let keyframe = item.keyframes[index]
            guard kept.last?.time == keyframe.time else { kept.append(keyframe); continue }
            looseCount += 1
            var alone = Building(category: item.category, id: LabelID("d\(looseCount)"), keyframes: [keyframe], hasOtherCategories: item.hasOtherCategories)
            nameAfterFirst(&alone)
            spare.append(alone)
        }
        item.keyframes = kept
        nameAfterFirst(&item)
        return spare
    }

    /// Gives a label the category of its first box.
    private func nameAfterFirst(_ item: inout Building) {
        guard item.hasOtherCategories, let first = item.keyframes.first?.attributes[categoryAttribute], first != item.category else { return }
        for index in item.keyframes.indices {
            let category = item.keyframes[index].attributes[categoryAttribute] ?? item.category
            item.keyframes[index].attributes.removeAll { $0.name == categoryAttribute }
            if category != first { item.keyframes[index].attributes.append(Attribute(categoryAttribute, category)) }
        }
        item.category = first
    }

    private static func label(_ item: Building) -> Label? {
        Label(track: Track(item.category, keyframes: item.keyframes), id: item.id)
    }
}

extension Label {
    /// The label of a track, over its ``Track/span``; nil for a track without keyframes. A confidence that all keyframes share is
    /// the label's.
    init?(track: Track, id: LabelID, attributes: [Attribute] = []) {
        guard let span = track.span, let confidence = track.keyframes.first?.confidence, track.keyframes.allSatisfy({ $0.confidence == confidence }) else {
            guard let span = track.span else { return nil }
            self.init(id: id, span: span, content: .track(track), attributes: attributes)
            return
        }
        var track = track
        for index in track.keyframes.indices { track.keyframes[index].confidence = nil }
        self.init(id: id, span: span, content: .track(track), confidence: confidence, attributes: attributes)
    }
}

/// Numbers for tracks in formats that name them by number: the number of an id such as `t12`, else the next free one.
struct TrackNumbers {
    private var stated: Set<Int> = []
    private var used: Set<Int> = []
    private var next: Int

    /// - Parameters:
    ///   - labels: the labels to be numbered; those whose id has a number keep it.
    ///   - first: the lowest number that is given to others.
    init(_ labels: some Sequence<Label>, from first: Int) {
        next = first
        for label in labels { if let number = Self.stated(label.id) { stated.insert(number) } }
    }

    /// The number of an id such as `t12`; nil for others and for the ids of boxes that stand alone, such as `d12`.
    static func stated(_ id: LabelID) -> Int? {
        guard id.isCounter, id.name.utf8.first != .ascii("d"), let number = Int(id.name.dropFirst()) else { return nil }
        return String(number).utf8.count + 1 == id.name.utf8.count ? number : nil
    }

    /// The number of a label's track, also where nobody gave one.
    mutating func number(ofAny label: Label) -> Int {
        if let stated = Self.stated(label.id), used.insert(stated).inserted { return stated }
        while stated.contains(next) { next += 1 }
        defer { next += 1 }
        return next
    }

    /// The number of a label's track; nil for a box alone to which nobody gave a number.
    mutating func number(of label: Label, _ track: Track) -> Int? {
        if let stated = Self.stated(label.id), used.insert(stated).inserted { return stated }
        guard track.keyframes.count > 1 || track.interpolation != .none else { return nil }
        while stated.contains(next) { next += 1 }
        defer { next += 1 }
        return next
    }
}
