import Timeline

/// One record of a manifest as its members say, with the bytes of those that the model does not name.
struct LhotseRecord {
    struct Item {
        let symbol: String
        let start, duration: Int64
        let score: Double?
    }

    struct Track {
        var offset: Int64 = 0
        var cut: LhotseRecord?
    }

    /// The bytes of the record, and of every list of supervisions in it.
    var range = 0..<0
    var supervisionLists: [Range<Int>] = []
    var position = TextPosition(line: 1)

    var id: String?
    var recordingID: String?
    var type: String?
    /// Ticks.
    var start, duration: Int64?
    var text, speaker: String?
    var language, gender: String?
    /// The bytes of a channel other than 0.
    var channel: Range<Int>?
    var alignment: [(name: String, items: [Item])] = []
    var custom = LhotseCustom()
    /// Members that Lhotse does not know.
    var others: [(name: String, value: Range<Int>)] = []

    var isRecording = false
    var samplingRate: Int64?
    var channelCount: Int?
    var supervisions: [LhotseRecord]?
    var tracks: [Track]?
    var isNumberInText = false

    var isCut: Bool { supervisions != nil || tracks != nil || type.map(Lhotse.Cut.types.contains) == true }
}

/// The custom field of a supervision.
struct LhotseCustom {
    /// The bytes of the members that are not Slate's.
    var rest: [UInt8] = []
    var confidence: Double?
    var layer: String?
    var isContainer = false
    var ids: [String: [String?]] = [:]
}

extension LhotseRecord {
    /// Reads the object that the latest token begins.
    ///
    /// - Parameter level: records that this one stands in; a cut of a track holds no tracks.
    init(_ json: inout JSONTokenizer, level: Int = 0) throws(FormatError) {
        guard json.token == .beginObject else { throw json.unexpected("a record of a manifest") }
        position = json.position()
        let start = json.range.lowerBound
        while try json.next() == .name { try readMember(&json, level) }
        range = start..<json.range.upperBound
    }

    private mutating func readMember(_ json: inout JSONTokenizer, _ level: Int) throws(FormatError) {
        let name = Member(json)
        let text = name == nil ? json.text : ""
        try json.next()
        if json.token == .null { return }
        switch name {
        case .id: id = try Self.identifier(&json)
        case .recordingID: recordingID = try Self.identifier(&json)
        case .type: type = try json.requireText()
        case .start: start = try seconds(&json)
        case .duration: duration = try seconds(&json)
        case .text: self.text = try json.requireText()
        case .speaker: speaker = try Self.identifier(&json)
        case .language: language = try Self.identifier(&json)
        case .gender: gender = try Self.identifier(&json)
        case .channel:
            let isZero = json.integer == 0
            let value = try json.rawValue()
            channel = isZero ? nil : value
        case .alignment: try readAlignment(&json)
        case .custom: try custom.read(&json)
        case .sources: try readSources(&json)
        case .samplingRate: samplingRate = json.integer
        case .supervisions: try readSupervisions(&json, level)
        case .tracks: try readTracks(&json, level)
        case .recording, .features: try readWhole(&json)
        case nil: others.append((text, try json.rawValue()))
        }
    }

    private enum Member {
        case id, recordingID, start, duration, channel, text, language, speaker, gender, custom, alignment
        case type, sources, samplingRate, supervisions, tracks, recording, features

        /// The member that the latest name stands for; nil for others.
        init?(_ json: borrowing JSONTokenizer) {
            if json.isName("id") { self = .id } else if json.isName("recording_id") { self = .recordingID } else if json.isName("start") { self = .start
            } else if json.isName("duration") { self = .duration } else if json.isName("channel") { self = .channel } else if json.isName("text") { self = .text
            } else if json.isName("language") { self = .language } else if json.isName("speaker") { self = .speaker } else if json.isName("gender") { self = .gender
            } else if json.isName("custom") { self = .custom } else if json.isName("alignment") { self = .alignment } else if json.isName("type") { self = .type
            } else if json.isName("sources") { self = .sources } else if json.isName("sampling_rate") { self = .samplingRate
            } else if json.isName("supervisions") { self = .supervisions } else if json.isName("tracks") { self = .tracks
            } else if json.isName("recording") { self = .recording } else if json.isName("features") { self = .features } else { return nil }
        }
    }

    // MARK: Values

    /// A string, or a number as its digits.
    private static func identifier(_ json: inout JSONTokenizer) throws(FormatError) -> String {
        guard json.token == .string || json.token == .number else { throw json.unexpected("a string") }
        return json.text
    }

    private mutating func seconds(_ json: inout JSONTokenizer) throws(FormatError) -> Int64 {
        guard let seconds = json.seconds else { throw json.unexpected("seconds such as 12.34") }
        if json.token == .string { isNumberInText = true }
        return seconds.ticks
    }

    private mutating func readSources(_ json: inout JSONTokenizer) throws(FormatError) {
        guard json.token == .beginArray else { throw json.unexpected("an array of sources") }
        isRecording = true
        var channels = 0
        while try json.next() != .endArray {
            guard json.token == .beginObject else { throw json.unexpected("a source") }
            while try json.next() == .name {
                let isChannels = json.isName("channels")
                try json.next()
                guard isChannels, json.token == .beginArray else { try json.skipValue(); continue }
                while try json.next() != .endArray {
                    channels += 1
                    try json.skipValue()
                }
            }
        }
        channelCount = channels
    }

    /// Items are `[symbol, start, duration, score]`; before Lhotse 1.8 they were objects.
    private mutating func readAlignment(_ json: inout JSONTokenizer) throws(FormatError) {
        guard json.token == .beginObject else { throw json.unexpected("an object of alignments") }
        while try json.next() == .name {
            let name = json.text
            var items: [Item] = []
            try json.nextArray()
            while try json.next() != .endArray { items.append(try item(&json)) }
            alignment.append((name, items))
        }
    }

    private mutating func item(_ json: inout JSONTokenizer) throws(FormatError) -> Item {
        guard json.token == .beginArray || json.token == .beginObject else { throw json.unexpected("an alignment item such as [\"word\", 1.5, 0.25, null]") }
        let end: JSONToken = json.token == .beginArray ? .endArray : .endObject
        var (symbol, start, duration, score): (String?, Int64?, Int64?, Double?) = (nil, nil, nil, nil)
        var index = 0
        while try json.next() != end {
            if json.token == .name { continue }
            switch index {
            case 0: symbol = try Self.identifier(&json)
            case 1: start = try seconds(&json)
            case 2: duration = try seconds(&json)
            case 3: score = json.token == .null ? nil : try json.requireDouble()
            default: try json.skipValue()
            }
            index += 1
        }
        guard let symbol, let start, let duration else { throw json.unexpected("an alignment item of symbol, start and duration") }
        return Item(symbol: symbol, start: start, duration: duration, score: score)
    }

    private mutating func readSupervisions(_ json: inout JSONTokenizer, _ level: Int) throws(FormatError) {
        guard json.token == .beginArray, level < 2 else { throw json.unexpected("an array of supervisions of a cut") }
        let start = json.range.lowerBound
        var found: [LhotseRecord] = []
        while try json.next() != .endArray { found.append(try LhotseRecord(&json, level: 2)) }
        supervisions = found
        supervisionLists.append(start..<json.range.upperBound)
    }

    private mutating func readTracks(_ json: inout JSONTokenizer, _ level: Int) throws(FormatError) {
        guard json.token == .beginArray, level == 0 else { throw json.unexpected("an array of tracks of a mixed cut") }
        var found: [Track] = []
        while try json.next() != .endArray {
            guard json.token == .beginObject else { throw json.unexpected("a track") }
            var track = Track()
            while try json.next() == .name {
                let (isCut, isOffset) = (json.isName("cut"), json.isName("offset"))
                try json.next()
                if isCut { track.cut = try LhotseRecord(&json, level: 1) } else if isOffset { track.offset = try seconds(&json) } else { try json.skipValue() }
            }
            supervisionLists += track.cut?.supervisionLists ?? []
            found.append(track)
        }
        tracks = found
    }

    /// The recording or the features of a cut, of which only the recording's id counts here.
    private mutating func readWhole(_ json: inout JSONTokenizer) throws(FormatError) {
        guard json.token == .beginObject else { throw json.unexpected("an object") }
        let outside = json.depth - 1
        while try json.next() == .name {
            let isID = json.isName("id") || json.isName("recording_id")
            try json.next()
            if isID, json.depth == outside + 1, json.token == .string { recordingID = recordingID ?? json.text }
            try json.skipValue()
        }
    }
}

extension LhotseCustom {
    mutating func read(_ json: inout JSONTokenizer) throws(FormatError) {
        guard json.token == .beginObject else { throw json.unexpected("an object of custom fields") }
        while try json.next() == .name {
            let (isOurs, isConfidence) = (json.isName(StaticString("slate")), json.isName(StaticString("confidence")))
            let start = json.range.lowerBound - 1
            try json.next()
            if isOurs, json.token == .beginObject {
                try readOurs(&json)
            } else if isConfidence, let value = json.double, Confidence(value) != nil {
                confidence = value
            } else {
                let value = try json.rawValue()
                if !rest.isEmpty { rest += ", ".utf8 }
                rest += json.bytes[start..<value.upperBound]
            }
        }
    }

    private mutating func readOurs(_ json: inout JSONTokenizer) throws(FormatError) {
        while try json.next() == .name {
            let (isLayer, isContainer, isIDs) = (json.isName("layer"), json.isName("container"), json.isName("ids"))
            try json.next()
            if isLayer, json.token == .string { layer = json.text } else if isContainer { self.isContainer = json.token == .true
            } else if isIDs, json.token == .beginObject { try readIDs(&json) } else { try json.skipValue() }
        }
    }

    private mutating func readIDs(_ json: inout JSONTokenizer) throws(FormatError) {
        while try json.next() == .name {
            let name = json.text
            try json.nextArray()
            var found: [String?] = []
            while try json.next() != .endArray {
                found.append(json.token == .string ? json.text : nil)
                try json.skipValue()
            }
            ids[name] = found
        }
    }
}
