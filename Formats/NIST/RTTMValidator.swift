import Timeline

/// The checks of NIST's rttmValidator: fields first, then, in a file whose fields are all in order, what objects say of each other.
struct RTTMValidator {
    /// The objects of one speaker in one channel of a file, by type as it is written, in order of their starts.
    typealias Group = [String: [RTTMObject]]

    private var groups: [[String]: Group] = [:]
    private var speakers: Set<String> = []
    private var isBroadcast = false
    private var passed = true
    private let fileName: String

    static func check(_ source: TextSource, name: String, log: inout DiagnosticLog) {
        var validator = RTTMValidator(name: name)
        let records = validator.records(source)
        for record in records { validator.check(record, &log) }
        guard validator.passed else { return }
        validator.group(records)
        RTTMLogic(groups: validator.groups).check(&log)
    }

    private init(name: String) {
        let base = name.split(separator: "/").last.map(String.init) ?? name
        fileName = (base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base).lowercased()
    }

    // MARK: Reading

    private mutating func records(_ source: TextSource) -> [RTTMRecord] {
        var records: [RTTMRecord] = []
        for line in LineScanner(source.text, from: source.start) {
            let fields = NISTField.fields(source.text, line)
            guard let first = fields.first else { continue }
            if first.bytes.starts(with: ";;".utf8) {
                readDomain(source.text.string(first.range.lowerBound..<line.range.upperBound))
                continue
            }
            let record = RTTMRecord(fields: fields)
            if first.string == "SPKR-INFO", fields.count > 7 { speakers.insert(record.speaker.folded) }
            records.append(record)
        }
        return records
    }

    /// `;; EXP-ID: ..bnews..` says that the file is of broadcast news, which has one channel; `..cts..` of telephone talk.
    private mutating func readDomain(_ comment: String) {
        let rest = comment.dropFirst(2).drop { $0 == " " || $0 == "\t" }
        guard rest.hasPrefix("EXP-ID:") else { return }
        let value = rest.dropFirst(7).lowercased()
        if value.contains("bnews") { isBroadcast = true } else if value.contains("cts") { isBroadcast = false }
    }

    private mutating func group(_ records: [RTTMRecord]) {
        for record in records {
            groups[[record.file.string, record.channel.string, record.speaker.string], default: [:]][record.type.string, default: []].append(RTTMObject(record))
        }
        for key in groups.keys {
            for type in groups[key]?.keys.map({ $0 }) ?? [] where type.uppercased() != "SPKR-INFO" { groups[key]?[type]?.sort { ($0.start, $0.position) < ($1.start, $1.position) } }
        }
    }

    // MARK: Fields

    private mutating func check(_ record: RTTMRecord, _ log: inout DiagnosticLog) {
        if record.fields.count != 9, record.fields.count != 10 {
            fail("fields", record.type, "\(record.fields.count) fields", "9 or 10", &log)
        }
        guard record.fields.count >= 9 else { return }
        checkNames(record, &log)
        checkTimes(record, &log)
        checkContent(record, &log)
        checkConfidence(record.confidence, &log)
        let needsSpeaker = !["SPKR-INFO", "NOSCORE", "NONSPEECH"].contains { record.type.folded.contains($0) }
        if needsSpeaker, !speakers.contains(record.speaker.folded) {
            fail("speaker", record.speaker, "speaker \(record.speaker.excerpt)", "one that a SPKR-INFO line names", &log)
        }
    }

    private mutating func fail(_ code: String, _ field: NISTField, _ found: String, _ expected: String, _ log: inout DiagnosticLog) {
        passed = false
        log.add(.error, "nist-rttm-\(code)", at: field.position, found: found, expected: expected)
    }

    private mutating func checkNames(_ record: RTTMRecord, _ log: inout DiagnosticLog) {
        if !RTTMType.allCases.contains(where: { $0.rawValue == record.type.folded }) {
            fail("type", record.type, "type \(record.type.excerpt)", "one of the fourteen of RTTM", &log)
        }
        if record.file.string.lowercased() != fileName {
            log.add(
                .warning, "nist-rttm-file", at: record.file.position, found: "file \(record.file.excerpt)", expected: "'\(fileName)', the name of this file")
        }
        let channel = record.channel.string
        if channel != "1", channel != "2" {
            fail("channel", record.channel, "channel \(record.channel.excerpt)", "1 or 2", &log)
        } else if isBroadcast, channel != "1" {
            fail("channel", record.channel, "channel 2 in broadcast news", "1", &log)
        }
    }

    private mutating func checkTimes(_ record: RTTMRecord, _ log: inout DiagnosticLog) {
        let type = record.type.folded
        if type.contains("SPKR-INFO") {
            if !record.start.folded.contains("<NA>") { fail("start", record.start, "a start", "<NA> for \(type)", &log) }
        } else {
            checkTime("start", record.start, &log)
        }
        if ["SPKR-INFO", "IP", "CB"].contains(where: type.contains) {
            if !record.duration.isNA { fail("duration", record.duration, "a duration", "<NA> for \(type)", &log) }
        } else {
            checkTime("duration", record.duration, &log)
        }
    }

    private mutating func checkTime(_ code: String, _ field: NISTField, _ log: inout DiagnosticLog) {
        guard let ticks = RTTMObject.ticks(field) else {
            return fail(code, field, "\(code) \(field.excerpt)", "a number of seconds", &log)
        }
        if ticks < 0 { fail(code, field, "\(code) \(field.excerpt)", "zero or more", &log) }
    }

    private mutating func checkConfidence(_ field: NISTField, _ log: inout DiagnosticLog) {
        guard !field.string.contains("<NA>") else { return }
        guard field.bytes.last != .ascii("*"), RTTMObject.ticks(field) != nil, let value = Double(field.string) else {
            return fail("confidence", field, "confidence \(field.excerpt)", "a number or <NA>", &log)
        }
        if !(0...1).contains(value) { fail("confidence", field, "confidence \(field.excerpt)", "0 to 1", &log) }
    }

    private mutating func checkContent(_ record: RTTMRecord, _ log: inout DiagnosticLog) {
        let type = record.type.folded
        if RTTMSubtypes.withoutOrthography.contains(where: type.contains), !record.orthography.isNA {
            fail("orthography", record.orthography, "orthography \(record.orthography.excerpt)", "<NA> for \(type)", &log)
        }
        guard let rule = RTTMSubtypes.all.first(where: { type.contains($0.type) }) else { return }
        // The sexes of SPKR-INFO alone are told apart by letter case.
        let stated = rule.type == "SPKR-INFO" ? record.subtype.string : record.subtype.folded
        if !rule.names.contains(stated) {
            fail("subtype", record.subtype, "subtype \(record.subtype.excerpt) of \(type)", rule.names.sorted().joined(separator: ", "), &log)
        }
        guard rule.type == "LEXEME" else { return }
        if record.subtype.folded.contains("ALPHA"), !RTTMSpelling.isSpelledLetter(record.orthography.bytes) {
            fail("alpha", record.orthography, "orthography \(record.orthography.excerpt)", "one letter and a point for a spelled letter", &log)
        }
        if !RTTMSpelling.isWord(record.orthography.bytes) {
            log.add(
                .warning, "nist-rttm-spelling", at: record.orthography.position, found: "orthography \(record.orthography.excerpt)",
                expected: "letters, points, hyphens and apostrophes")
        }
    }
}

/// The closed lists of RTTM's subtypes, by type; the first type whose name is part of the stated one counts.
enum RTTMSubtypes {
    static let all: [(type: String, names: Set<String>)] = [
        ("SEGMENT", ["EVAL", "<NA>"]), ("NOSCORE", ["<NA>"]), ("NO_RT_METADATA", ["<NA>"]), ("SPEAKER", ["<NA>"]), ("A/P", ["<NA>"]),
        ("LEXEME", ["LEX", "FP", "FRAG", "UN-LEX", "FOR-LEX", "ALPHA", "ACRONYM", "INTERJECTION", "PROPERNOUN", "OTHER"]),
        ("NON-LEX", ["LAUGH", "BREATH", "LIPSMACK", "COUGH", "SNEEZE", "OTHER"]), ("NON-SPEECH", ["NOISE", "MUSIC", "OTHER"]),
        ("FILLER", ["FILLED_PAUSE", "DISCOURSE_MARKER", "EXPLICIT_EDITING_TERM", "DISCOURSE_RESPONSE", "OTHER"]),
        ("EDIT", ["REPETITION", "RESTART", "REVISION", "SIMPLE", "COMPLEX", "OTHER"]),
        ("SU", ["STATEMENT", "QUESTION", "INCOMPLETE", "BACKCHANNEL", "UNANNOTATED", "DISCOURSE_RESPONSE", "OTHER"]),
        ("IP", ["EDIT", "FILLER", "EDIT&FILLER", "OTHER"]), ("CB", ["COORDINATING", "CLAUSAL", "OTHER"]),
        ("SPKR-INFO", ["adult_male", "adult_female", "child", "unknown"]),
    ]

    static let withoutOrthography = [
        "SEGMENT", "NOSCORE", "NO_RT_METADATA", "NON-SPEECH", "FILLER", "EDIT", "SU", "IP", "CB", "A/P", "SPEAKER", "SPKR-INFO",
    ]
}
