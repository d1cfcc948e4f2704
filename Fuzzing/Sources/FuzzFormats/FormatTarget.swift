import Formats
import Glibc
import Timeline

/// One test: whatever comes in, reading does not trap. One input in eight is also written and read again, and says the same then; one
/// in eight is read in strict mode; one in 64 is matched against all formats. The input alone chooses, so that a finding comes again.
struct FormatTarget {
    let format: LabelFormat

    /// Stops at a finding, so that libFuzzer keeps the input.
    func test(_ bytes: [UInt8]) {
        guard let finding = finding(in: bytes) else { return }
        note("\(format.name): \(finding.message)")
        for file in finding.files { note("--- \(file.path)\n\(String(decoding: file.bytes, as: UTF8.self))") }
        abort()
    }

    /// What is wrong with how an input is read and written; nil where nothing is.
    func finding(in bytes: [UInt8]) -> Finding? {
        let choice = Self.hash(bytes)
        let input = input(bytes)
        if choice % 64 == 3 { _ = try? LabelFormat.detect(input) }
        if choice % 8 == 1 { _ = try? format.read(input, ReadingOptions(mode: .strict)) }
        guard let first = try? format.read(input, Self.reading), choice % 8 == 0 || Self.writesAll else { return nil }
        let loss = LossReport(writing: first.corpus, as: format)
        guard let files = try? format.write(first.corpus, Self.writing) else { return nil }
        guard let second = read(files) else {
            return first.corpus.labelCount == 0 ? nil : Finding(message: "what was written cannot be read", files: files)
        }
        guard loss.isEmpty else { return nil }
        let (before, after) = (Statements(first.corpus), Statements(second.corpus))
        guard before != after else { return nil }
        return Finding(message: "what the labels say changed on its way through a file: \(before.difference(from: after))", files: files)
    }

    /// Something wrong, and the files that were written from the input.
    struct Finding {
        let message: String
        let files: [OutputFile]
    }

    private static let reading = ReadingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))
    private static let writing = WritingOptions(frameTiming: reading.frameTiming, pictureSize: reading.pictureSize)
    /// Whether every input is written and read again.
    private static let writesAll = getenv("SLATE_FUZZ_MODELS") != nil

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } >> 32
    }

    private func input(_ bytes: [UInt8]) -> LabelInput {
        format.isFolder ? LabelInput(FolderInBytes(bytes), name: "fuzz") : LabelInput(bytes, name: "fuzz.\(format.suffixes[0])")
    }

    private func read(_ files: [OutputFile]) -> LabelReading? {
        let input = format.isFolder ? LabelInput(FolderInBytes(files), name: "fuzz") : LabelInput(files.first?.bytes ?? [], name: "fuzz.\(format.suffixes[0])")
        return try? format.read(input, Self.reading)
    }
}
