import Alignment
import Timeline

/// What was done to one file, in words.
public struct AlignmentStatement: Sendable {
    private let outcome: ItemOutcome

    public init(_ outcome: ItemOutcome) { self.outcome = outcome }

    /// One line: `aligned, 2.590 s later, 1 cut; confidence 0.99; heard 288 s of 2700 s`.
    public var sentence: String {
        let confidence = "confidence " + DisplayNumber.fixed(outcome.confidence, decimals: 2)
        return ([verdict, confidence] + heard).joined(separator: "; ")
    }

    /// A line for each piece, the figures of the evidence, and the remarks.
    public var details: [String] {
        let evidence = [
            "correlation \(DisplayNumber.fixed(outcome.correlation, decimals: 3))",
            "supported cues \(DisplayNumber.percent(outcome.support))",
            "best decoy \(DisplayNumber.percent(outcome.decoyShare))",
            "edges \(DisplayNumber.fixed(outcome.edgeAgreement, decimals: 1))",
        ]
        return outcome.pieces.map(Self.line) + [evidence.joined(separator: ", ")] + outcome.notes
    }

    private var verdict: String {
        switch outcome.verdict {
        case .inSync: "in sync already, left as it is"
        case .foreign: "refused: the cues do not fit the speech of this media; nothing written"
        case .unsure: "unsure, look at it: " + movement
        case .aligned: "aligned: " + movement
        }
    }

    private var movement: String {
        let cuts = outcome.pieces.count - 1
        let rates = Set(outcome.pieces.map(\.rateBillionths)).subtracting([1_000_000_000])
        var parts = [offsets]
        if let rate = rates.min() { parts.append("speed × " + DisplayNumber.fixed(Double(rate) / 1e9, decimals: 5)) }
        if cuts > 0 { parts.append(cuts == 1 ? "1 cut" : "\(cuts) cuts") }
        return parts.joined(separator: ", ")
    }

    private var offsets: String {
        guard let range = outcome.offsetRange else { return "no cues" }
        let (least, most) = (DisplayNumber.offset(range.lowerBound), DisplayNumber.offset(range.upperBound))
        return least == most ? least : "\(least) to \(most)"
    }

    private var heard: [String] {
        guard outcome.mediaTicks > 0, outcome.decodedTicks > 0 else { return [] }
        let (part, whole) = (TimeDelta(ticks: outcome.decodedTicks), TimeDelta(ticks: outcome.mediaTicks))
        return ["heard \(part.units(perSecond: 1)) s of \(whole.units(perSecond: 1)) s"]
    }

    private static func line(_ piece: ItemOutcome.Piece) -> String {
        let start = TimeDelta(ticks: piece.startTicks).approximateSeconds
        let offset = DisplayNumber.offset(piece.offset(atTicks: piece.startTicks))
        let rate = piece.rateBillionths == 1_000_000_000 ? "" : ", speed × " + DisplayNumber.fixed(Double(piece.rateBillionths) / 1e9, decimals: 6)
        return "from \(DisplayNumber.clock(start)): \(piece.cueCount) cues by \(offset)\(rate)"
    }
}
