/// Which inspection the next lot gets, from what became of the lots before it.
///
/// Normal becomes tightened when 2 of up to 5 lots in a row are rejected, and reduced when 10 in a row are accepted; tightened becomes
/// normal when 5 in a row are accepted; reduced becomes normal when a lot is rejected, or accepted with a count between its
/// acceptance and rejection numbers. Inspection stops when 5 lots are rejected while it is tightened.
///
/// Source: MIL-STD-105E, 4.7; the stop as in ISO 2859-1:1999, 9.4. Whether work is steady enough for reduced inspection is for people to
/// say (`allowsReduced`).
public struct InspectionSwitching: Hashable, Sendable {
    public private(set) var inspection = AcceptanceTables.Inspection.normal
    /// Whether so many lots were rejected that none is to be inspected until the cause is removed.
    public private(set) var isStopped = false
    private let allowsReduced: Bool
    /// What became of the lots under the present inspection, the latest 10.
    private var accepted: [Bool] = []
    private var rejectedWhileTightened = 0

    public init(allowsReduced: Bool = true) { self.allowsReduced = allowsReduced }

    /// Judges a lot by the plan of the present inspection, and switches for the next.
    ///
    /// - Returns: whether the lot is accepted.
    public mutating func judge(nonconforming: Int, _ plan: SamplingPlan) -> Bool {
        let isAccepted = nonconforming < plan.rejection
        accepted = (accepted + [isAccepted]).suffix(10)
        switch inspection {
        case .normal:
            if accepted.suffix(5).count(where: { !$0 }) >= 2 {
                switchTo(.tightened)
            } else if allowsReduced && accepted.count == 10 && accepted.allSatisfy({ $0 }) {
                switchTo(.reduced)
            }
        case .tightened:
            if !isAccepted { rejectedWhileTightened += 1 }
            isStopped = isStopped || rejectedWhileTightened >= 5
            if accepted.count >= 5 && accepted.suffix(5).allSatisfy({ $0 }) { switchTo(.normal) }
        case .reduced:
            if nonconforming > plan.acceptance { switchTo(.normal) }
        }
        return isAccepted
    }

    private mutating func switchTo(_ next: AcceptanceTables.Inspection) {
        (inspection, accepted, rejectedWhileTightened) = (next, [], 0)
    }
}
