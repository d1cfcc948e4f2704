import Formats

/// A conversion between two formats of lines as the bytes come in: a file of any length in constant memory.
struct ConvertStream {
    let input, output: String
    let target: LabelFormat
    let replaces: Bool
    let acceptsLoss: Bool

    /// Converts, if that can be done piece by piece.
    ///
    /// - Returns: nil, with nothing written, where the whole file is needed: for a format that is not made of lines, another encoding
    ///   than UTF-8, a compressed file, or one that ends in an error, which the whole file explains better.
    func run(from stated: LabelFormat?, _ reading: ReadingOptions, _ writing: WritingOptions) throws -> ConvertOutcome? {
        guard reading.encodingName == nil, !output.hasSuffix(".gz"), let source = try source(stated),
            var stream = LabelStream(from: source, to: target, name: input, reading: reading, writing: writing)
        else { return nil }
        let file = try AtomicFile(output, replaces: replaces)
        let chunks = try FileChunks(input)
        while let chunk = try chunks.next() {
            guard let bytes = try? stream.convert(chunk) else { return nil }
            try file.write(bytes)
        }
        guard let bytes = try? stream.finish() else { return nil }
        try file.write(bytes)
        if stream.loss.isEmpty || acceptsLoss { try file.commit() }
        return ConvertOutcome(source: source, labels: stream.labelCount, loss: stream.loss, log: stream.log)
    }

    /// The format of the input by its first bytes; nil for a compressed file, or one of no format.
    private func source(_ stated: LabelFormat?) throws -> LabelFormat? {
        let start = try BoundedFile.readStart(input, count: 1 << 16)
        guard !start.starts(with: [0x1F, 0x8B]) else { return nil }
        if let stated { return stated }
        return try? LabelFormat.detect(LabelInput(start, name: input))
    }
}

/// What became of a conversion.
struct ConvertOutcome {
    let source: LabelFormat
    let labels: Int
    let loss: LossReport
    let log: DiagnosticLog
}
