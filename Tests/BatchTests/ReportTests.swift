import Foundation
import Testing

@testable import Batch

private func item(_ index: Int, media: String = "m.mkv", subtitles: String = "s.srt") -> BatchItem {
    BatchItem(index: index, media: media, subtitles: subtitles, output: "out/s.srt", language: "en", basis: .name)
}

private func report(_ index: Int) -> ItemReport { ItemReport(item: item(index), result: .done(outcome(index))) }

private let hostile = "<script>alert('x')</script>\"&\u{0}\u{1B}[2J"

@Suite struct HTMLReportTests {
    private func page(_ reports: [ItemReport], stop: BatchSummary.Stop? = nil, pairing: PairingResult = .init())
        -> String
    {
        HTMLReport(title: "aligned", summary: BatchSummary(reports: reports, stop: stop), pairing: pairing).text
    }

    /// The page without the parts that are the same for every batch.
    private func variable(_ page: String) -> String {
        page.replacing(HTMLReport.style, with: "").replacing(HTMLReport.script, with: "")
    }

    @Test func `names, errors, notes and titles cannot become markup`() {
        var remarked = outcome(2)
        remarked.notes = [hostile]
        var pairing = PairingResult()
        pairing.unpairedMedia = [InputFile(path: hostile, relativePath: hostile)]
        let reports = [
            ItemReport(item: item(0, media: hostile, subtitles: hostile), result: .failed(.init(.input, hostile))),
            ItemReport(item: item(1), result: .done(remarked)),
        ]
        let summary = BatchSummary(reports: reports, stop: .diskFull(hostile))
        let text = variable(HTMLReport(title: hostile, summary: summary, pairing: pairing).text)
        #expect(text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\u{FFFD}\u{FFFD}[2J"))
        #expect(!text.contains("alert('x')") && text.components(separatedBy: "<script>").count == 2)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `the page names nothing outside itself`() {
        let text = page([report(1), report(2)])
        for word in ["http:", "https:", "src=", "href=", "@import", "url("] { #expect(!text.contains(word), "\(word)") }
    }

    @Test func `the files to look at first come first`() throws {
        let reports = [
            report(0), report(1), report(2), report(3),
            ItemReport(item: item(4), result: .failed(.init(.input, "no sound"))),
        ]
        let text = variable(page(reports))
        let order = text.matches(of: /<article class="v-([a-z-]+)"/).map { String($0.1) }
        #expect(order == ["failed", "unsure", "foreign", "aligned", "in-sync"])
    }

    @Test func `the page does not depend on the order of completion or on resuming`() {
        let reports = (0..<10).map(report)
        let again = (0..<10).reversed().map {
            ItemReport(item: item($0), result: .done(outcome($0)), isResumed: true, seconds: 3)
        }
        #expect(page(reports) == page(again))
    }

    @Test func `five thousand files stay below four kilobytes each`() {
        #expect(page((0..<5000).map(report)).utf8.count < 5000 * 4096)
    }

    @Test func `figures that are not numbers are shown as such`() {
        var odd = outcome(0)
        (odd.confidence, odd.correlation, odd.mediaTicks) = (.nan, .infinity, 0)
        odd.pieces[0].offsetTicks = .max
        let text = page([ItemReport(item: item(0), result: .done(odd))])
        #expect(text.contains("correlation ?"))
    }
}

@Suite struct OffsetCurveTests {
    private let second: Int64 = 705_600_000

    private func curve(_ pieces: [ItemOutcome.Piece]) -> OffsetCurve? {
        var made = outcome(0)
        made.pieces = pieces
        return OffsetCurve(made)
    }

    private func piece(_ start: Int64, _ end: Int64, offset: Int64, rate: Int64 = 1_000_000_000) -> ItemOutcome.Piece {
        .init(
            cueCount: 1, startTicks: start * second, endTicks: end * second, rateBillionths: rate,
            offsetTicks: offset * second)
    }

    @Test func `a constant offset is a level line in the middle`() {
        #expect(curve([piece(0, 300, offset: 0)])?.svg.contains("<path class=l d=\"M0.0 30.0L200.0 30.0\"/>") == true)
    }

    @Test func `a cut is a step between two lines`() throws {
        // Media 600 s wide on 400 units; offsets 0 and 10 s, padded by 1.5 s above and below: 60 units for 13 s.
        let drawn = try #require(curve([piece(0, 290, offset: 0), piece(290, 590, offset: 10)]))
        #expect(drawn.range == -1.5...11.5)
        #expect(drawn.svg.contains("<path class=s d=\"M193.3 53.1L200.0 6.9\"/>"))
        #expect(drawn.svg.contains("<path class=l d=\"M0.0 53.1L193.3 53.1M200.0 6.9L400.0 6.9\"/>"))
    }

    @Test func `a drift of one in a thousand climbs by its share`() {
        let drift = piece(0, 500, offset: 0, rate: 1_001_000_000)
        #expect(abs(drift.offset(atTicks: 500 * second) - 0.5) < 1e-9)
    }

    @Test func `no pieces give no curve, and thousands a bounded one`() throws {
        #expect(curve([]) == nil)
        let many = try #require(curve((0..<5000).map { piece(Int64($0), Int64($0) + 1, offset: Int64($0 % 2)) }))
        #expect(many.svg.utf8.count < 20_000)
    }
}

@Suite struct DisplayNumberTests {
    @Test(
        arguments: [
            (0, 2, "0.00"), (-0.0004, 3, "0.000"), (-0.0005, 3, "-0.001"), (1.005, 1, "1.0"), (12.345678, 3, "12.346"),
            (99.5, 0, "100"), (.nan, 2, "?"), (-.infinity, 2, "?"),
        ] as [(Double, Int, String)])
    func `decimals are fixed`(value: Double, decimals: Int, expected: String) {
        #expect(DisplayNumber.fixed(value, decimals: decimals) == expected)
    }

    @Test func `offsets carry a sign and times their units`() {
        #expect(
            DisplayNumber.offset(1.25) == "+1.250 s" && DisplayNumber.offset(-1) == "-1.000 s"
                && DisplayNumber.offset(0) == "0.000 s")
        #expect(DisplayNumber.clock(3725) == "1:02:05" && DisplayNumber.clock(65.4) == "1:05")
        #expect(
            DisplayNumber.wait(7503) == "2 h 05 min" && DisplayNumber.wait(250) == "4 min 10 s"
                && DisplayNumber.wait(0.2) == "1 s")
    }
}

@Suite struct TextReportTests {
    @Test func `the table sums up and names the worst files`() {
        let failed = ItemReport(
            item: item(4, subtitles: "bad\u{1B}.srt"), result: .failed(.init(.input, "line 3: not a time")))
        let summary = BatchSummary(reports: (0..<4).map(report) + [failed], seconds: 61)
        #expect(
            SummaryTable(summary).text == """
                5 files, 1 min 01 s
                  failed   1  20 %
                  unsure   1  20 %
                  foreign  1  20 %
                  aligned  1  20 %
                  in-sync  1  20 %

                Look at these first:
                  failed         bad .srt: line 3: not a time
                  unsure   0.20  s.srt
                  foreign  0.30  s.srt

                """)
    }

    @Test func `the progress line gives counts, rate and remaining time`() {
        var progress = BatchProgress(total: 20)
        progress.add(ItemReport(item: item(0), result: .done(outcome(0)), isResumed: true))
        for index in 0..<4 { progress.add(report(index)) }
        progress.add(ItemReport(item: item(4), result: .failed(.init(.input, ""))))
        // Six of twenty; five worked on in ten seconds; fourteen left at half a file a second.
        #expect(
            progress.line(elapsed: 10)
                == "6/20  30 %  30.0 files/min  28 s left  2 aligned  1 in-sync  1 unsure  1 foreign  1 failed")
        #expect(progress.line(elapsed: 10, width: 10) == "6/20  30 %")
    }

    @Test func `events are one JSON object each`() throws {
        let failed = ItemReport(item: item(3, subtitles: "a\"\n.srt"), result: .failed(.init(.transient, "\u{1}")))
        let events: [BatchEvent] = [
            .begin(items: 2, jobs: 4, outputFolder: "aligned", toolVersion: "1"), .item(report(0)), .item(failed),
            .conflict(PairingConflict(subtitles: InputFile(path: "s.srt", relativePath: "s.srt"), candidates: [])),
            .unpaired(InputFile(path: "m.mkv", relativePath: "m.mkv")),
            .summary(BatchSummary(reports: [report(1), failed])),
        ]
        let objects = try events.map { event in
            try #require(try JSONSerialization.jsonObject(with: Data(event.jsonLine.utf8)) as? [String: Any])
        }
        #expect(objects.map { $0["type"] as? String } == ["begin", "item", "item", "conflict", "unpaired", "summary"])
        #expect(events[0].jsonLine == #"{"type":"begin","items":2,"jobs":4,"output":"aligned","version":"1"}"#)
        #expect(objects[1]["result"] as? String == "aligned" && (objects[1]["pieces"] as? [Any])?.count == 1)
        #expect(objects[2]["subtitles"] as? String == "a\"\n.srt" && objects[2]["error"] as? String == "\u{1}")
        #expect(objects[5]["failed"] as? Int == 1 && objects[5]["stopped"] is NSNull)
    }
}
