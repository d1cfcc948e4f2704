/// The member names of one kind of object in the native format; raw values are the names in the file.
protocol NativeKey: RawRepresentable<String>, CaseIterable, Sendable {
    static var table: KeyTable<Self> { get }
}

enum FileKey: String, NativeKey {
    case type, format, version, ticksPerSecond, media, sources, attributes, layers, relations, documents
    static let table = KeyTable<FileKey>()
}

enum DocumentKey: String, NativeKey {
    case type, media, sources, attributes, layers, relations
    static let table = KeyTable<DocumentKey>()
}

enum MediaKey: String, NativeKey {
    case name, duration, hash, video, sound
    static let table = KeyTable<MediaKey>()
}

enum HashKey: String, NativeKey {
    case algorithm, digest
    static let table = KeyTable<HashKey>()
}

enum VideoKey: String, NativeKey {
    case width, height, frames, rate, times
    static let table = KeyTable<VideoKey>()
}

enum SoundKey: String, NativeKey {
    case sampleRate, channels
    static let table = KeyTable<SoundKey>()
}

enum SourceKey: String, NativeKey {
    case type, id, annotator, file, model, guideline, time
    static let table = KeyTable<SourceKey>()
}

enum ModelKey: String, NativeKey {
    case name, version, parameters
    static let table = KeyTable<ModelKey>()
}

enum LayerKey: String, NativeKey {
    case type, id, kind, language, parent, constraint, speaker, attributes, labels
    static let table = KeyTable<LayerKey>()
}

enum RelationKey: String, NativeKey {
    case type, kind, from, to
    static let table = KeyTable<RelationKey>()
}

enum LabelKey: String, NativeKey {
    case type, id, start, end, at, from, time, cue, word, phone, turn, emotion, tag, entity, track, confidence, source, review, attributes
    static let table = KeyTable<LabelKey>()
}

enum CueKey: String, NativeKey {
    case runs, speaker
    static let table = KeyTable<CueKey>()
}

enum RunKey: String, NativeKey {
    case text, style, voice, language, classes, appears
    static let table = KeyTable<RunKey>()
}

enum WordKey: String, NativeKey {
    case text, speaker
    static let table = KeyTable<WordKey>()
}

enum PhoneKey: String, NativeKey {
    case symbol, alphabet
    static let table = KeyTable<PhoneKey>()
}

enum TurnKey: String, NativeKey {
    case speaker, text
    static let table = KeyTable<TurnKey>()
}

enum EmotionKey: String, NativeKey {
    case categories, valence, arousal, dominance
    static let table = KeyTable<EmotionKey>()
}

enum CategoryKey: String, NativeKey {
    case name, score
    static let table = KeyTable<CategoryKey>()
}

enum TagKey: String, NativeKey {
    case name, vocabulary
    static let table = KeyTable<TagKey>()
}

enum EntityKey: String, NativeKey {
    case text, kind, words
    static let table = KeyTable<EntityKey>()
}

enum TrackKey: String, NativeKey {
    case category, interpolation, keyframes
    static let table = KeyTable<TrackKey>()
}

enum KeyframeKey: String, NativeKey {
    case at, box, rotated, polygon, mask, keypoints, state, interpolated, confidence, attributes
    static let table = KeyTable<KeyframeKey>()
}

enum MaskKey: String, NativeKey {
    case size, runs
    static let table = KeyTable<MaskKey>()
}
