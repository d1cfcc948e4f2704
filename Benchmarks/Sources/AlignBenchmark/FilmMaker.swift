import Glibc

/// Makes films: a moving test picture (640x360, H.264) and sentences at known times (AAC, stereo, 48 kHz) in Matroska.
///
/// Sentences come in scenes of 5 to 25, with gaps of 0.3 to 3 s between them and 5 to 30 s between scenes, over a
/// little noise. The picture repeats every 20 s without being encoded again: sound is all that is listened to. The same
/// packets are stored in MP4 as well.
struct FilmMaker {
    let folder: String
    private let sentences: Sentences

    init(folder: String) throws {
        try ChildProcess.require("mkdir", "-p", folder)
        self.folder = folder
        sentences = try Sentences(folder: folder)
    }

    /// The film of that length, made unless an earlier run has.
    func film(minutes: Int) throws -> Film {
        let film = Film(minutes: minutes, container: .matroska, folder: folder)
        guard !Bytes.exists(film.media) else { return film }
        let sound = "\(folder)/film-\(minutes).s16"
        defer { unlink(sound) }
        let cues = try writeSound(minutes: minutes, to: sound)
        try Bytes.write(Array(try subRip(cues, delay: 0).utf8), to: film.truth)
        try Bytes.write(Array(try subRip(cues, delay: Film.delay).utf8), to: film.subtitles)
        try join(try picture(), sound, film)
        return film
    }

    /// The same film in MP4, as `ffmpeg` stores it: its header last.
    func mp4(of film: Film) throws -> Film {
        let copy = Film(minutes: film.minutes, container: .mp4, folder: folder)
        guard !Bytes.exists(copy.media) else { return copy }
        let unfinished = "\(folder)/unfinished.mp4"
        try ChildProcess.require(
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-i", film.media, "-c", "copy", unfinished)
        guard rename(unfinished, copy.media) == 0 else { throw Bytes.failure(copy.media) }
        return copy
    }

    private struct SpokenCue {
        let sentence: Int
        /// Milliseconds.
        let start, end: Int
    }

    private func writeSound(minutes: Int, to path: String) throws -> [SpokenCue] {
        var random = SplitMix64(state: UInt64(minutes))
        let writer = try Bytes.Writer(path)
        let length = minutes * 60 * Sentences.rate
        var (position, left) = (0, 0)
        var cues: [SpokenCue] = []
        while true {
            let gap = left > 0 ? Double.random(in: 0.3...3, using: &random) : Double.random(in: 5...30, using: &random)
            left = left > 0 ? left - 1 : Int.random(in: 5...25, using: &random)
            let sentence = Int.random(in: 0..<Sentences.count, using: &random)
            let sound = try sentences.sound(sentence)
            let start = position + Int(gap * Double(Sentences.rate)), end = start + sound.count / 2
            guard end + 3 * Sentences.rate < length else { break }
            try writer.append([UInt8](repeating: 0, count: 2 * (start - position)) + sound)
            cues.append(SpokenCue(sentence: sentence, start: milliseconds(start), end: milliseconds(end) + 150))
            position = end
        }
        try writer.append([UInt8](repeating: 0, count: 2 * (length - position)))
        return cues
    }

    private func milliseconds(_ samples: Int) -> Int { samples * 1000 / Sentences.rate }

    private func picture() throws -> String {
        let path = "\(folder)/picture.mkv"
        guard !Bytes.exists(path) else { return path }
        try ChildProcess.require(
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=20",
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-g", "125", path)
        return path
    }

    private func join(_ picture: String, _ sound: String, _ film: Film) throws {
        let unfinished = "\(folder)/unfinished.mkv"
        try ChildProcess.require(
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", "-1", "-i", picture,
            "-f", "s16le", "-ar", "\(Sentences.rate)", "-ac", "1", "-i", sound,
            "-filter_complex", "[1:a]aresample=48000[s];anoisesrc=r=48000:a=0.003:c=pink:seed=1[n];"
                + "[s][n]amix=inputs=2:duration=first:normalize=0,aformat=channel_layouts=stereo[a]",
            "-map", "0:v", "-map", "[a]", "-c:v", "copy", "-c:a", "aac", "-b:a", "128k", "-shortest",
            "-t", "\(film.minutes * 60)", unfinished)
        guard rename(unfinished, film.media) == 0 else { throw Bytes.failure(film.media) }
    }

    private func subRip(_ cues: [SpokenCue], delay: Int) throws -> String {
        try cues.enumerated().map { index, cue in
            let text = try sentences.text(cue.sentence)
            return "\(index + 1)\n\(SubRipTime.text(cue.start + delay)) --> \(SubRipTime.text(cue.end + delay))\n\(text)\n\n"
        }.joined()
    }
}
