/// Sums over the windows of stretches of speech, as frames come by.
///
/// Frames are summed between the edges of windows, and those sums are added up, so that overlapping windows cost little.
struct WindowPooling {
    struct Window {
        let frames: Range<Int>
        var sums = PooledSums()
    }

    /// Windows by stretch.
    private(set) var windows: [[Window]]
    private let stretches: [Range<Int>]
    /// The stretch that frames may fall into next.
    private var current = 0
    /// The sum of the frames since the last edge of a window, and the edges of the current stretch.
    private var part = PooledSums()
    private var edges: [Int] = []

    init(_ layout: (Range<Int>) -> [Range<Int>], _ stretches: [Range<Int>]) {
        self.stretches = stretches
        windows = stretches.map { layout($0).map { Window(frames: $0) } }
        edges = Self.edges(of: windows.first ?? [])
    }

    /// Whether any of these frames is speech.
    func needs(_ frames: Range<Int>) -> Bool { stretches.contains { $0.overlaps(frames) } }

    /// Adds frames; those that were added before must end where these begin.
    ///
    /// - Parameter first: the frame of the recording that row 0 of `result` is.
    mutating func add(_ frames: Range<Int>, of result: EmbeddingNetwork.Frames, first: Int) {
        var frame = frames.lowerBound
        while current < stretches.count, frame < frames.upperBound {
            frame = max(frame, stretches[current].lowerBound)
            guard frame < frames.upperBound else { return }
            let end = edges.first { $0 > frame } ?? stretches[current].upperBound
            for index in frame..<min(end, frames.upperBound) { part.add(index - first, of: result) }
            frame = min(end, frames.upperBound)
            if frame == end { close(at: end) }
        }
    }

    /// Gives the part to every window that it lies in.
    private mutating func close(at end: Int) {
        for index in windows[current].indices where windows[current][index].frames.upperBound >= end
            && windows[current][index].frames.lowerBound <= end - part.count
        {
            windows[current][index].sums.add(part)
        }
        part = PooledSums()
        guard end == stretches[current].upperBound else { return }
        current += 1
        edges = current < windows.count ? Self.edges(of: windows[current]) : []
    }

    private static func edges(of windows: [Window]) -> [Int] {
        Set(windows.flatMap { [$0.frames.lowerBound, $0.frames.upperBound] }).sorted()
    }
}
