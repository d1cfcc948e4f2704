#if canImport(Glibc)
    import Glibc
#endif
import Neural
import Timeline

/// Makes the vectors of a recording, block by block, of its log-mel frames and its speech.
///
/// Blocks follow each other without a gap. Memory holds one block.
struct EmbeddingExtractor {
    private(set) var track = EmbeddingTrack()
    private let network = EmbeddingNetwork.trained
    private let layout: EmbeddingTrack.Layout
    private let detail: EmbeddingTrack.Layout
    /// Taken off instead of the recording's own mean.
    private let fixedMean: [Float]?
    private var spectrum = MeanSpectrum(bands: EmbeddingNetwork.bands)

    /// Frames of 20 ms that the trunk sees at once.
    private static let chunk = 1000

    init(layout: EmbeddingTrack.Layout, detail: EmbeddingTrack.Layout, mean: [Float]? = nil) {
        (self.layout, self.detail, fixedMean) = (layout, detail, mean)
    }

    /// One block: its frames of 20 ms, and where its log-mel frames stand.
    struct Block {
        /// Log-mel frames of 10 ms from `firstMel` on; those around the block are used where they are there.
        var mel: [Float]
        var firstMel: Int
        /// In frames of 20 ms of the recording.
        var frames: Range<Int>
        /// Stretches of speech within the block, in order.
        var speech: [Segment]
    }

    mutating func append(_ block: Block) {
        let stretches = Self.stretches(block.speech, in: block.frames)
        let rows = stretches.map { $0.frames.lowerBound * 2 - block.firstMel..<$0.frames.upperBound * 2 - block.firstMel }
        let mean = fixedMean ?? spectrum.mean(adding: block.mel, rows: rows)
        track.meanSpectrum = mean
        let frames = stretches.map(\.frames)
        var poolings = [WindowPooling(layout.windows, frames), WindowPooling(detail.windows, frames)]
        for start in stride(from: block.frames.lowerBound, to: block.frames.upperBound, by: Self.chunk) {
            let frames = start..<min(block.frames.upperBound, start + Self.chunk)
            guard poolings[0].needs(frames) else {
                track.overlap += repeatElement(0, count: frames.count)
                continue
            }
            run(frames, of: block, mean, &poolings)
        }
        for (index, stretch) in stretches.enumerated() {
            let (first, firstDetail) = (track.windows.count, track.details.count)
            for window in poolings[0].windows[index] {
                track.windows.append(window.frames)
                track.vectors.append(network.vector(of: window.sums))
            }
            for window in poolings[1].windows[index] {
                track.details.append(window.frames)
                track.append(detail: network.vector(of: window.sums))
            }
            track.stretches.append(
                .init(segment: stretch.segment, frames: stretch.frames, windows: first..<track.windows.count, details: firstDetail..<track.details.count))
        }
    }

    /// Runs the trunk over some frames and hands them to the pooling.
    private mutating func run(_ frames: Range<Int>, of block: Block, _ mean: [Float], _ poolings: inout [WindowPooling]) {
        let bands = EmbeddingNetwork.bands
        let last = block.firstMel + block.mel.count / bands
        let begin = max((block.firstMel + 1) / 2, frames.lowerBound - EmbeddingNetwork.reach)
        let end = max(frames.upperBound, min(last / 2, frames.upperBound + EmbeddingNetwork.reach))
        var features = FrameMatrix(frames: 2 * (end - begin), channels: bands, margin: 2)
        for row in 0..<min(2 * (end - begin), last - 2 * begin) {
            let at = (2 * begin + row - block.firstMel) * bands
            for band in 0..<bands { features[row, band] = block.mel[at + band] - mean[band] }
        }
        let result = network.frames(of: features)
        for frame in frames {
            track.overlap.append(UInt8(255 * Self.likelihood.value(at: result.overlap[frame - begin])))
        }
        for index in poolings.indices { poolings[index].add(frames, of: result, first: begin) }
    }

    private static let likelihood = FunctionTable(from: -12, to: 12, count: 2048) { 1 / (1 + expf(-$0)) }

    /// Segments with the whole frames nearest to them, at least one each, apart from each other and within the block. A segment
    /// that finds no frame left is dropped.
    private static func stretches(_ speech: [Segment], in block: Range<Int>) -> [(segment: Segment, frames: Range<Int>)] {
        var (result, free): ([(segment: Segment, frames: Range<Int>)], Int) = ([], block.lowerBound)
        for segment in speech {
            let start = max(free, Int(clamping: segment.start.units(perSecond: 50)))
            let end = min(block.upperBound, max(start + 1, Int(clamping: segment.end.units(perSecond: 50))))
            guard start < end else { continue }
            result.append((segment, start..<end))
            free = end
        }
        return result
    }
}
