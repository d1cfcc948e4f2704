import Foundation
import Testing

extension MediaFolder {
    /// A file with the moving picture (input 0) and three and a half seconds of noise (input 1) that arguments ask for.
    func film(_ kind: String) throws -> String {
        let words = kind.split(separator: " ").map(String.init)
        if !FileManager.default.fileExists(atPath: file("source.wav")) {
            _ = try wav(noise(48_000 * 7 / 2, channels: 2), channels: 2)
        }
        try run(
            ["-f", "lavfi", "-i", "testsrc=s=64x64:r=25:d=3.5", "-i", "source.wav"] + Array(words[1...]) + [words[0]])
        return file(words[0])
    }

    func bytes(of kind: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: film(kind))))
    }
}

extension [UInt8] {
    /// Where a box's name stands first.
    func place(of name: String) -> Int? {
        let wanted = Array(name.utf8)
        return indices.dropLast(3).first { self[$0..<$0 + 4].elementsEqual(wanted) }
    }

    /// What is in the first box of a name.
    func content(of name: String) throws -> [UInt8] {
        let found = try #require(place(of: name))
        return Array(self[(found + 4)..<(found - 4 + size(at: found - 4))])
    }

    /// The same file with another box in place of one in the first track's tables. The media must stand before them.
    func replacing(_ name: String, by newName: String, _ content: [UInt8]) throws -> [UInt8] {
        var bytes = self
        let start = try #require(place(of: name)) - 4
        let (old, new) = (size(at: start), content.count + 8)
        for parent in ["moov", "trak", "mdia", "minf", "stbl"] {
            let found = try #require(place(of: parent)) - 4
            bytes.set(size(at: found) + new - old, at: found)
        }
        bytes.set(new, at: start)
        bytes.replaceSubrange(start + 4..<start + old, with: Array(newName.utf8) + content)
        return bytes
    }

    private func size(at place: Int) -> Int { self[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }

    private mutating func set(_ size: Int, at place: Int) {
        for index in 0..<4 { self[place + index] = UInt8(truncatingIfNeeded: size >> (24 - 8 * index)) }
    }
}
