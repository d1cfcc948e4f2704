import Timeline

/// Layers that a line format makes of a recording's channels: the plain name for channel 1, else the name, a point and the channel.
struct ChannelLayer: Sendable {
    let name: String

    func id(_ channel: String) -> String { channel == "1" ? name : "\(name).\(channel)" }

    /// The channel of a layer; nil for a layer of another name.
    func channel(of id: String) -> String? {
        if id == name { return "1" }
        guard id.hasPrefix(name + "."), id.utf8.count > name.utf8.count + 1 else { return nil }
        return String(id.dropFirst(name.count + 1))
    }
}

/// Finds the layer of a line's medium and channel; a line like the one before it needs no look-up.
struct ChannelPlaces {
    private var latest: (media: [UInt8], channel: [UInt8], layer: String, number: Int)?
    /// Digits after the point of times, by place.
    private(set) var digits: [Int] = []

    /// The number of the place.
    ///
    /// - Parameters:
    ///   - media, channel: the fields of the line.
    ///   - digits: after the point of the line's first time.
    ///   - layer: makes the layer, from the name of the channel, when it is new.
    mutating func number(
        _ text: [UInt8], media: Range<Int>, channel: Range<Int>, layer: ChannelLayer, digits: Int, in sink: inout some LabelSink, _ make: (String) -> Layer
    ) -> Int {
        if let latest, latest.layer == layer.name, text.has(latest.media, at: media), text.has(latest.channel, at: channel) { return latest.number }
        let name = text.string(channel)
        let number = sink.place(media: text.string(media), layer: layer.id(name)) { make(layer.id(name)) }
        // Places are numbered in the order in which they are first named.
        if number == self.digits.count { self.digits.append(min(10, digits)) }
        latest = (Array(text[media]), Array(text[channel]), layer.name, number)
        return number
    }
}
