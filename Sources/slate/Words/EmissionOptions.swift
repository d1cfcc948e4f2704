import Alignment
import ArgumentParser
import Batch
import Timeline

extension CTCAligner.StarScore: ExpressibleByArgument {}
extension CTCAligner.StarPlaces: ExpressibleByArgument {}
extension UnknownText: ExpressibleByArgument {}

/// Emissions of a CTC model in place of a synthetic voice.
struct EmissionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("What a CTC model says of each frame, as a .npy file: frames by tokens, logits or log probabilities. Needs --tokens.", valueName: "file"),
        completion: .file())
    var emissions: String?
    @Option(help: ArgumentHelp("The model's tokens: its vocab.json, or one token a line.", valueName: "file"), completion: .file()) var tokens: String?
    @Option(help: ArgumentHelp("The blank token of CTC. Default: <pad>, [PAD], <blank> or such a name; without one, a last column beyond the tokens.", valueName: "token"))
    var blank: String?
    @Option(help: ArgumentHelp("The token between words. Default: | where there is one.", valueName: "token")) var separator: String?
    @Option(help: ArgumentHelp("Seconds from frame to frame, such as 0.02 or, as hop over sample rate, 320/16000. Default: 0.02.", valueName: "seconds"))
    var frameDuration: TypedRatio?
    @Option(help: ArgumentHelp("When the first frame begins.", valueName: "seconds")) var offset: TypedLength?
    @Option(help: "What becomes of text that the tokens cannot write, such as numbers: star, any sound may stand for it; or skip.") var unknown: UnknownText?
    @Option(help: "Where speech may stand that the transcript does not have: none, edges of the recording, or also between lines.")
    var stars: CTCAligner.StarPlaces?
    @Option(help: "What such sound scores in a frame: best, as the likeliest token; or free, as a probability of 1.") var starScore: CTCAligner.StarScore?
    @Flag(help: "Find the boundaries of words again by models of their phones, near the times of the emissions. Needs espeak-ng.") var refit = false

    func validate() throws {
        let others: [Any?] = [blank, separator, frameDuration, offset, unknown, stars, starScore]
        guard emissions != nil else {
            if tokens != nil || refit || others.contains(where: { $0 != nil }) { throw ValidationError("Options about tokens, frames and stars need --emissions.") }
            return
        }
        guard tokens != nil else { throw ValidationError("--emissions needs --tokens.") }
        guard clock != nil else { throw ValidationError("--frame-duration is from 0.0001 to 10 seconds.") }
    }

    private var clock: FrameClock? {
        guard let frameDuration else { return FrameClock(seconds: FrameClock.standard.numerator, over: FrameClock.standard.denominator, offset: offset?.length ?? .zero) }
        return FrameClock(seconds: frameDuration.numerator, over: frameDuration.denominator, offset: offset?.length ?? .zero)
    }

    /// The job that takes the emissions; nil without any.
    func job(language: String) throws -> (job: EmissionJob, emissions: String)? {
        guard let emissions, let tokens, let clock else { return nil }
        let set = try TokenFile.read(tokens, language: language, blank: blank, separator: separator)
        var job = EmissionJob(tokens: set, language: language)
        job.clock = clock
        job.unknown = unknown ?? .star
        job.aligner.untranscribed = stars ?? .none
        job.aligner.star = starScore ?? .best
        job.refits = refit
        return (job, emissions)
    }
}
