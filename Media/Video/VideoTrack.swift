import CFFmpeg

/// What a container says about a video track.
public struct VideoTrack: Hashable, Sendable {
    /// Its index among the streams of the file, as `slate probe` numbers them.
    public let stream: Int
    /// Coded size in pixels; 0 when the file leaves it open.
    public let width, height: Int
    /// How many times as wide as high a pixel is shown; 1 when nothing is stated.
    public let pixelAspect: Double
    /// The turn that puts decoded pictures upright (phones record sideways and say so).
    public let turn: QuarterTurn
    /// Pictures per second on average, as numerator and denominator; nil when unknown. Only a hint.
    public let averageRate: TimeBase?
}

extension MediaFile {
    /// The index of a video stream: the wanted one, or with nil the track marked as default, else the first. Cover art
    /// is no video.
    func videoStream(_ wanted: Int?) throws(MediaError) -> Int {
        let tracks = (0..<streamCount).filter { isVideo($0) }
        guard let first = tracks.first else { throw failure(.noPicture) }
        guard let wanted else {
            return tracks.first { stream($0).pointee.disposition & AV_DISPOSITION_DEFAULT != 0 } ?? first
        }
        guard tracks.contains(wanted) else {
            throw failure(.noSuchTrack("\(wanted)", available: tracks.map(String.init)))
        }
        return wanted
    }

    private func isVideo(_ index: Int) -> Bool {
        kind(index) == AVMEDIA_TYPE_VIDEO && stream(index).pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
    }

    func videoTrack(_ index: Int) -> VideoTrack {
        let opened = stream(index)
        let parameters = opened.pointee.codecpar.pointee
        let aspect = av_guess_sample_aspect_ratio(context, opened, nil)
        // Beyond 20:1 a ratio is damage, not a picture.
        let ratio = aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1
        let rate = opened.pointee.avg_frame_rate
        return VideoTrack(
            stream: index, width: Int(parameters.width), height: Int(parameters.height),
            pixelAspect: (0.05...20).contains(ratio) ? ratio : 1, turn: turn(opened),
            averageRate: TimeBase(numerator: Int64(rate.num), denominator: Int64(rate.den)))
    }

    private func turn(_ stream: UnsafeMutablePointer<AVStream>) -> QuarterTurn {
        var size = 0
        guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size), size >= 36 else {
            return .none
        }
        // The matrix's angle is counterclockwise: the turn that the file asks for is its opposite.
        let angle = data.withMemoryRebound(to: Int32.self, capacity: 9) { av_display_rotation_get($0) }
        return QuarterTurn(degreesClockwise: -angle)
    }
}
