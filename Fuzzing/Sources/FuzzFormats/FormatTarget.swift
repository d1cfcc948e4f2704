import Formats
import Glibc
import Timeline

/// One test: read, write, read again. Whatever comes in, nothing traps, and what was written says what was read.
struct FormatTarget {
    let format: LabelFormat

    func test(_ bytes: [UInt8]) {
        // The first byte chooses what is asked beside a lenient reading, so that the choice is part of the input.
        let choice = bytes.first ?? 0
        let input = input(bytes)
        if choice % 16 == 3 { _ = try? LabelFormat.detect(input) }
        if choice % 4 == 1 { _ = try? format.read(input, ReadingOptions(mode: .strict)) }
        guard let first = try? format.read(input, Self.reading) else { return }
        let loss = LossReport(writing: first.corpus, as: format)
        guard let files = try? format.write(first.corpus, Self.writing) else { return }
        guard let second = read(files) else {
            require(first.corpus.labelCount == 0, "what was written cannot be read", files)
            return
        }
        guard loss.isEmpty, !Self.onlyTraps else { return }
        let (before, after) = (Statements(first.corpus), Statements(second.corpus))
        require(before == after, "what the labels say changed on its way through a file: \(before.difference(from: after))", files)
    }

    private static let reading = ReadingOptions(frameTiming: FrameRate(25).map(FrameTiming.constant), pictureSize: PictureSize(width: 640, height: 360))
    private static let writing = WritingOptions(frameTiming: reading.frameTiming, pictureSize: reading.pictureSize)
    /// Whether differences between models are passed over.
    private static let onlyTraps = getenv("SLATE_FUZZ_ONLY_TRAPS") != nil

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
