import Media
import Timeline

extension SoundReader {
    /// Hands on all that is left of the sound, block by block: whole sample frames, interleaved.
    ///
    /// - Throws: ``MediaError``, what `body` throws, and `CancellationError` when the task is cancelled.
    func forEachBlock(_ body: (ArraySlice<Float>) throws -> Void) throws {
        var block = [Float](repeating: 0, count: (1 << 16) / channelCount * channelCount)
        while case let count = try read(into: &block), count > 0 {
            try Task.checkCancellation()
            try body(block[..<(count * channelCount)])
        }
    }

    /// The media that labels made of the sound speak about, by the file's name without its suffix, as RTTM, CTM and UEM files name
    /// recordings. Called at the end of the sound, which tells the length.
    var heardMedia: Timeline.Media {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.lastIndex(of: ".").flatMap { $0 > file.startIndex ? String(file[..<$0]) : nil } ?? file
        let duration = TimeDelta(units: Int64(position), perSecond: Int64(sampleRate))
        return Timeline.Media(name: name, duration: duration, sound: SoundStream(sampleRate: nativeRate))
    }
}
