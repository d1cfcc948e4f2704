import Timeline

extension NativeJSONWriter {
    /// A content under the name of its kind.
    mutating func add(_ content: Content) {
        switch content {
        case .cue(let cue):
            begin("cue")
            addList("runs", cue.text.runs) { writer, run in writer.add(run) }
            add("speaker", cue.speaker)
        case .word(let word):
            begin("word")
            json.add("text", word.text)
            add("speaker", word.speaker)
        case .phone(let phone):
            begin("phone")
            json.add("symbol", phone.symbol)
            add("alphabet", phone.alphabet)
        case .turn(let turn):
            begin("turn")
            json.add("speaker", turn.speaker)
            add("text", turn.text)
        case .emotion(let emotion):
            begin("emotion")
            addMembers(of: emotion)
        case .tag(let tag):
            begin("tag")
            json.add("name", tag.name)
            add("vocabulary", tag.vocabulary)
        case .entity(let entity):
            begin("entity")
            json.add("text", entity.text)
            json.add("kind", entity.kind)
            if !entity.words.isEmpty { addList("words", entity.words) { writer, word in writer.json.add(word.name) } }
        case .track(let track):
            begin("track")
            json.add("category", track.category)
            if track.interpolation != .none { json.add("interpolation", track.interpolation.rawValue) }
            addList("keyframes", track.keyframes) { writer, keyframe in writer.add(keyframe) }
        }
        json.endObject()
    }

    private mutating func begin(_ name: String) {
        json.name(name)
        json.beginObject()
    }

    private mutating func addMembers(of emotion: Emotion) {
        if !emotion.categories.isEmpty {
            addList("categories", emotion.categories) { writer, category in
                writer.json.beginObject()
                writer.json.add("name", category.name)
                writer.add("score", category.score)
                writer.json.endObject()
            }
        }
        add("valence", emotion.valence)
        add("arousal", emotion.arousal)
        add("dominance", emotion.dominance)
    }

    private mutating func add(_ name: String, _ number: Double?) { if let number { json.add(name, number) } }

    /// A plain string where the run has no look, else an object.
    private mutating func add(_ run: TextRun) {
        guard run != TextRun(run.text) else { return json.add(run.text) }
        json.beginObject()
        json.add("text", run.text)
        if run.style != [] { addList("style", NativeStyle.allCases.filter { run.style.contains($0.style) }) { writer, style in writer.json.add(style.rawValue) } }
        add("voice", run.voice)
        add("language", run.language)
        if !run.classes.isEmpty { addList("classes", run.classes) { writer, name in writer.json.add(name) } }
        if let time = run.appears { json.add("appears", time.ticks) }
        json.endObject()
    }

    // MARK: Tracks

    private mutating func add(_ keyframe: Keyframe) {
        json.beginObject()
        json.add("at", keyframe.time.ticks)
        add(keyframe.shape)
        if keyframe.state != .visible { json.add("state", NativeState(keyframe.state).rawValue) }
        if keyframe.isInterpolated { json.add("interpolated", true) }
        add("confidence", keyframe.confidence?.value)
        add(keyframe.attributes)
        json.endObject()
    }

    private mutating func add(_ shape: Shape) {
        switch shape {
        case .box(let box): addNumbers("box", box.sides)
        case .rotated(let rotated): addNumbers("rotated", rotated.box.sides + [rotated.angle])
        case .polygon(let polygons): addList("polygon", polygons) { writer, polygon in writer.add(polygon) }
        case .mask(let mask):
            begin("mask")
            addList("size", [mask.width, mask.height]) { writer, side in writer.json.add(Int64(side)) }
            addList("runs", mask.runs) { writer, run in writer.json.add(Int64(run)) }
            json.endObject()
        case .keypoints(let points): addNumbers("keypoints", points.flatMap { [$0.point.x, $0.point.y, Double($0.visibility.rawValue)] })
        }
    }

    private mutating func add(_ polygon: Polygon) {
        json.beginArray()
        for point in polygon.points {
            json.add(point.x)
            json.add(point.y)
        }
        json.endArray()
    }

    private mutating func addNumbers(_ name: String, _ values: [Double]) { addList(name, values) { writer, value in writer.json.add(value) } }
}

extension Box {
    fileprivate var sides: [Double] { [x, y, width, height] }
}
