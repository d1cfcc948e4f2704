import Agreement
import ArgumentParser
import Formats
import Timeline

/// `slate agree`: agreement between annotators.
struct AgreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree", abstract: "Measure how far annotators agree, with intervals over recordings.",
        discussion: """
            Give the label files of two annotators or more, in any format, one file or folder for each annotator; or one CSV or TSV \
            table of ratings with a row for each item and a column for each annotator. Files of one recording each are about \
            the same recording; otherwise recordings are matched by the name of their media.

              slate agree ann.rttm bob.rttm
              slate agree ann/ bob/ eve/ --measure gamma --measure alpha --categories
              slate agree ratings.csv --measure alpha-ordinal --json
              slate agree ann.eaf bob.eaf --kind tags --overlap 0.75 --seed 7

            A measure that the labels do not define is printed as undefined, with the reason.

            Exit codes: 0 done, 1 some measure is undefined or some recording or label was left out, 2 could not run, 64 bad usage.
            """)

    @Argument(help: ArgumentHelp("Label files or folders, one for each annotator; or one table of ratings.", valueName: "file"), completion: .file())
    var files: [String]

    @OptionGroup(title: "Comparing") var options: AgreeOptions
    @OptionGroup(title: "Reading") var reading: LabelReadingOptions
    @Flag(help: "Print one JSON object per figure, and a summary.") var json = false
    @Flag(help: "Print nothing but the figures and errors.") var quiet = false

    func validate() throws {
        if files.count { $0 == "-" } > 1 { throw ValidationError("Standard input can be read once.") }
    }

    func run() throws {
        var isWhole = true
        let study = try study(&isWhole)
        let measures = try measures(of: study)
        let report = AgreeReport(study, measures, options)
        Terminal.output(json ? report.jsonLines : report.text)
        if options.replicates > 0 && study.recordings.count < 2 && !quiet { Terminal.note("slate agree: one recording: no intervals") }
        if !study.hasRecordings && study.recordings.count > 1 && !quiet {
            Terminal.note("slate agree: no column named recording: intervals are over items, and too narrow if items of a recording are alike")
        }
        if !isWhole || measures.contains(where: { study.figure($0, study.all)?.value == nil }) { throw ExitCode.someRefused }
    }

    private func study(_ isWhole: inout Bool) throws -> AgreeStudy {
        do {
            if files.count == 1 { return try RatingsStudy.read(try LabelInput(path: files[0]), encoding: reading.encoding) }
            var corpora: [(name: String, corpus: Corpus)] = []
            for file in files {
                let result = try read(file)
                if result.log.count(.error) > 0 { isWhole = false }
                corpora.append((file, result.corpus))
            }
            let labels = LabelStudy(corpora, options)
            for name in labels.skipped { Terminal.note("slate agree: the recording '\(name)' is not in every file; it is left out") }
            if !labels.skipped.isEmpty { isWhole = false }
            guard let study = labels.study() else {
                Terminal.note("slate agree: no labels of one kind to compare; expected turns, tags, emotions, phones, entities, cues or words")
                throw ExitCode.couldNotRun
            }
            return study
        } catch let error as FormatError {
            Terminal.note("slate agree: \(error)")
            throw ExitCode.couldNotRun
        }
    }

    private func read(_ file: String) throws -> LabelReading {
        let input = try LabelInput(path: file)
        let format = if let stated = reading.from { stated } else { try LabelFormat.detect(input) }
        let result = try format.read(input, reading.options())
        for remark in result.diagnostics where remark.severity == .error { Terminal.note("\(remark)") }
        return result
    }

    private func measures(of study: AgreeStudy) throws -> [AgreeMeasure] {
        guard !options.measure.isEmpty else { return study.defaults }
        for measure in options.measure where study.figure(measure, study.all) == nil {
            let needs = switch measure.basis {
            case .categories: "categories"
            case .values: "a table of ratings that are numbers"
            case .segments: "label files"
            case .text: "label files with text"
            }
            Terminal.note("slate agree: \(measure.rawValue) needs \(needs)")
            throw ExitCode.couldNotRun
        }
        return options.measure
    }
}
