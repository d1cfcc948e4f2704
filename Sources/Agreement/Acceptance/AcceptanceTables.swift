/// The plans of MIL-STD-105E (public domain), Tables I, II and III, whose central tables ISO 2859-1 and ANSI/ASQ Z1.4 share;
/// ISO 2859-1:1999 changed reduced inspection, which is given here as in MIL-STD-105E.
///
/// In the printed tables a plan depends on the distance between its code letter and the letter at which the limit has its
/// plan with acceptance number 0: the columns below are that diagonal. An arrow in the table stands for the nearest plan above or
/// below, with its own sample size; a sample larger than the lot checks all of it.
public enum AcceptanceTables {
    public enum Inspection: String, Hashable, Sendable, CaseIterable { case normal, tightened, reduced }

    public enum Level: String, Hashable, Sendable, CaseIterable {
        case special1 = "S-1", special2 = "S-2", special3 = "S-3", special4 = "S-4", general1 = "I", general2 = "II", general3 = "III"
    }

    /// The acceptance quality limits of the tables, in percent nonconforming.
    public static let limits = ["0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10"]

    /// The code letters A to R, without I and O.
    public static let letters = Array("ABCDEFGHJKLMNPQR")

    /// The code letter for a lot (Table I), as an index into ``letters``. Nil below 2 items.
    public static func letter(lot: Int, level: Level) -> Int? {
        guard lot >= 2 else { return nil }
        let row = lotSizes.firstIndex { lot <= $0 } ?? lotSizes.count
        return letters.firstIndex(of: Array(codes[level]!)[row])
    }

    /// The single sampling plan (Table II). Nil for a lot below 2 items and a limit that is not in ``limits``.
    public static func single(lot: Int, level: Level = .general2, limit: String, inspection: Inspection = .normal) -> SamplingPlan? {
        guard let cell = cell(lot, level, limit, inspection) else { return nil }
        let (acceptance, rejection) = numbers[inspection]![cell.step]
        let sizes = inspection == .reduced ? reducedSizes : normalSizes
        return SamplingPlan(sampleSize: sizes[cell.row], acceptance: acceptance, rejection: rejection)
    }

    /// The double sampling plan (Table III). Nil where the table says to use the single plan, and as for ``single``.
    public static func double(lot: Int, level: Level = .general2, limit: String, inspection: Inspection = .normal) -> DoubleSamplingPlan? {
        guard let cell = cell(lot, level, limit, inspection), let numbers = doubleNumbers[inspection]![cell.step] else { return nil }
        let size = (inspection == .reduced ? reducedDoubleSizes : normalDoubleSizes)[cell.row]
        guard size > 0 else { return nil }
        return DoubleSamplingPlan(
            firstSize: size, secondSize: size, firstAcceptance: numbers[0], firstRejection: numbers[1], secondAcceptance: numbers[2],
            secondRejection: numbers[3])
    }

    /// The row whose sample size applies and the step along the diagonal whose numbers apply.
    private static func cell(_ lot: Int, _ level: Level, _ limit: String, _ inspection: Inspection) -> (row: Int, step: Int)? {
        guard let letter = letter(lot: lot, level: level), let column = limits.firstIndex(of: limit) else { return nil }
        // The letter with acceptance number 0; 10 % has none, and so has no arrow that leads to it.
        let zero = (inspection == .tightened ? 10 : 9) - column
        let hasZero = column < limits.count - 1
        let last = numbers[inspection]!.count - 1
        let step: Int
        switch letter - zero {
        case ...0: step = hasZero ? 0 : 1
        case 1: step = hasZero && inspection != .tightened ? 0 : 1
        case let distance: step = min(max(1, distance - 2), last)
        }
        return (step == 0 ? zero : zero + 2 + step, step)
    }

    // The largest lot of each row of Table I but the last.
    private static let lotSizes = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000]

    private static let codes: [Level: String] = [
        .special1: "AAAABBBBCCCCDDD", .special2: "AAABBBCCCDDDEEE", .special3: "AABBCCDDEEFFGGH", .special4: "AABCCDEEFGGHJJK",
        .general1: "AABCCDEFGHJKLMN", .general2: "ABCDEFGHJKLMNPQ", .general3: "BCDEFGHJKLMNPQR",
    ]

    private static let normalSizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000]
    private static let reducedSizes = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800]
    // Each of the two samples; 0 where a letter has no double plan.
    private static let normalDoubleSizes = [0, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250]
    private static let reducedDoubleSizes = [0, 0, 0, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500]

    /// Acceptance and rejection numbers along the diagonal.
    private static let numbers: [Inspection: [(Int, Int)]] = [
        .normal: [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6), (7, 8), (10, 11), (14, 15), (21, 22)],
        .tightened: [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6), (8, 9), (12, 13), (18, 19)],
        .reduced: [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8), (7, 10), (10, 13)],
    ]

    /// Ac and Re after the first sample, Ac and Re after the second; nil where the single plan is used.
    private static let doubleNumbers: [Inspection: [[Int]?]] = [
        .normal: [
            nil, [0, 2, 1, 2], [0, 3, 3, 4], [1, 4, 4, 5], [2, 5, 6, 7], [3, 7, 8, 9], [5, 9, 12, 13], [7, 11, 18, 19],
            [11, 16, 26, 27],
        ],
        .tightened: [
            nil, [0, 2, 1, 2], [0, 3, 3, 4], [1, 4, 4, 5], [2, 5, 6, 7], [3, 7, 11, 12], [6, 10, 15, 16], [9, 14, 23, 24],
        ],
        .reduced: [
            nil, [0, 2, 0, 2], [0, 3, 0, 4], [0, 4, 1, 5], [0, 4, 3, 6], [1, 5, 4, 7], [2, 7, 6, 9], [3, 8, 8, 12], [5, 10, 12, 16],
        ],
    ]
}
