/// A region of the video that cues can be shown in, as a REGION block defines it (section 3.4), with its defaults.
public struct WebVTTRegion: Hashable, Sendable {
    public var id = ""
    /// Percent of the video's width.
    public var width = 100.0
    /// Lines of text: a whole number, to which the format sets no bound.
    public var lines = 3.0
    /// The point of the region that lies on ``viewportAnchor``, in percent of the region.
    public var anchor = Anchor(x: 0, y: 100)
    /// In percent of the video.
    public var viewportAnchor = Anchor(x: 0, y: 100)
    /// Whether new cues push earlier ones up.
    public var scrollsUp = false

    public struct Anchor: Hashable, Sendable {
        public var x, y: Double
        public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
    }

    public init() {}

    /// Reads the lines under `REGION` (section 6.2).
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, 0..<bytes.count) { _ in }
    }

    /// - Parameter dropped: called with each setting that the rules drop.
    init(_ text: [UInt8], _ range: Range<Int>, dropped: (Range<Int>) -> Void) {
        for setting in WebVTTSetting.list(text, range) where !read(setting, text) { dropped(setting.whole) }
    }

    private mutating func read(_ setting: WebVTTSetting, _ text: [UInt8]) -> Bool {
        guard setting.isNamed else { return false }
        switch text.string(setting.name) {
        case "id": id = text.string(setting.value)
        case "width": return set(\.width, WebVTTNumber.percentage(text, setting.value))
        case "lines": return set(\.lines, WebVTTNumber.count(text, setting.value))
        case "regionanchor": return set(\.anchor, Self.anchor(setting, text))
        case "viewportanchor": return set(\.viewportAnchor, Self.anchor(setting, text))
        case "scroll": return set(\.scrollsUp, text.string(setting.value) == "up" ? true : nil)
        default: return false
        }
        return true
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Self, Value>, _ value: Value?) -> Bool {
        guard let value else { return false }
        self[keyPath: path] = value
        return true
    }

    private static func anchor(_ setting: WebVTTSetting, _ text: [UInt8]) -> Anchor? {
        let (first, second) = setting.parts(text)
        guard let second, let x = WebVTTNumber.percentage(text, first), let y = WebVTTNumber.percentage(text, second) else { return nil }
        return Anchor(x: x, y: y)
    }
}
