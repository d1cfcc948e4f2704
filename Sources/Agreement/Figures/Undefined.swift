/// Why a figure does not exist for the data at hand.
public enum Undefined: Error, Hashable, Sendable, CustomStringConvertible {
    /// No item has any rating.
    case noRatings
    /// A category is used in one of two periods only.
    case categoryInOnePeriod
    /// No item has ratings by two annotators.
    case noItemRatedTwice
    /// Every rating names the same category, so agreement by chance is certain.
    case oneCategory
    /// Agreement by chance alone is 1.
    case chanceIsCertain
    /// The measure is for two annotators or more.
    case tooFewAnnotators
    /// The measure needs a rating of every item by every annotator.
    case missingRatings
    /// Fewer items than the measure needs.
    case tooFewItems
    /// A ratio scale has no values below zero.
    case negativeValue
    /// All values are the same.
    case noVariance
    /// Nothing was annotated.
    case noUnits
    /// Units of one annotator and category overlap.
    case overlappingUnits
    /// No unit of one annotator was aligned with a unit of another.
    case noAlignedUnits
    /// An exact alignment would need more memory than is allowed.
    case tooManyAlignments
    /// The disagreement expected by chance is 0.
    case noExpectedDisagreement
    /// The reference is empty, so there is nothing to divide by.
    case emptyReference
    /// Too few of the bootstrap's samples have a defined figure.
    case tooFewDefinedSamples

    public var description: String {
        switch self {
        case .noRatings: "no item has a rating"
        case .categoryInOnePeriod: "a category is used in one period only"
        case .noItemRatedTwice: "no item has ratings by two annotators"
        case .oneCategory: "every rating names the same category"
        case .chanceIsCertain: "agreement by chance alone is 1"
        case .tooFewAnnotators: "fewer than two annotators"
        case .missingRatings: "an annotator did not rate every item"
        case .tooFewItems: "too few items"
        case .negativeValue: "a value is below zero, which a ratio scale does not have"
        case .noVariance: "all values are the same"
        case .noUnits: "nothing is annotated"
        case .overlappingUnits: "units of one annotator and category overlap"
        case .noAlignedUnits: "no units of two annotators are aligned"
        case .tooManyAlignments: "too many annotators or overlapping units for an exact alignment"
        case .noExpectedDisagreement: "the disagreement expected by chance is 0"
        case .emptyReference: "the reference is empty"
        case .tooFewDefinedSamples: "the figure is undefined for most samples of the recordings"
        }
    }
}
