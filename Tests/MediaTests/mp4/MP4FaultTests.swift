import Foundation
import Testing
import Timeline

@testable import Media

/// Whatever is not plainly simple is FFmpeg's; damage never traps and gives no other sound than FFmpeg's.
@Suite(.enabled(if: hasFFmpeg)) struct MP4FaultTests {
    fileprivate static let plain = "plain.mp4 -map 0 -map 1 -c:v mpeg4 -c:a aac -movflags +faststart"

    private func readsTables(_ path: String) throws -> Bool {
        try SoundReader(path: path).readsTables
    }

    @Test(arguments: [
        "whole.mp4 -map 0 -map 1 -c:v mpeg4 -c:a aac -movflags +frag_keyframe+empty_moov",
        "parts.mp4 -map 0 -map 1 -c:v mpeg4 -c:a aac -movflags +frag_keyframe",
        "shifts.mp4 -map 0 -map 1 -c:v libx264 -preset ultrafast -bf 2 -c:a aac -use_editlist 0 -movflags negative_cts_offsets",
    ])
    func `fragments, and pictures moved by their least shift, are FFmpeg's`(kind: String) throws {
        let folder = try MediaFolder()
        let path = try folder.film(kind)
        #expect(try !readsTables(path))
        #expect(try samples(path).count > 160_000)
    }

    @Test func `a file of another kind is FFmpeg's`() throws {
        let folder = try MediaFolder()
        #expect(try !readsTables(folder.film("a.mkv -map 1 -c:a aac")))
    }

    /// A box, the distance of some bytes from its name, and what makes it unusual.
    @Test(arguments: [
        ("two edits", "elst", 16, [0, 0, 0, 0]), ("another pace", "elst", 33, [2]), ("data elsewhere", "dref", 23, [0]),
        ("a table that lies about its rows", "stts", 11, [9]), ("a chunk beyond the end", "stco", 12, [0x7F]),
        ("a sample beyond belief", "stsz", 16, [0x7F]), ("an empty sample", "stsz", 18, [0, 0]),
        ("an unknown description", "stsc", 23, [2]), ("fragments to come", "udta", 0, Array("mvex".utf8)),
        ("a compressed header", "udta", 0, Array("cmov".utf8)), ("a list that is no box", "edts", -1, [200]),
        ("no length", "mdhd", 20, [0, 0, 0, 0]), ("a protected description", "mp4a", 0, Array("enca".utf8)),
    ] as [(String, String, Int, [UInt8])])
    func `unusual tables are FFmpeg's`(what: String, box: String, place: Int, bytes: [UInt8]) throws {
        let folder = try MediaFolder()
        var file = try folder.bytes(of: "late.m4a -map 1 -c:a aac -output_ts_offset 0.5")
        #expect(try readsTables(folder.file("late.m4a")))
        let start = try #require(file.place(of: box)) + place
        file.replaceSubrange(start..<start + bytes.count, with: bytes)
        let path = try folder.write(file, as: "odd.m4a")
        #expect((try? readsTables(path)) != true, "\(what)")
    }

    /// FFmpeg sees other numbers there than the file holds.
    @Test func `sound that is said to lie in the header is FFmpeg's`() throws {
        let folder = try MediaFolder()
        var bytes = try folder.bytes(of: "front.mov -map 1 -c:a pcm_s16le -movflags +faststart")
        let first = try #require(bytes.place(of: "stco")) + 12, tables = try #require(bytes.place(of: "stts"))
        bytes.replaceSubrange(first..<first + 4, with: [0, 0, UInt8(tables >> 8), UInt8(tables & 255)])
        #expect(try !readsTables(folder.write(bytes, as: "inside.mov")))
    }

    @Test func `a file that breaks off is FFmpeg's`() throws {
        let folder = try MediaFolder()
        let bytes = try folder.bytes(of: Self.plain)
        let path = try folder.write(Array(bytes.dropLast(5000)), as: "half.mp4")
        #expect(try !readsTables(path))
        #expect(try SoundReader(path: path).rest().count > 80_000)
    }

    @Test(arguments: [MP4FaultTests.plain, "front.mov -map 1 -c:a pcm_s16le -movflags +faststart"])
    func `200 damages give what FFmpeg gives, or an error`(kind: String) throws {
        let folder = try MediaFolder()
        let good = try folder.bytes(of: kind)
        let header = try #require(good.place(of: "mdat"))
        var own = 0
        for seed in 0..<200 {
            var generator = SplitMix64(seed: UInt64(seed))
            var bytes = good
            if seed % 10 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator)) }
            for _ in 0..<(1 << (seed % 4)) {
                let end = seed % 5 == 0 ? bytes.count : min(bytes.count, header)
                bytes[Int.random(in: 0..<end, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            }
            let path = try folder.write(bytes, as: "bad.mp4")
            var options = SoundReader.Options(sampleRate: 8000, timeLimit: 20)
            let reader = try? SoundReader(path: path, options: options)
            options.readsTables = false
            let other = try? SoundReader(path: path, options: options)
            #expect((reader == nil) == (other == nil), "seed \(seed)")
            guard let reader, let other else { continue }
            if reader.readsTables { own += 1 }
            let count = Int.random(in: 1...20_000, using: &generator)
            #expect(try reader.head(count) == other.head(count), "seed \(seed)")
            let range = count..<count + 3000
            try reader.seek(to: range)
            try other.seek(to: range)
            #expect(try reader.rest() == other.rest(), "seed \(seed)")
        }
        #expect(own > 20)
    }
}

extension SoundReader {
    /// At most so many sample frames.
    fileprivate func head(_ count: Int) throws -> [Float] {
        var buffer = [Float](repeating: 0, count: count)
        let read = try read(into: &buffer)
        return Array(buffer[..<read])
    }
}
