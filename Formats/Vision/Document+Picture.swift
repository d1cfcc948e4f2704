import Timeline

extension Document {
    /// Whether the document speaks of a still picture: its labels stand at the start, each in one frame, and nobody stated a rate.
    var isPicture: Bool {
        guard media.video?.timing == nil, media.sound == nil, media.duration == nil else { return false }
        return layers.allSatisfy { layer in
            layer.labels.indices.allSatisfy { index in
                guard layer.labels.span(at: index) == .instant(.zero) else { return false }
                guard case .track(let track) = layer.labels[index].content else { return true }
                return track.keyframes.count == 1 && track.interpolation == .none
            }
        }
    }
}
