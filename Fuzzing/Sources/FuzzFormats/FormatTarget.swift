import Formats
import Glibc
import Timeline

/// One test: whatever comes in, reading does not trap. One input in eight is written and read again too; one in 64 is matched
/// against all formats.
struct FormatTarget {
    let format: LabelFormat

    func test(_ bytes: [UInt8]) {
        let choice = Self.hash(bytes)
        let input = input(bytes)
        if choice % 64 == 3 { _ = try? LabelFormat.detect(input) }
        if choice % 8 == 1 { _ = try? format.read(input, ReadingOptions(mode: .strict)) }
        guard let first = try? format.read(input, Self.reading), choice % 8 == 0 || Self.comparesModels else { return }
        let loss = LossReport(writing: first.corpus, as: format)
        guard let files = try? format.write(first.corpus, Self.writing) else { return }
        guard let second = read(files) else {
            require(first.corpus.labelCount == 0, "what was written cannot be read", files)
            return
        }
        guard loss.isEmpty, Self.comparesModels else { return }
        let (before, after) = (Statements(first.corpus), Statements(second.corpus))
        require(before == after, "what the labels say changed on its way through a file: \(before.difference(from: after))", files)
    }

    private static let reading = ReadingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))
    private static let writing = WritingOptions(frameTiming: reading.frameTiming, pictureSize: reading.pictureSize)
    /// Whether every input is written and read again, and must say the same then.
    private static let comparesModels = getenv("SLATE_FUZZ_MODELS") != nil

    /// FNV-1a: what is asked of an input follows from the input alone.
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

    private func require(_ holds: Bool, _ message: String, _ files: [OutputFile]) {
        guard !holds else { return }
        note("\(format.name): \(message)")
        for file in files { note("--- \(file.path)\n\(String(decoding: file.bytes, as: UTF8.self))") }
        abort()
    }
}
