import Testing
import Timeline

@testable import Formats

/// The published schema names what the reader knows, and nothing else.
@Suite struct NativeSchemaTests {
    private static let schema: JSONValue? = {
        // Up from the place of this file, by way of the file system, so that links are followed.
        let here = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        var log = DiagnosticLog(file: "slate.schema.json")
        guard let bytes = try? BoundedFile.read("/\(here)/../../../docs/formats/slate.schema.json", limit: 1 << 20) else { return nil }
        return try? JSONReader.read(bytes, log: &log)
    }()

    private func definition(_ name: String) throws -> JSONValue { try #require(Self.schema?["$defs"]?[name]) }

    private func names(_ properties: JSONValue?) throws -> Set<String> { Set(try #require(properties?.object).map(\.name)) }

    private func keys<Key: NativeKey>(_: Key.Type) -> Set<String> { Set(Key.allCases.map(\.rawValue)) }

    @Test func `every object has the members that the reader reads`() throws {
        func check<Key: NativeKey>(_ name: String, _ type: Key.Type) throws {
            #expect(try names(try definition(name)["properties"]) == keys(type).subtracting(["type"]), "\(name)")
        }
        try check("media", MediaKey.self)
        try check("source", SourceKey.self)
        try check("relation", RelationKey.self)
        try check("label", LabelKey.self)
        try check("cue", CueKey.self)
        try check("run", RunKey.self)
        try check("word", WordKey.self)
        try check("phone", PhoneKey.self)
        try check("turn", TurnKey.self)
        try check("emotion", EmotionKey.self)
        try check("category", CategoryKey.self)
        try check("tag", TagKey.self)
        try check("entity", EntityKey.self)
        try check("track", TrackKey.self)
        try check("keyframe", KeyframeKey.self)
        try check("mask", MaskKey.self)
        try check("document", DocumentKey.self)
    }

    @Test func `objects inside others and files too`() throws {
        let media = try definition("media")["properties"]
        #expect(try names(media?["hash"]?["properties"]) == keys(HashKey.self))
        #expect(try names(media?["video"]?["properties"]) == keys(VideoKey.self))
        #expect(try names(media?["sound"]?["properties"]) == keys(SoundKey.self))
        #expect(try names(try definition("source")["properties"]?["model"]?["properties"]) == keys(ModelKey.self))
        #expect(try names(try definition("layer")["properties"]).union(["type", "labels"]) == keys(LayerKey.self))
        let file = try names(try definition("statement")["properties"]).union(try names(try definition("document")["properties"]))
        #expect(file.union(["type", "documents"]) == keys(FileKey.self))
    }

    @Test func `names that are chosen from a list are those of the model`() throws {
        func values(_ json: JSONValue?) -> Set<String> { Set((json?["enum"]?.array ?? []).compactMap(\.string)) }
        let (layer, label) = (try definition("layer")["properties"], try definition("label")["properties"])
        #expect(values(layer?["kind"]) == Set(LayerKind.allCases.map(\.rawValue)))
        #expect(values(layer?["constraint"]) == Set(ParentConstraint.allCases.map(\.rawValue)))
        #expect(values(label?["review"]) == Set(ReviewState.allCases.map(\.rawValue)))
        #expect(values(try definition("run")["properties"]?["style"]?["items"]) == Set(NativeStyle.allCases.map(\.rawValue)))
        #expect(values(try definition("track")["properties"]?["interpolation"]) == Set(Track.Interpolation.allCases.map(\.rawValue)))
        #expect(values(try definition("keyframe")["properties"]?["state"]) == Set(NativeState.allCases.map(\.rawValue)))
        let lines = try #require(try definition("line")["oneOf"]?.array).compactMap { $0["properties"]?["type"]?["const"]?.string }
        #expect(Set(lines) == Set(NativeLineType.allCases.map(\.rawValue)))
    }

    @Test func `version, ticks and the range of times are those of the program`() throws {
        let statement = try definition("statement")["properties"]
        #expect(statement?["format"]?["const"]?.string == NativeJSON.formatName)
        #expect(statement?["version"]?["const"]?.integer == NativeJSON.version)
        #expect(statement?["ticksPerSecond"]?["const"]?.integer == ticksPerSecond)
        let most = try #require(try definition("ticks")["maximum"]?.integer)
        #expect(Timestamp(ticks: most - 1).isRepresentable && !Timestamp(ticks: most + 1).isRepresentable)
        #expect(try definition("ticks")["minimum"]?.integer == -most)
    }
}
