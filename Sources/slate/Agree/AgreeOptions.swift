import Agreement
import ArgumentParser
import Timeline

extension GammaSampling: ExpressibleByArgument {}
extension LayerKind: ExpressibleByArgument {}

/// What `slate agree` compares, and how.
struct AgreeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Measure to print; may be repeated. Default: those that fit the input.", valueName: "name")) var measure: [AgreeMeasure] = []
    @Option(help: ArgumentHelp("Compare the labels of this layer alone.", valueName: "id")) var layer: String?
    @Option(help: ArgumentHelp("Compare labels of this kind. Default: the first of turns, tags, emotions, phones, entities, cues and words that a file has.", valueName: "kind"))
    var kind: LayerKind?
    @Flag(help: "Print alpha for each category against all others, and what is confused most.") var categories = false

    @Option(help: ArgumentHelp("Least intersection over union of labels that f1 pairs.", valueName: "share")) var overlap = 0.5
    @Option(help: ArgumentHelp("Largest distance of boundaries that boundary-f1 pairs.", valueName: "seconds")) var tolerance = 0.2
    @Option(help: ArgumentHelp("Weight of position in gamma.", valueName: "number")) var alpha = 1.0
    @Option(help: ArgumentHelp("Weight of the category in gamma.", valueName: "number")) var beta = 1.0
    @Option(help: ArgumentHelp("How gamma draws what chance gives: shuffled or statistical.", valueName: "name")) var sampling = GammaSampling.shuffled
    @Option(help: ArgumentHelp("Draws for gamma's expected disorder.", valueName: "number")) var samples = 30

    @Option(help: ArgumentHelp("Draws of recordings for the intervals; 0 for none.", valueName: "number")) var replicates = 1000
    @Option(help: ArgumentHelp("Confidence of the intervals.", valueName: "share")) var confidence = 0.95
    @Option(help: ArgumentHelp("Seed of all draws: the same seed prints the same figures.", valueName: "number")) var seed: UInt64 = 0

    func validate() throws {
        if !(overlap > 0 && overlap <= 1) { throw ValidationError("--overlap is above 0 and up to 1.") }
        if !(tolerance >= 0 && tolerance <= 1e6) { throw ValidationError("--tolerance is 0 or more seconds.") }
        if !(alpha > 0 && alpha.isFinite) || !(beta >= 0 && beta.isFinite) { throw ValidationError("--alpha is above 0, --beta 0 or more.") }
        if !(2...100_000).contains(samples) { throw ValidationError("--samples is 2 to 100000.") }
        if !(0...1_000_000).contains(replicates) { throw ValidationError("--replicates is 0 to 1000000.") }
        if !(confidence > 0 && confidence < 1) { throw ValidationError("--confidence lies between 0 and 1.") }
        if kind == .tracks { throw ValidationError("--kind tracks: boxes and tracks are compared by slate score.") }
    }

    var gamma: Gamma.Options {
        Gamma.Options(dissimilarity: GammaDissimilarity(alpha: alpha, beta: beta), sampling: sampling, samples: samples, seed: seed)
    }

    /// The tolerance in ticks.
    var toleranceTicks: Int64 { Int64((tolerance * Double(ticksPerSecond)).rounded()) }
}
