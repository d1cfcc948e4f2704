import Timeline
public struct DevResult { public var starts: [Double]; public var shifts: [Double]; public var info: String; public var f: [Double] }
extension SubtitleAligner {
    public func dev(_ track: EvidenceTrack, decoys: Int) -> DevResult? {
        guard let p = placing(on: track) else { return nil }
        let fit = Fit(cues: p.cues, shifts: p.shifts, track: track)
        var f: [Double] = [Double(p.path.score), fit.correlation, fit.support, Double(fit.observedCues), Double(p.pieces.count), p.spread]
        if decoys > 0 {
            let ds = Decoys.make(from: p.cues, count: decoys).map { d -> Double in
                Double(OffsetSearch(cues: d, track: track, options: options).best().score) }
            f += ds
        }
        let info = "k=\(p.rate.value) tau=\(p.spread) ncc=\(fit.correlation) sup=\(fit.support) segs=" + p.pieces.map { "\($0.cues.count)@\(($0.offset * 100).rounded() / 100)~\(($0.slope * 1e5).rounded() / 1e5)" }.joined(separator: ",")
        return DevResult(starts: p.cues.map(\.start), shifts: p.shifts, info: info, f: f)
    }
}
