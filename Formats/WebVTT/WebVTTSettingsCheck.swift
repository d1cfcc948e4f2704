import Timeline

/// Remarks on cue settings and regions that players drop.
struct WebVTTSettingsCheck {
    private var regions: Set<String> = []
    /// The latest settings without a remark, which the next cue mostly repeats.
    private var latest: [UInt8] = []

    /// The latest settings as attributes, which neighbours mostly share.
    private var kept: (bytes: [UInt8], attributes: [Attribute]) = ([], [])

    /// The settings as an attribute of a label.
    mutating func attributes(_ text: [UInt8], _ range: Range<Int>) -> [Attribute] {
        if !text[range].elementsEqual(kept.bytes) { kept = (Array(text[range]), [Attribute("webvtt.settings", text.string(range))]) }
        return kept.attributes
    }

    mutating func addRegion(_ text: [UInt8], _ range: Range<Int>, line: Int, log: inout DiagnosticLog) {
        let region = WebVTTRegion(text, range) { dropped in
            log.addHabit(
                .warning, "vtt-region", at: TextPosition(line: line), found: text.excerpt(dropped), expected: "a setting of a region, such as width:40%",
                effect: "players drop the setting")
        }
        if !regions.insert(region.id).inserted {
            log.addHabit(
                .warning, "vtt-region-repeated", at: TextPosition(line: line), found: "region '\(region.id)' again", expected: "ids that differ",
                effect: "the last one counts")
        }
        latest = []
    }

    mutating func check(_ text: [UInt8], _ range: Range<Int>, line: Int, log: inout DiagnosticLog) {
        guard !range.isEmpty, !text[range].elementsEqual(latest) else { return }
        let place = TextPosition(line: line)
        var isClean = true
        func warn(_ code: String, _ found: String, _ expected: String, _ effect: String) {
            isClean = false
            log.addHabit(.warning, code, at: place, found: found, expected: expected, effect: effect)
        }
        let settings = WebVTTSettings(text, range) { dropped in
            warn("vtt-setting", text.excerpt(dropped), "a setting such as align:start or line:90%", "players drop the setting")
        }
        if let region = settings.region {
            if !regions.contains(region) { warn("vtt-region-unknown", "region '\(region)', which is not defined", "the id of a region", "players show the cue outside any region") }
            if !settings.mayUseRegion { warn("vtt-region-unused", text.excerpt(range), "a region without vertical, line and size", "players show the cue outside the region") }
        }
        if isClean { latest = Array(text[range]) }
    }
}
