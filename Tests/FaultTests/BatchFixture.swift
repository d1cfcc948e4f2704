import Foundation

/// A batch of many short sounds with subtitles, and what an undisturbed run makes of it.
struct BatchFixture {
    let folder: TemporaryFolder
    let names: [String]
    /// The output of an undisturbed run, by name.
    let reference: [String: [UInt8]]
    /// How long that run took.
    let duration: Duration

    init(count: Int) throws {
        folder = try TemporaryFolder()
        try Self.fill(folder, count)
        names = (1...count).map { "Show.S01E\($0).en.srt" }
        let begin = ContinuousClock.now
        let ended = try SlateProgram.run(Self.arguments(folder, into: "reference"))
        duration = ContinuousClock.now - begin
        guard ended.status == 0 else { throw Unexpected("the undisturbed batch: \(ended)") }
        reference = try Dictionary(uniqueKeysWithValues: names.map { [folder] in ($0, try folder.read("reference/" + $0)) })
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// Five sounds, each under many names.
    private static func fill(_ folder: TemporaryFolder, _ count: Int) throws {
        try FileManager.default.createDirectory(atPath: folder.file("in"), withIntermediateDirectories: true)
        let clips = (0..<5).map { SpokenClip(seed: $0, seconds: 8) }
        for number in 1...count {
            let clip = clips[number % clips.count]
            try folder.write("in/Show.S01E\(number).wav", clip.sound)
            try folder.write("in/Show.S01E\(number).en.srt", clip.subtitles)
        }
    }

    private static func arguments(_ folder: TemporaryFolder, into output: String) -> [String] {
        ["align", folder.file("in"), "-o", folder.file(output), "--jobs", "2", "--max-offset", "2", "--no-cuts", "--quiet"]
    }

    /// The command that aligns everything into a folder below the fixture's.
    func arguments(into output: String) -> [String] { Self.arguments(folder, into: output) }

    func start(into output: String) throws -> RunningProgram {
        try RunningProgram([SlateProgram.path ?? "slate"] + arguments(into: output))
    }

    /// Outputs in a folder that are not what the undisturbed run wrote.
    func wrongOutputs(in output: String) throws -> [String] {
        try present(in: output).filter { try folder.read("\(output)/\($0)") != reference[$0] }
    }

    /// The outputs that are there.
    func present(in output: String) -> [String] { folder.list(output).filter { reference[$0] != nil } }

    /// What lies in a folder beside the outputs and the ledger.
    func strangers(in output: String) -> [String] { folder.list(output).filter { reference[$0] == nil && $0 != ".slate" } }
}
