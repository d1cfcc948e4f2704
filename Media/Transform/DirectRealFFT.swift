import CFFmpeg

/// A real transform by libavutil's `av_tx`.
final class DirectRealFFT: RealFFTPlan {
    /// FFmpeg 5.1 does not return from planning a longer real transform.
    static let longest = 1 << 18

    let samples, spectrum: UnsafeMutablePointer<Float>
    private let there, back: (context: OpaquePointer, run: av_tx_fn)

    init(_ count: Int) {
        samples = Self.buffer(count)
        spectrum = Self.buffer(count + 2)
        there = Self.plan(count, inverse: false)
        back = Self.plan(count, inverse: true)
    }

    deinit {
        var contexts = (Optional(there.context), Optional(back.context))
        av_tx_uninit(&contexts.0)
        av_tx_uninit(&contexts.1)
        av_free(samples)
        av_free(spectrum)
    }

    func forward() { there.run(there.context, spectrum, samples, MemoryLayout<Float>.stride) }

    func inverse() { back.run(back.context, samples, spectrum, 2 * MemoryLayout<Float>.stride) }

    private static func plan(_ count: Int, inverse: Bool) -> (context: OpaquePointer, run: av_tx_fn) {
        var context: OpaquePointer?
        var run: av_tx_fn?
        var scale: Float = 1
        let status = av_tx_init(&context, &run, AV_TX_FLOAT_RDFT, inverse ? 1 : 0, Int32(count), &scale, 0)
        guard status >= 0, let context, let run else { preconditionFailure("no memory for a transform of \(count)") }
        return (context, run)
    }

    /// Memory aligned as FFmpeg's vector code asks.
    private static func buffer(_ count: Int) -> UnsafeMutablePointer<Float> {
        guard let memory = av_mallocz(count * MemoryLayout<Float>.stride + 64) else {
            preconditionFailure("no memory for a transform of \(count)")
        }
        return memory.assumingMemoryBound(to: Float.self)
    }
}
