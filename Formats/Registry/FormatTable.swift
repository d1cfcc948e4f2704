/// The formats, in the order in which content is matched against them.
enum FormatTable {
    static let syntaxes: [any LabelSyntax.Type] = [
        NativeJSON.self, NativeLines.self,
        WebVTT.self, SubStation.self, TTML.self,
        RTTM.self, SBV.self, STM.self, CTM.self, Audacity.self, UEM.self,
        MOT.self, KITTI.self, CVAT.self,
        TextGrid.self, EAF.self, EmotionML.self,
        COCO.self,
        VOC.self, YOLO.self, LabelStudio.self,
        Kaldi.self,
        Lhotse.self, NeMo.self,
        CSV.self, TSV.self, WebDataset.self,
        // A line of times stands in the other subtitle formats too.
        SubRip.self,
    ]
}
