/// Sentences without sense, spoken once each by `espeak-ng`: 16-bit mono at 22 050 Hz.
struct Sentences {
    static let rate = 22_050
    static let count = 120

    let folder: String

    /// Speaks the sentences unless an earlier run has.
    init(folder: String) throws {
        self.folder = folder
        var random = SplitMix64(state: 0x51A7E)
        for index in 0..<Self.count {
            let text = Self.text(&random), path = wave(index)
            // The text is written last: it says that the sound is whole.
            guard !Bytes.exists(self.path(index, "txt")) else { continue }
            try ChildProcess.require(
                "espeak-ng", "-v", Self.voices[index % Self.voices.count], "-s", "\(140 + index * 7 % 50)",
                "-p", "\(30 + index * 11 % 40)", "-w", path, text)
            try Bytes.write(Array(text.utf8), to: self.path(index, "txt"))
        }
    }

    /// The samples of a sentence as bytes, without the silence around it.
    func sound(_ index: Int) throws -> [UInt8] {
        // espeak-ng writes the plain header of 44 bytes.
        let bytes = Array(try Bytes.read(wave(index)).dropFirst(44))
        let loud = stride(from: 0, to: bytes.count - 1, by: 2).filter { offset in
            abs(Int(Int16(bitPattern: UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8))) > 300
        }
        return Array(bytes[(loud.first ?? 0)..<(loud.last ?? 0) + 2])
    }

    func text(_ index: Int) throws -> String { String(decoding: try Bytes.read(path(index, "txt")), as: UTF8.self) }

    private func wave(_ index: Int) -> String { path(index, "wav") }

    private func path(_ index: Int, _ suffix: String) -> String { "\(folder)/sentence-\(index).\(suffix)" }

    private static func text(_ random: inout SplitMix64) -> String {
        let chosen = (0..<Int.random(in: 3...12, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        return chosen.joined(separator: " ") + "."
    }

    private static let voices = ["en-us", "en-gb", "en-us+f3", "en-gb+f2", "en-us+m3", "en-gb-scotland"]

    private static let words = """
        about after again always another answer before begin better between bring brother carry change children city \
        close come country different door down early earth enough evening every example family father follow found \
        garden give green group grow half hand head hear help high home house idea important keep kind know large last \
        late learn leave letter light line listen little live long mother mountain move much music name near never \
        night number often open order other page paper part people picture place plant point question quick quiet rain \
        read really right river room round said same school second sentence should side simple sleep slow small song \
        sound spell stand start still stop story street study table take talk tell thing think thought three time \
        together town travel tree turn under until voice walk watch water week white window winter without word work \
        world write yellow yesterday young
        """.split(separator: " ").map(String.init)
}
