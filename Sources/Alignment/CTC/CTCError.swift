/// Why emissions and a text give no alignment.
public enum CTCError: Error, Hashable, Sendable, CustomStringConvertible {
    case shape(frames: Int, tokens: Int, values: Int)
    case badValue(frame: Int, value: Float)
    /// A set of tokens in which none is known to be the blank, or not the one that was asked for.
    case noBlank(asked: String?)
    case noSeparator(asked: String)
    case repeatedNumber(token: String, number: Int)
    case noTokens
    /// The matrix has fewer columns than the tokens need.
    case tooFewColumns(columns: Int, needed: Int)
    /// The text has more tokens than there are frames; `needed` counts a blank between equal neighbours.
    case tooFewFrames(frames: Int, needed: Int)
    /// Nothing of the text can be written in the tokens.
    case nothingToAlign
    /// Every way has a token of probability 0 in some frame.
    case impossible
    /// No way was found from the beginning of a long text to its end.
    case lost

    public var description: String {
        switch self {
        case .shape(let frames, let tokens, let values): "\(values) values are not \(frames) frames of \(tokens) tokens, one at least of each"
        case .badValue(let frame, let value):
            "frame \(frame): found \(value == -.infinity ? "nothing above -inf" : "the value \(value)"); expected logarithms of probabilities, or logits"
        case .noBlank(nil): "no token is known to be the blank of CTC, such as <pad>, [PAD], <blank> or - as number 0; name it with --blank"
        case .noBlank(let name?): "there is no token '\(name)' to be the blank"
        case .noSeparator(let name): "there is no token '\(name)' to stand between words"
        case .repeatedNumber(let token, let number): "the token '\(token)' has the number \(number), which another one has or which is out of range"
        case .noTokens: "there are no tokens"
        case .tooFewColumns(let columns, let needed): "the emissions have \(columns) tokens a frame, but the token file needs \(needed)"
        case .tooFewFrames(let frames, let needed): "the text needs at least \(needed) frames, but there are \(frames): another text, or too long a hop"
        case .nothingToAlign: "no word of the text can be written in the tokens"
        case .lost: "the text was lost on the way through the frames: it may be another one than is spoken"
        case .impossible: "the text cannot be there: every way through it has a token of probability 0"
        }
    }
}
