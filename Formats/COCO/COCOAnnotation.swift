import Timeline

/// One annotation as the file states it, before it is known what it refers to.
struct COCOAnnotation {
    var id, image, video, category, track: Int64?
    var box: Box?
    var polygons: [Polygon] = []
    var mask: Mask?
    /// Whether the runs of the mask stand as numbers.
    var hasPlainRuns = false
    var keypoints: [Keypoint] = []
    var area: Double?
    var isCrowd = false
    var score: Double?
    var caption: String?
    var state = Keyframe.State.visible
    var isInterpolated = false
    var rotation: Double?
    /// Where the `attributes` object stands.
    var attributes: Range<Int>?
    /// Members that have no place elsewhere.
    var others: [(name: String, value: Range<Int>)] = []
    /// The shapes of a video's frames in one annotation, as YouTube-VIS has them.
    var frames: [(index: Int, shape: Shape)] = []
    /// Segments of a panoptic picture.
    var segments: Range<Int>?
    /// Remarks: code and what was found.
    var remarks: [(code: String, found: String, expected: String)] = []
    /// Where the annotation begins.
    var offset = 0

    init() {}

    /// The most telling of the shapes that are stated: outline or mask, key points, box.
    var shape: Shape? {
        if let mask { return .mask(mask) }
        if !polygons.isEmpty { return .polygon(polygons) }
        if !keypoints.isEmpty { return .keypoints(keypoints) }
        guard let box else { return nil }
        guard let rotation, rotation != 0 else { return .box(box) }
        return .rotated(RotatedBox(box, angle: rotation))
    }
}
