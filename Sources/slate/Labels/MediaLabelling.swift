import ArgumentParser
import Formats
import Timeline

/// Labels several media files: one that is refused does not stop the others, and all labels go to one output, where files of one name
/// in different folders go by their paths.
struct MediaLabelling {
    /// As messages name it, such as `slate speech`.
    let command: String
    let files: [String]
    let target: LabelTarget
    let format: LabelFormat
    /// Whether lines for machines are printed; without a stated output they are all there is.
    let json: Bool

    /// - Parameter label: makes the labels of one file.
    /// - Throws: `ExitCode` where some file was refused, or nothing could be done.
    func run(_ label: (String) throws -> Document) throws {
        var corpus = Corpus()
        for file in files {
            do {
                var document = try label(file)
                if corpus.documents.contains(where: { $0.media.name == document.media.name }) { document.media.name = file }
                corpus.documents.append(document)
            } catch {
                Terminal.note("\(command): \(error)")
                if json { Terminal.output(JSONValue.refusal(of: file, "\(error)")) }
            }
        }
        guard !corpus.documents.isEmpty else { throw ExitCode.couldNotRun }
        if !json || target.output != nil { try write(corpus) }
        if corpus.documents.count < files.count { throw ExitCode.someRefused }
    }

    private func write(_ corpus: Corpus) throws {
        do {
            try target.write(corpus, as: format, inputs: files)
        } catch let error as FormatError {
            Terminal.note("\(command): \(error)")
            throw ExitCode.couldNotRun
        }
    }
}
