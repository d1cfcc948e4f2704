/// How carefully the sample rate is changed.
public enum Resampling: Sendable {
    /// As the `ffmpeg` program does by default: a filter of 32 zero crossings.
    case exact
    /// For measurements that ask for little, such as levels: 8 zero crossings, a quarter of the work. The pass band
    /// droops by some decibels towards half the output rate.
    case light

    /// libswresample's `filter_size`.
    var filterSize: Int64 {
        switch self {
        case .exact: 32
        case .light: 8
        }
    }
}
