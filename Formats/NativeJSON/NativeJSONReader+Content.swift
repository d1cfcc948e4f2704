import Timeline

extension NativeJSONReader {
    mutating func cue(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (runs, speaker) = ([TextRun](), String?.none)
        _ = try members(&json, CueKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .runs: runs = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.run(&json) }
            case .speaker: speaker = try reader.text(&json)
            }
        }
        return .cue(Cue(CueText(runs: runs), speaker: speaker))
    }

    private mutating func run(_ json: inout JSONTokenizer) throws(FormatError) -> TextRun {
        if json.token == .string { return TextRun(json.text) }
        let place = json.position()
        var (text, run) = (String?.none, TextRun(""))
        _ = try members(&json, RunKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .text: text = try reader.text(&json)
            case .style: run.style = TextStyle(try reader.list(&json) { (reader, json) throws(FormatError) in try reader.named(&json, NativeStyle.self).style })
            case .voice: run.voice = try reader.text(&json)
            case .language: run.language = try reader.text(&json)
            case .classes: run.classes = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.text(&json) }
            case .appears: run.appears = try reader.time(&json)
            }
        }
        run.text = try required(text, RunKey.text.rawValue, place)
        return run
    }

    mutating func word(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (text, speaker) = (String?.none, String?.none)
        _ = try members(&json, WordKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .text: text = try reader.text(&json)
            case .speaker: speaker = try reader.text(&json)
            }
        }
        return .word(Word(try required(text, &json, WordKey.text.rawValue), speaker: speaker))
    }

    mutating func phone(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (symbol, alphabet) = (String?.none, String?.none)
        _ = try members(&json, PhoneKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .symbol: symbol = try reader.text(&json)
            case .alphabet: alphabet = try reader.text(&json)
            }
        }
        return .phone(Phone(try required(symbol, &json, PhoneKey.symbol.rawValue), alphabet: alphabet))
    }

    mutating func turn(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (speaker, text) = (String?.none, String?.none)
        _ = try members(&json, TurnKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .speaker: speaker = try reader.text(&json)
            case .text: text = try reader.text(&json)
            }
        }
        return .turn(SpeakerTurn(speaker: try required(speaker, &json, TurnKey.speaker.rawValue), text: text))
    }

    mutating func emotion(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var emotion = Emotion()
        _ = try members(&json, EmotionKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .categories: emotion.categories = try reader.list(&json) { (reader, json) throws(FormatError) in try reader.category(&json) }
            case .valence: emotion.valence = try reader.number(&json)
            case .arousal: emotion.arousal = try reader.number(&json)
            case .dominance: emotion.dominance = try reader.number(&json)
            }
        }
        return .emotion(emotion)
    }

    private mutating func category(_ json: inout JSONTokenizer) throws(FormatError) -> ScoredName {
        var (name, score) = (String?.none, Double?.none)
        _ = try members(&json, CategoryKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .name: name = try reader.text(&json)
            case .score: score = try reader.number(&json)
            }
        }
        return ScoredName(try required(name, &json, CategoryKey.name.rawValue), score: score)
    }

    mutating func tag(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (name, vocabulary) = (String?.none, String?.none)
        _ = try members(&json, TagKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .name: name = try reader.text(&json)
            case .vocabulary: vocabulary = try reader.text(&json)
            }
        }
        return .tag(Tag(try required(name, &json, TagKey.name.rawValue), vocabulary: vocabulary))
    }

    mutating func entity(_ json: inout JSONTokenizer) throws(FormatError) -> Content {
        var (text, kind, words) = (String?.none, String?.none, [LabelID]())
        _ = try members(&json, EntityKey.self) { (reader, json, key) throws(FormatError) in
            switch key {
            case .text: text = try reader.text(&json)
            case .kind: kind = try reader.text(&json)
            case .words: words = try reader.list(&json) { (reader, json) throws(FormatError) in LabelID(try reader.text(&json)) }
            }
        }
        let (stated, named) = (try required(text, &json, EntityKey.text.rawValue), try required(kind, &json, EntityKey.kind.rawValue))
        return .entity(Entity(stated, kind: named, words: words))
    }

    /// A value that must be there; its absence is said at the end of the object.
    private mutating func required<Value>(_ value: Value?, _ json: inout JSONTokenizer, _ name: String) throws(FormatError) -> Value {
        if let value { return value }
        return try required(nil, name, json.position())
    }
}

/// The looks of text by their names in the file.
enum NativeStyle: String, CaseIterable {
    case bold, italic, underlined
    case struckOut = "struck-out"

    var style: TextStyle {
        switch self {
        case .bold: .bold
        case .italic: .italic
        case .underlined: .underlined
        case .struckOut: .struckOut
        }
    }
}
