import CFFmpeg
import Timeline

/// A frame as the decoder gave it. Owns one `AVFrame`, whose buffers are used over and over.
final class DecodedFrame {
    let frame: UnsafeMutablePointer<AVFrame>
    var time = Timestamp.zero
    var duration = TimeDelta.zero
    var index: Int?
    var isKey = false
    var isDamaged = false
    /// Whether it holds nothing that belongs to the place where reading is now.
    var isEmpty = true

    /// Nil when there is no memory.
    init?() {
        guard let frame = av_frame_alloc() else { return nil }
        self.frame = frame
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&frame)
    }
}
