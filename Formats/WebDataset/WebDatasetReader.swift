import Timeline

/// Reads the samples of a shard, a document each.
struct WebDatasetReader {
    private let bytes: [UInt8]
    private let file: String
    private let options: ReadingOptions
    private(set) var diagnostics: [Diagnostic] = []
    private var corpus = Corpus()

    private struct Sample {
        let key: String
        var parts: [(ending: String, entry: TarEntry)] = []
    }

    init(_ bytes: [UInt8], file: String, options: ReadingOptions) { (self.bytes, self.file, self.options) = (bytes, file, options) }

    mutating func corpus(_ entries: [TarEntry]) -> Corpus {
        for sample in samples(entries) { corpus.documents.append(document(sample)) }
        return corpus
    }

    /// The entries of each key, in the order in which keys come first.
    private mutating func samples(_ entries: [TarEntry]) -> [Sample] {
        var samples: [Sample] = []
        var numbers: [String: Int] = [:]
        for entry in entries {
            if entry.path == WebDataset.corpusPath { readAttributes(entry); continue }
            guard let (key, ending) = WebDataset.parts(of: entry.path) else {
                add(.note, "webdataset-name", entry.path, "a file without an ending", nil, "it is passed over")
                continue
            }
            let number = numbers[key] ?? samples.count
            if number == samples.count { samples.append(Sample(key: key)) } else if number != samples.count - 1 {
                add(.warning, "webdataset-order", entry.path, "a file of '\(key.prefix(60))' apart from the others", "the files of a sample together", "it counts to that sample")
            }
            numbers[key] = number
            if samples[number].parts.contains(where: { $0.ending == ending }) {
                add(.error, "webdataset-repeated", entry.path, "the same name again", "each name once", "the first counts")
            } else {
                samples[number].parts.append((ending, entry))
            }
        }
        return samples
    }

    private mutating func add(_ severity: Diagnostic.Severity, _ code: String, _ path: String, _ found: String, _ expected: String?, _ effect: String?) {
        guard diagnostics.count < DiagnosticLog.limit else { return }
        diagnostics.append(Diagnostic(severity, code, file: "\(file)/\(path)", found: found, expected: expected, effect: effect))
    }

    private mutating func add(_ error: FormatError, _ entry: TarEntry) {
        let diagnostic = error.diagnostic
        guard diagnostics.count < DiagnosticLog.limit else { return }
        diagnostics.append(
            Diagnostic(
                .error, "webdataset-entry", file: "\(file)/\(entry.path)", at: diagnostic.position, found: diagnostic.found, expected: diagnostic.expected,
                effect: "the file is left out"))
    }

    private mutating func readAttributes(_ entry: TarEntry) {
        var log = DiagnosticLog(file: entry.path)
        let value = try? JSONReader.read(Array(bytes[entry.range]), log: &log)
        for pair in value?["attributes"]?.array ?? [] {
            guard let parts = pair.array, parts.count == 2, let name = parts[0].string, let value = parts[1].string else { continue }
            corpus.attributes.append(Attribute(name, value))
        }
    }

    // MARK: Samples

    private mutating func document(_ sample: Sample) -> Document {
        var document = Document(media: Media(name: sample.key))
        let json = sample.parts.first { $0.ending == "json" }?.entry
        if let json, let native = native(json) { return native }
        if let json { addRecords(json, to: &document) }
        for (ending, entry) in sample.parts where ending != "json" {
            switch ending {
            case "txt", "text": addText(entry, ending, to: &document)
            case "cls", "cls2", "label": addClass(entry, ending, to: &document)
            default: addOther(entry, ending, to: &document)
            }
        }
        return document
    }

    /// The document of a `.json` that Slate wrote; nil for others.
    private mutating func native(_ entry: TarEntry) -> Document? {
        let text = Array(bytes[entry.range])
        guard let sample = try? FormatSample(LabelInput(text, name: entry.path)), JSONSample(sample.text)?.texts["format"] == NativeJSON.formatName else { return nil }
        var log = DiagnosticLog(file: "\(file)/\(entry.path)")
        do throws(FormatError) {
            let read = try NativeJSON.read(text, mode: options.mode, log: &log)
            diagnostics += log.diagnostics
            return read.documents.first
        } catch {
            add(error, entry)
            return nil
        }
    }

    private mutating func addRecords(_ entry: TarEntry, to document: inout Document) {
        var layer = Layer(id: WebDataset.sampleLayer, kind: .cues)
        do throws(FormatError) {
            var json = try JSONTokenizer(bytes, in: entry.range, file: entry.path)
            var records: [WebDatasetRecord] = []
            let isList = try json.next() == .beginArray
            if isList { while try json.next() != .endArray { records.append(try WebDatasetRecord(&json)) } } else { records.append(try WebDatasetRecord(&json)) }
            try json.finish()
            layer.kind = records.contains { $0.content.kind == .turns } ? .turns : .cues
            for (index, record) in records.enumerated() { layer.labels.append(label(record, layer.kind, index + 1)) }
            document.attributes.append(Attribute("webdataset:form", isList ? "list" : "record"))
            document.layers.append(layer)
        } catch { add(error, entry) }
    }

    private func label(_ record: WebDatasetRecord, _ kind: LayerKind, _ number: Int) -> Label {
        let content = kind == .cues ? record.content : .turn(SpeakerTurn(speaker: record.speaker ?? "", text: record.text))
        return Label(id: LabelID("s\(number)"), span: record.span, content: content, attributes: record.attributes)
    }

    /// The text of a small file without the line end that editors add.
    private func text(_ entry: TarEntry) -> String {
        var range = entry.range
        while let last = range.last, bytes[last] == Byte.lineFeed || bytes[last] == Byte.carriageReturn { range = range.lowerBound..<last }
        return bytes.string(range)
    }

    /// The stretch that the sample's record states; from zero on where there is none.
    private func span(_ document: Document) -> Span {
        guard let samples = document.layers.first, samples.id == WebDataset.sampleLayer, samples.labels.count == 1 else { return .open(.zero) }
        return samples.labels[0].span
    }

    private func addText(_ entry: TarEntry, _ ending: String, to document: inout Document) {
        let text = text(entry)
        if let samples = document.layers.first, samples.labels.count == 1, samples.labels[0].content.plainText == text {
            document.attributes.append(Attribute("webdataset:text", ending))
        } else {
            let label = Label(id: "t1", span: span(document), content: .cue(Cue(CueText(text))))
            document.layers.append(Layer(id: ending == "txt" ? WebDataset.textLayer : ending, kind: .cues, labels: [label]))
        }
    }

    private func addClass(_ entry: TarEntry, _ ending: String, to document: inout Document) {
        let number = document.layers.count { $0.kind == .tags } + 1
        document.layers.append(Layer(id: ending, kind: .tags, labels: [Label(id: LabelID("k\(number)"), span: span(document), content: .tag(Tag(text(entry))))]))
    }

    /// Labels of another format; media and the rest are passed over.
    private mutating func addOther(_ entry: TarEntry, _ ending: String, to document: inout Document) {
        guard let format = LabelFormat(suffixOf: "x.\(ending)"), !format.isFolder, format.name != WebDataset.name else {
            document.attributes.append(Attribute("webdataset:beside", ending))
            return add(.note, "webdataset-beside", entry.path, "a file that holds no labels", nil, "it is passed over")
        }
        do throws(FormatError) {
            let input = LabelInput(Array(bytes[entry.range]), name: "\(file)/\(entry.path)")
            let reading = try ((try? LabelFormat.detect(input)) ?? format).read(input, options)
            diagnostics += reading.diagnostics
            for other in reading.corpus.documents {
                let duration = document.media.duration ?? other.media.duration
                document = document.joined(with: other, at: .zero)
                document.media.duration = duration
                document.attributes += other.attributes
            }
        } catch { add(error, entry) }
    }
}
