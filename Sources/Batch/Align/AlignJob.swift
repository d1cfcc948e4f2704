import Alignment
import Formats
import Media
import Timeline

/// Puts the subtitles of one item on time and writes the result.
public struct AlignJob: Sendable {
    public let settings: AlignSettings
    /// Writes the bytes of one output. Replaceable, so that output can go elsewhere than to a file.
    public typealias Writer = @Sendable (_ bytes: [UInt8], _ path: String) throws -> Void

    private let write: Writer

    /// Writes files whole or not at all; one that stands there is replaced.
    public static let fileWriter: Writer = { bytes, path in try AtomicFile.write(bytes, to: path, replaces: true) }

    public init(settings: AlignSettings, write: @escaping Writer = AlignJob.fileWriter) {
        (self.settings, self.write) = (settings, write)
    }

    /// - Throws: ``FormatError``, ``MediaError``; `CancellationError` when the task is cancelled.
    public func run(_ item: BatchItem) throws -> ItemOutcome {
        try Task.checkCancellation()
        let file = try SubtitleFile(path: item.subtitles, encodingName: settings.encodingName)
        let alignment = SubtitleAlignment(
            reference: reference(of: item), subtitles: file, options: settings.options)
        let done = try alignment.run()
        let writes = done.result.verdict != .foreign
        if writes {
            try Task.checkCancellation()
            try write(output(file, done, item), item.output)
        }
        return ItemOutcome(
            done.result, cues: done.order.map { file.cues[$0].segment }, mediaDuration: done.duration,
            wroteOutput: writes, notes: notes(file, done))
    }

    private func reference(of item: BatchItem) -> SubtitleAlignment.Reference {
        if SubtitleFormat(suffixOf: item.media) != nil { return .subtitles(path: item.media) }
        return .sound(path: item.media, track: settings.track, language: item.language)
    }

    /// The file's own bytes with new times, unless another format is asked for.
    private func output(
        _ file: SubtitleFile, _ done: SubtitleAlignment.Outcome, _ item: BatchItem
    ) throws -> [UInt8] {
        let format = settings.format ?? OutputFormat(suffixOf: item.output)
        if format == nil || format?.subtitleFormat == file.format {
            return done.result.verdict == .inSync ? file.bytes : file.retimed(done.segments, inner: done.inner())
        }
        let document = done.document(of: file, media: item.media, settings: settings)
        guard let target = format?.subtitleFormat else { return NativeJSON.write(document) }
        return try SubtitleWriter.write(document, as: target, name: item.output)
    }

    private func notes(_ file: SubtitleFile, _ done: SubtitleAlignment.Outcome) -> [String] {
        var notes = file.diagnostics.filter { $0.severity != .note }.prefix(20).map(\.description)
        if done.droppedCount > 0 { notes.append("\(done.droppedCount) cues lie before the start of the media and were left out") }
        notes += done.damage.prefix(5).map { damage in
            let time = damage.time.map { " at \(DisplayNumber.fixed($0.approximateSeconds, decimals: 3)) s" } ?? ""
            return "sound\(time): \(damage.what)"
        }
        if !done.result.map.strays.isEmpty { notes.append("cues were moved one by one onto the speech") }
        return notes
    }
}
