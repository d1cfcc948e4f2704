import ArgumentParser
import Cues
import Formats
import Timeline

/// Rules of cues as typed: a built-in name, or a JSON file that may extend one.
enum CueRuleFile {
    private typealias JSON = Formats.JSONValue

    /// - Parameter language: as typed; else the file's, else English.
    /// - Throws: ``FormatError`` when the file cannot be read or states something out of range.
    static func rules(_ name: String, language: String?) throws -> CueRules {
        if let known = CueRules.named(name, language: language ?? "en") { return known }
        guard name.contains(".") || name.contains("/") else {
            throw ValidationError("'\(name)' is no rules; name a file, or one of \(CueRules.names.joined(separator: ", ")).")
        }
        var log = DiagnosticLog(file: name)
        let json = try JSONReader.read(try BoundedFile.read(name, limit: 1 << 20), log: &log)
        guard let members = json.object else { throw failure(name, json.kind, "an object in braces") }
        let tag = language ?? json["language"]?.string ?? "en"
        let base = json["extends"]?.string ?? "netflix"
        guard var rules = CueRules.named(base, language: tag) else { throw failure(name, "extends \"\(base)\"", CueRules.names.joined(separator: ", ")) }
        for member in members where !["language", "extends"].contains(member.name) { try set(member, in: &rules, name) }
        if let problem = rules.problem { throw failure(name, problem, nil) }
        return rules
    }

    private static func set(_ member: JSONMember, in rules: inout CueRules, _ file: String) throws {
        let value = member.value
        switch member.name {
        case "name": rules.name = value.string ?? file
        case "lines-per-cue": rules.linesPerCue = try count(member, file)
        case "columns-per-line": rules.columnsPerLine = try count(member, file)
        case "columns-per-second": rules.columnsPerSecond = value == .null ? nil : try count(member, file)
        case "gap-frames": rules.gapFrames = try count(member, file)
        case "time-per-word": rules.timePerWord = try optionalLength(member, file)
        case "comfort-per-word": rules.comfortPerWord = try optionalLength(member, file)
        case "minimum-duration": rules.minimumDuration = try optionalLength(member, file)
        case "maximum-duration": rules.maximumDuration = try optionalLength(member, file)
        case "chaining": rules.chaining = try optionalLength(member, file)
        case "lingering": rules.lingering = try length(member, file)
        case "longest-pause": rules.longestPause = try length(member, file)
        case "shot-snap": rules.shotSnap = try length(member, file)
        case "splits-speakers":
            guard case .bool(let splits) = value else { throw failure(file, "\(member.name): \(value.kind)", "true or false") }
            rules.splitsSpeakers = splits
        case "frame-rate": rules.frameRate = try frameRate(member, file)
        default: throw failure(file, "the member \"\(member.name.prefix(60))\"", "one of the rules that docs/cues.md lists")
        }
    }

    private static func count(_ member: JSONMember, _ file: String) throws -> Int {
        guard let number = member.value.integer, let count = Int(exactly: number) else { throw failure(file, "\(member.name): \(member.value.kind)", "a whole number") }
        return count
    }

    private static func optionalLength(_ member: JSONMember, _ file: String) throws -> TimeDelta? { member.value == .null ? nil : try length(member, file) }

    private static func length(_ member: JSONMember, _ file: String) throws -> TimeDelta {
        guard let seconds = member.value.double, let length = TimeDelta(approximatingSeconds: seconds) else {
            throw failure(file, "\(member.name): \(member.value.kind)", "a number of seconds")
        }
        return length
    }

    private static func frameRate(_ member: JSONMember, _ file: String) throws -> FrameRate? {
        let text: String? = if case .number(let digits) = member.value { digits } else { member.value.string }
        guard let text, let ratio = TypedRatio(argument: text), let rate = FrameRate(ratio.numerator, over: ratio.denominator) else {
            throw failure(file, "\(member.name): \(member.value.kind)", "frames a second, such as 25 or \"30000/1001\"")
        }
        return rate
    }

    private static func failure(_ file: String, _ found: String, _ expected: String?) -> FormatError {
        FormatError(.malformed, file: file, found: found, expected: expected)
    }
}
