import Timeline

extension TextGridFile {
    /// The layers of a document as tiers, those of kinds that the format cannot hold left out.
    ///
    /// A layer that came from a TextGrid gets its bounds back as they were spelled, as long as its labels fit them. Any other is
    /// filled up with empty intervals; labels at instants get a tier of points, labels that overlap one tier more.
    init(_ document: Document) {
        form = document.attributes["textgrid.form"].flatMap(Form.init(rawValue:)) ?? .long
        encoding = document.attributes["textgrid.encoding"].flatMap { $0.hasPrefix("UTF-16") ? $0 : nil }
        let layers = document.layers.filter { TextGrid.capabilities.kinds[$0.kind] != nil }
        setDomain(document, layers)
        for layer in layers {
            let name = layer.attributes["textgrid.name"] ?? layer.id
            let descriptions = layer.attributes.values(of: "textgrid.tier")
            let made = Self.tiers(layer, fitting: descriptions) ?? TextGridTiers(layer, descriptions, domain: (start, end, digits)).tiers
            for (index, tier) in made.enumerated() {
                tiers.append(tier)
                tiers[tiers.count - 1].name = TextGridPart(name: name, number: index + 1).description
            }
        }
    }

    /// From zero, or the first label before it, to the media's or the last label's end.
    private mutating func setDomain(_ document: Document, _ layers: [Layer]) {
        var (first, last, lastOpen) = (Int64.max, document.media.duration?.ticks ?? 0, Int64.min)
        for layer in layers {
            for index in layer.labels.indices {
                let span = layer.labels.span(at: index)
                (first, last) = (min(first, span.start.ticks), max(last, span.end.ticks))
                if case .open(let time) = span { lastOpen = max(lastOpen, time.ticks) }
            }
        }
        // A label without an end still has some length.
        if lastOpen >= last { last = (Timestamp(ticks: lastOpen) + .seconds(1)).ticks }
        if let stated = document.attributes["textgrid.domain"], let tier = TextGridTier(description: "TextTier \(stated)"), tier.items.isEmpty {
            digits = tier.digits
            start = tier.start.ticks <= first ? tier.start : TextGridTime(ticks: first)
            end = tier.end.ticks >= last ? tier.end : TextGridTime(ticks: last)
        } else {
            // A grid without labels has some length too.
            (start, end) = (TextGridTime(ticks: min(0, first)), TextGridTime(ticks: last > min(0, first) ? last : ticksPerSecond))
        }
    }

    /// The tiers that the descriptions tell, with the texts of the labels; nil when the labels no longer fit.
    private static func tiers(_ layer: Layer, fitting descriptions: [String]) -> [TextGridTier]? {
        guard !descriptions.isEmpty else { return nil }
        var (tiers, position) = ([TextGridTier](), 0)
        for description in descriptions {
            guard var tier = TextGridTier(description: description) else { return nil }
            var items: [TextGridTier.Item] = []
            for var item in tier.items {
                if position < layer.labels.count && layer.labels.span(at: position) == item.span {
                    item.text = layer.labels[position].text(ofPoint: tier.isPoints)
                    position += 1
                } else if tier.isPoints {
                    // A point that no label stands at was taken out.
                    continue
                }
                items.append(item)
            }
            tier.items = items
            tiers.append(tier)
        }
        return position == layer.labels.count ? tiers : nil
    }
}

extension Label {
    /// The text of an item; a blank where the label of an interval has none, because an interval without a text is no label.
    fileprivate func text(ofPoint isPoint: Bool) -> String {
        let text = content.plainText
        return text.isEmpty && !isPoint ? " " : text
    }
}

/// Tiers for the labels of a layer: as few as hold them without overlaps, those of points behind those of intervals.
private struct TextGridTiers {
    private(set) var tiers: [TextGridTier] = []
    private let domain: (start: TextGridTime, end: TextGridTime)
    private var digits: [UInt8]
    /// How the layer's file spelled times that it has.
    private var spellings: [Int64: ByteRange] = [:]

    init(_ layer: Layer, _ descriptions: [String], domain: (start: TextGridTime, end: TextGridTime, digits: [UInt8])) {
        self.domain = (domain.start, domain.end)
        digits = domain.digits
        for description in descriptions { learn(description) }
        let lanes = TierLanes(layer.labels, end: domain.end.ticks)
        for lane in lanes.intervals { tiers.append(tier(ofIntervals: lane, layer)) }
        for lane in lanes.points { tiers.append(tier(ofPoints: lane, layer)) }
        if tiers.isEmpty { tiers = [tier(ofIntervals: [], layer)] }
    }

    private mutating func learn(_ description: String) {
        guard let tier = TextGridTier(description: description) else { return }
        let offset = digits.count
        digits += tier.digits
        for item in tier.items {
            for time in [item.start, item.end] {
                spellings[time.ticks] = ByteRange(time.digits.range.lowerBound + offset..<time.digits.range.upperBound + offset)
            }
        }
    }

    private func time(_ ticks: Int64) -> TextGridTime { TextGridTime(ticks: ticks, digits: spellings[ticks] ?? .empty) }

    private func empty(isPoints: Bool) -> TextGridTier {
        TextGridTier(isPoints: isPoints, start: domain.start, end: domain.end, digits: digits)
    }

    private func tier(ofPoints lane: [TierLanes.Entry], _ layer: Layer) -> TextGridTier {
        var tier = empty(isPoints: true)
        tier.items = lane.map { entry in
            let time = time(entry.start)
            return TextGridTier.Item(start: time, end: time, text: layer.labels[entry.index].text(ofPoint: true))
        }
        return tier
    }

    private func tier(ofIntervals lane: [TierLanes.Entry], _ layer: Layer) -> TextGridTier {
        var tier = empty(isPoints: false)
        tier.items.reserveCapacity(lane.count)
        var before = domain.start
        for entry in lane {
            let (start, end) = (time(entry.start), time(entry.end))
            if entry.start > before.ticks { tier.items.append(.init(start: before, end: start, text: "")) }
            tier.items.append(.init(start: start, end: end, text: layer.labels[entry.index].text(ofPoint: false)))
            before = end
        }
        if before.ticks < domain.end.ticks { tier.items.append(.init(start: before, end: domain.end, text: "")) }
        return tier
    }
}
