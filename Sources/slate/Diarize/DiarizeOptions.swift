import ArgumentParser
import Diarization
import Formats
import Timeline

/// How the output of `slate diarize` is written.
struct DiarizeWritingOptions: ParsableArguments {
    @OptionGroup var target: LabelTarget
    @Flag(help: "Name one speaker at a time.") var exclusive = false
    @Option(
        help: ArgumentHelp("Write this transcript, words or cues, with the speakers found, instead of turns.", valueName: "file"), completion: .file())
    var words: String?

    var format: LabelFormat { get throws { try target.format(orElse: "rttm") } }

    /// What suits the format.
    var layout: Document.TurnLayout {
        get throws {
            switch try format.name {
            case "textgrid", "eaf": .layerPerSpeaker
            case "uem": .regions
            default: .together
            }
        }
    }

    /// The transcript that is to get its speakers.
    func transcript() throws -> Document? {
        guard let words else { return nil }
        let input = try LabelInput(path: words)
        let corpus = try LabelFormat.detect(input).read(input).corpus
        guard corpus.documents.count == 1 else {
            throw FormatError(.malformed, file: words, found: "labels of \(corpus.documents.count) media", expected: "labels of one")
        }
        return corpus.documents[0]
    }
}

/// How many speakers there may be, and how alike voices of one speaker are.
struct DiarizeSpeakerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The number of speakers, when it is known.", valueName: "count")) var speakers: Int?
    @Option(help: ArgumentHelp("At least this many speakers.", valueName: "count")) var minSpeakers: Int?
    @Option(help: ArgumentHelp("At most this many speakers.", valueName: "count")) var maxSpeakers: Int?
    @Option(
        help: ArgumentHelp("Voices at least this alike may be one speaker, -1 to 1. A greater value finds more speakers.", valueName: "similarity"))
    var threshold: Float?
    @Option(help: ArgumentHelp("Name a second speaker where the likelihood of two reaches this, 0 to 1; 1 for never.", valueName: "value"))
    var overlap: Float?

    @Option(
        help: ArgumentHelp("A known voice: its name, and a clip in which only this person speaks. May be repeated.", valueName: "name=file"))
    var enroll: [EnrolledVoice] = []
    @Flag(help: "Each channel of the sound is a speaker of its own.") var channels = false

    func validate() throws {
        if channels, speakers != nil || minSpeakers != nil || maxSpeakers != nil || threshold != nil || !enroll.isEmpty {
            throw ValidationError("With --channels the speakers are the channels; options about voices do not apply.")
        }
        let counts = [speakers, minSpeakers, maxSpeakers].compactMap { $0 }
        guard counts.allSatisfy({ (1...40).contains($0) }) else { throw ValidationError("Numbers of speakers are from 1 to 40.") }
        if speakers != nil, counts.count > 1 { throw ValidationError("--speakers excludes --min-speakers and --max-speakers.") }
        if let minSpeakers, let maxSpeakers, minSpeakers > maxSpeakers { throw ValidationError("--min-speakers is at most --max-speakers.") }
        if let threshold, !(-1...1).contains(threshold) { throw ValidationError("--threshold is from -1 to 1.") }
        if let overlap, !(0...1).contains(overlap) { throw ValidationError("--overlap is from 0 to 1.") }
    }

    var assignment: SpeakerAssignment {
        var assignment = SpeakerAssignment()
        let least = speakers ?? minSpeakers ?? 1
        assignment.speakers = least...max(least, speakers ?? maxSpeakers ?? 40)
        if let threshold { assignment.clustering.similarities = [threshold] }
        if let overlap { assignment.overlapOnset = overlap < 1 ? overlap : nil }
        return assignment
    }
}

/// Where the speech is.
struct DiarizeSpeechOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take the speech from this label file, such as RTTM or UEM, instead of finding it.", valueName: "file"), completion: .file())
    var speech: String?
    @Option(help: ArgumentHelp("How speech is found: general, meeting, subtitles.", valueName: "name")) var profile = SpeechProfile.general

    /// The labels of the file as stretches apart from each other; nil without a file.
    func segments() throws -> [Segment]? {
        guard let speech else { return nil }
        let input = try LabelInput(path: speech)
        let corpus = try LabelFormat.detect(input).read(input).corpus
        guard corpus.documents.count <= 1 else {
            throw FormatError(.malformed, file: speech, found: "labels of \(corpus.documents.count) media", expected: "labels of one")
        }
        let segments = corpus.documents.flatMap(\.layers).flatMap(\.labels).compactMap { Segment(start: $0.span.start, end: $0.span.end) }
        return SpeechStretches.joined(segments)
    }
}

/// A name and a clip, as typed: `Ada=ada.wav`.
struct EnrolledVoice: ExpressibleByArgument {
    let name, path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (name, path) = (parts[0], parts[1])
    }
}
