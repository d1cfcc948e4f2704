import Foundation

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
}
