import Alignment
import Formats

/// What the ledger keeps in one column, as a JSON object on one line with its members in alphabetical order.
protocol LedgerText {
    var ledgerObject: JSONLine { get }
    /// Nil for JSON of another shape.
    init?(ledgerObject: JSONValue)
}

extension LedgerText {
    var ledgerText: String { ledgerObject.object }

    init?(ledgerText: String) {
        var log = DiagnosticLog(file: "ledger")
        guard let value = try? JSONReader.read(Array(ledgerText.utf8), log: &log) else { return nil }
        self.init(ledgerObject: value)
    }
}

extension InputFingerprint: LedgerText {
    var ledgerObject: JSONLine {
        var line = JSONLine.part
        line.add("hash", hash)
        line.add("modified", Int(modified))
        line.add("size", Int(size))
        return line
    }

    init?(ledgerObject json: JSONValue) {
        guard let size = json["size"]?.integer, let modified = json["modified"]?.integer, let hash = json["hash"]?.string
        else { return nil }
        self.init(size: size, modified: modified, hash: hash)
    }
}

extension ItemKey: LedgerText {
    var ledgerObject: JSONLine {
        var line = JSONLine.part
        line.add("media", object: media.ledgerObject)
        line.add("options", options)
        line.add("subtitles", object: subtitles.ledgerObject)
        line.add("toolVersion", toolVersion)
        return line
    }

    init?(ledgerObject json: JSONValue) {
        guard let media = json["media"].flatMap(InputFingerprint.init(ledgerObject:)),
            let subtitles = json["subtitles"].flatMap(InputFingerprint.init(ledgerObject:)),
            let options = json["options"]?.string, let toolVersion = json["toolVersion"]?.string
        else { return nil }
        self.init(media: media, subtitles: subtitles, options: options, toolVersion: toolVersion)
    }
}

extension ItemFailure: LedgerText {
    var ledgerObject: JSONLine {
        var line = JSONLine.part
        line.add("kind", kind.rawValue)
        line.add("message", message)
        return line
    }

    init?(ledgerObject json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let message = json["message"]?.string else {
            return nil
        }
        self.init(kind, message)
    }
}

extension ItemOutcome.Piece: LedgerText {
    var ledgerObject: JSONLine {
        var line = JSONLine.part
        line.add("cueCount", cueCount)
        line.add("endTicks", Int(endTicks))
        line.add("offsetTicks", Int(offsetTicks))
        line.add("rateBillionths", Int(rateBillionths))
        line.add("startTicks", Int(startTicks))
        return line
    }

    init?(ledgerObject json: JSONValue) {
        guard let cueCount = json["cueCount"]?.integer, let start = json["startTicks"]?.integer,
            let end = json["endTicks"]?.integer, let rate = json["rateBillionths"]?.integer,
            let offset = json["offsetTicks"]?.integer
        else { return nil }
        self.init(cueCount: Int(cueCount), startTicks: start, endTicks: end, rateBillionths: rate, offsetTicks: offset)
    }
}

extension ItemOutcome: LedgerText {
    var ledgerObject: JSONLine {
        var line = JSONLine.part
        line.add("confidence", confidence)
        line.add("correlation", correlation)
        line.add("cueCount", cueCount)
        line.add("decodedTicks", Int(decodedTicks))
        line.add("decoyShare", decoyShare)
        line.add("edgeAgreement", edgeAgreement)
        line.add("mediaTicks", Int(mediaTicks))
        line.add("notes", notes)
        line.add("pieces", objects: pieces.map(\.ledgerObject))
        line.add("support", support)
        line.add("verdict", verdict.rawValue)
        line.add("wroteOutput", wroteOutput)
        return line
    }

    init?(ledgerObject json: JSONValue) {
        guard let verdict = json["verdict"]?.string.flatMap(SyncVerdict.init(rawValue:)),
            let pieces = json["pieces"]?.array?.map(Piece.init(ledgerObject:)), !pieces.contains(nil),
            let notes = json["notes"]?.array?.map(\.string), !notes.contains(nil),
            let confidence = json["confidence"]?.double, let correlation = json["correlation"]?.double,
            let decoyShare = json["decoyShare"]?.double, let support = json["support"]?.double,
            let cueCount = json["cueCount"]?.integer, let decodedTicks = json["decodedTicks"]?.integer,
            let mediaTicks = json["mediaTicks"]?.integer, case .bool(let wroteOutput) = json["wroteOutput"]
        else { return nil }
        self.init(
            verdict: verdict, confidence: confidence, pieces: pieces.compactMap { $0 }, correlation: correlation,
            decoyShare: decoyShare, support: support, edgeAgreement: json["edgeAgreement"]?.double ?? 0,
            cueCount: Int(cueCount), decodedTicks: decodedTicks, mediaTicks: mediaTicks, wroteOutput: wroteOutput, notes: notes.compactMap { $0 })
    }
}
