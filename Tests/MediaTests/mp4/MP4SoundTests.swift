import CFFmpeg
import Foundation
import Testing
import Timeline

@testable import Media

/// Sound of MP4 files read by their own tables is what FFmpeg's index gives, packet by packet and sample by sample.
@Suite(.enabled(if: hasFFmpeg)) struct MP4SoundTests {
    /// How sound gets into MP4: a name, and what `ffmpeg` is told after its inputs (noise, and a moving picture).
    static let kinds = [
        "aac.m4a -map 1 -c:a aac", "aac.mp4 -map 0 -map 1 -c:v mpeg4 -c:a aac", "six.mp4 -map 1 -c:a aac -ac 6",
        "front.mp4 -map 0 -map 1 -c:v mpeg4 -bf 2 -c:a aac -movflags +faststart", "alac.m4a -map 1 -c:a alac",
        "h264.mp4 -map 0 -map 1 -c:v libx264 -preset ultrafast -bf 2 -c:a aac -ar 44100",
        "mp3.mp4 -map 0 -map 1 -c:v mpeg4 -c:a libmp3lame", "opus.mp4 -map 0 -map 1 -c:v mpeg4 -c:a libopus",
        "ac3.mp4 -map 0 -map 1 -c:v mpeg4 -c:a ac3", "eac3.mp4 -map 1 -c:a eac3",
        "flac.mp4 -map 1 -c:a flac -strict -2", "pcm.mov -map 0 -map 1 -c:v mpeg4 -c:a pcm_s16le",
        "pcm24.mov -map 1 -c:a pcm_s24be", "float.mov -map 1 -c:a pcm_f32le", "alaw.mov -map 1 -c:a pcm_alaw",
        "adpcm.mov -map 1 -c:a adpcm_ima_qt",
        "early.mp4 -map 0 -map 1 -c:v libx264 -preset ultrafast -bf 2 -c:a aac -movflags negative_cts_offsets",
        "bare.mp4 -map 0 -map 1 -c:v libx264 -preset ultrafast -bf 2 -c:a aac -use_editlist 0",
        "two.mov -map 1 -map 1 -c:a:0 pcm_s16be -c:a:1 aac", "brand.3gp -map 1 -c:a aac -ar 32000 -ac 1",
        "clock.mp4 -map 1 -c:a aac -movie_timescale 90000", "reverse.mp4 -map 1 -map 0 -c:v mpeg4 -c:a aac",
    ]

    @Test(arguments: kinds) func `packets are FFmpeg's own`(kind: String) throws {
        let folder = try MediaFolder()
        try compare(folder.film(kind))
    }

    @Test(arguments: kinds) func `samples are the same, whole and after 40 seeks`(kind: String) throws {
        let folder = try MediaFolder()
        let path = try folder.film(kind)
        let (own, other) = try readers(path, mono: false)
        #expect(own.readsTables && !other.readsTables)
        #expect(own.statedDuration == other.statedDuration)
        let whole = try own.rest()
        #expect(whole.count > 100_000)
        #expect(try whole == other.rest())
        #expect(own.damage == other.damage)

        let (light, reference) = try readers(path, rate: 8000)
        var generator = SplitMix64(seed: 40)
        for turn in 0..<40 {
            let start = Int.random(in: 0..<26_000, using: &generator)
            let range = start..<(start + Int.random(in: 1...4000, using: &generator))
            try light.seek(to: range)
            try reference.seek(to: range)
            #expect(try light.rest() == reference.rest(), "seek \(turn) to \(range)")
        }
    }

    /// Sound that begins late, is cut at the start, at both ends, or within its first frame.
    @Test(arguments: [
        "late.mp4 -itsoffset 0.5 -i aac.m4a -i picture.mp4 -map 0 -map 1 -c copy",
        "later.mov -itsoffset 7 -i aac.m4a -i picture.mp4 -map 1 -map 0 -c copy", "cut.m4a -ss 0.3 -i aac.m4a -c copy",
        "deep.m4a -ss 2.2 -i aac.m4a -c copy", "both.m4a -ss 0.7 -i aac.m4a -t 1.3 -c copy",
        "pair.mp4 -ss 1.1 -i both.mp4 -c copy", "short.mov -ss 0.4 -i pcm.mov -t 1 -c copy",
        "small.m4a -ss 0.01 -i aac.m4a -c copy", "opus2.mp4 -ss 1 -i opus.mp4 -c copy",
    ])
    func `edit lists are obeyed alike`(kind: String) throws {
        let folder = try MediaFolder()
        for source in ["aac.m4a -map 1 -c:a aac", "picture.mp4 -map 0 -c:v mpeg4", "pcm.mov -map 1 -c:a pcm_s16le",
            "opus.mp4 -map 1 -c:a libopus", "both.mp4 -map 0 -map 1 -c:v mpeg4 -g 12 -c:a aac"] {
            _ = try folder.film(source)
        }
        let words = kind.split(separator: " ").map(String.init)
        try folder.run(Array(words[1...]) + [words[0]])
        let path = folder.file(words[0])
        try compare(path)
        let (own, other) = try readers(path)
        #expect(own.readsTables)
        #expect(try own.rest() == other.rest())
        for range in [0..<3000, 40_000..<41_000, 20..<21, 90_000..<99_000] {
            try own.seek(to: range)
            try other.seek(to: range)
            #expect(try own.rest() == other.rest(), "\(range)")
        }
    }

    @Test func `an edit list that ends early leaves out what follows`() throws {
        let folder = try MediaFolder()
        var bytes = try folder.bytes(of: "aac.m4a -map 1 -c:a aac")
        // One second, in the movie's milliseconds.
        let list = try #require(bytes.place(of: "elst"))
        bytes.replaceSubrange(list + 12..<list + 16, with: [0, 0, 3, 232])
        let path = try folder.write(bytes, as: "early.m4a")
        try compare(path)
        let (own, other) = try readers(path)
        let read = try own.rest()
        #expect(own.readsTables)
        #expect((48_000..<50_100).contains(read.count))
        #expect(try read == other.rest())
    }

    @Test func `compact sizes and long offsets are read alike`() throws {
        let folder = try MediaFolder()
        let good = try folder.bytes(of: "aac.m4a -map 1 -c:a aac")
        // stz2 with fields of 16 bits; co64.
        let sizes = try good.content(of: "stsz"), offsets = try good.content(of: "stco")
        var compact: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 16]
        compact += sizes[8..<12]
        for place in stride(from: 12, to: sizes.count, by: 4) { compact += sizes[(place + 2)..<(place + 4)] }
        var long = Array(offsets[..<8])
        for place in stride(from: 8, to: offsets.count, by: 4) { long += [0, 0, 0, 0] + offsets[place..<place + 4] }
        let bytes = try good.replacing("stsz", by: "stz2", compact).replacing("stco", by: "co64", long)
        let path = try folder.write(bytes, as: "compact.m4a")
        try compare(path)
        #expect(try samples(path) == samples(folder.file("aac.m4a")))
    }

    @Test func `numbers of every width are read across windows`() throws {
        let folder = try MediaFolder()
        let file = try PlainFile(path: folder.write((0..<40_000).map { UInt8($0 % 128) }, as: "numbers"), timeLimit: nil)
        for bytes in [1, 2, 4, 8] {
            let count = 40_000 / bytes
            var table = try #require(NumberTable(file, start: 0, count: count, bits: 8 * bytes, before: 40_000))
            for index in [0, 40, count - 1, 3, count / 2] {
                let expected = (0..<bytes).reduce(Int64(0)) { $0 << 8 | Int64((index * bytes + $1) % 128) }
                #expect(table.number(index) == expected)
            }
            #expect(table.number(-1) == nil && table.number(count) == nil)
        }
        var nibbles = try #require(NumberTable(file, start: 18, count: 3, bits: 4, before: 20))
        #expect([0, 1, 2].map { nibbles.number($0) } == [1, 2, 1])
        #expect(NumberTable(file, start: 0, count: 11, bits: 32, before: 40) == nil)
        #expect(NumberTable(file, start: 0, count: .max, bits: 64, before: .max) == nil)
        var beyond = try #require(NumberTable(file, start: 39_998, count: 2, bits: 32, before: 1 << 40))
        #expect(beyond.number(0) == nil && beyond.number(1) == nil)
    }

    @Test func `the delay that iTunes notes is cut alike`() throws {
        let folder = try MediaFolder()
        let source = try folder.film("aac.m4a -map 1 -c:a aac")
        let note = " 00000000 00000840 000001CA 00000000001F8000 00000000 00000000 00000000 00000000"
        try folder.run(["-i", source, "-c", "copy", "-use_editlist", "0", "-metadata", "iTunSMPB=\(note)", "-movflags",
            "use_metadata_tags", "smpb.m4a"])
        let (own, other) = try readers(folder.file("smpb.m4a"))
        #expect(own.readsTables)
        #expect(try own.rest() == other.rest())
    }

    private func readers(
        _ path: String, rate: Int? = nil, mono: Bool = true
    ) throws -> (own: SoundReader, ffmpeg: SoundReader) {
        var options = SoundReader.Options(sampleRate: rate, mono: mono)
        let own = try SoundReader(path: path, options: options)
        options.readsTables = false
        return (own, try SoundReader(path: path, options: options))
    }

    private func compare(_ path: String) throws {
        let file = try PlainFile(path: path, timeLimit: nil)
        let own = try MediaFile.forSound(file, track: .main)
        #expect(own.readsTables)
        for stream in 0..<own.streamCount where own.kind(stream) == AVMEDIA_TYPE_AUDIO {
            let own = try MediaFile.forSound(file, track: .stream(stream))
            let ours = try PacketList(own, stream: stream)
            let other = try MediaFile(path: path)
            let theirs = try PacketList(other, stream: stream)
            #expect(own.readsTables && !other.readsTables)
            #expect(own.origin == other.origin)
            #expect(own.start(stream) == other.start(stream))
            #expect(own.stream(stream).pointee.duration == other.stream(stream).pointee.duration)
            #expect(ours.packets == theirs.packets)
        }
    }
}

/// What a decoder is given of a stream.
private struct PacketList {
    struct Packet: Equatable {
        let pts, dts: Int64
        let flags: Int32
        let skipped: UInt32?
        let bytes: [UInt8]
    }

    var packets: [Packet] = []

    init(_ file: MediaFile, stream: Int) throws {
        file.select([stream])
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        let opened = try #require(packet)
        while try file.read(into: opened) {
            if Int(opened.pointee.stream_index) == stream {
                let bytes = Array(UnsafeBufferPointer(start: opened.pointee.data, count: Int(opened.pointee.size)))
                packets.append(
                    Packet(
                        pts: opened.pointee.pts, dts: opened.pointee.dts, flags: opened.pointee.flags,
                        skipped: skippedSamples(opened), bytes: bytes))
            }
            av_packet_unref(opened)
        }
    }
}
