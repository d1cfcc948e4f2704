/// The formats, in the order in which content is matched against them.
enum FormatTable {
    static let syntaxes: [any LabelSyntax.Type] = [
        NativeJSON.self, NativeLines.self,
        WebVTT.self, SubStation.self, TTML.self,
        RTTM.self,
        MOT.self, KITTI.self, CVAT.self,
        TextGrid.self,
        Kaldi.self,
        Lhotse.self, NeMo.self,
        // A line of times stands in the other subtitle formats too.
        SubRip.self,
    ]
}
