import Testing
import Timeline

@testable import Formats

/// Examples of W3C Media Fragments URI 1.0, sections 4.2.1 and 4.2.2, and of its test cases for what is not well formed.
@Suite struct MediaFragmentTests {
    @Test(arguments: [
        ("t=10,20", 10_000, 20_000), ("t=npt:10,20", 10_000, 20_000), ("t=,20", 0, 20_000), ("t=npt:,121.5", 0, 121_500), ("t=0:02:00,121.5", 120_000, 121_500),
        ("t=npt:120,0:02:01.5", 120_000, 121_500), ("t=10", 10_000, nil), ("t=02:00,02:01", 120_000, 121_000), ("track=audio&t=1,2", 1000, 2000),
        ("t=1,2&t=3,4", 3000, 4000), ("%74=%6ept%3A10%2C20", 10_000, 20_000), ("t=smpte-25:0:00:01:05,0:00:02", 1200, 2000), ("t=smpte:0:02:00,0:02:01:15", 120_000, 121_500),
        ("t=smpte-30:0:00:01:15.5", 1500, nil),
    ] as [(String, Int64, Int64?)]) func `times are read`(_ text: String, start: Int64, end: Int64?) {
        #expect(MediaFragment(text).time == MediaFragment.Time(start: .milliseconds(start), end: end.map { .milliseconds($0) }))
    }

    @Test func `drop-frame code leaves out two numbers a minute`() {
        // Frame 1800 at 30000/1001 frames a second.
        #expect(MediaFragment("t=smpte-30-drop:0:01:00:02").time?.start == FrameRate(30_000, over: 1001)?.time(ofFrame: 1800))
        #expect(MediaFragment("t=smpte-30-drop:0:01:00:01").time == nil)
    }

    @Test(arguments: ["", "t=", "t=,", "t=10,", "t=20,10", "t=10,10", "t=-1,2", "t=a", "t=1,2,3", "t=1:60", "t=clock:2009-07-26T11:19:01Z", "u=12", "t", "t=0:60:00", "t=99999999999"])
    func `times that are not well formed are as if they were not there`(_ text: String) { #expect(MediaFragment(text).time == nil) }

    @Test(arguments: [
        ("xywh=160,120,320,240", 160, 120, false), ("xywh=pixel:160,120,320,240", 160, 120, false), ("xywh=percent:25,50,320,240", 25, 50, true),
        ("t=1&xywh=1.5,2,320,240", 1.5, 2, false),
    ] as [(String, Double, Double, Bool)]) func `boxes are read`(_ text: String, x: Double, y: Double, isPercent: Bool) {
        #expect(MediaFragment(text).box == MediaFragment.Area(box: Box(x: x, y: y, width: 320, height: 240), isPercent: isPercent))
    }

    @Test(arguments: ["xywh=1,2,3", "xywh=1,2,3,4,5", "xywh=a,2,3,4", "xywh=cm:1,2,3,4", "xywh=1,2,3,1e999"])
    func `boxes that are not well formed are as if they were not there`(_ text: String) { #expect(MediaFragment(text).box == nil) }

    @Test(arguments: ["a b", "a%20b", "100%", "%25", "%2520", "é#x", "{a}", "%", "%2", "http://a/b%C3%A9?c=d"]) func `names come back from IRIs`(_ name: String) {
        let iri = PercentEscapes.iri(name, escaping: PercentEscapes.isForbiddenInMedia)
        #expect(!iri.utf8.contains(where: PercentEscapes.isForbiddenInMedia))
        #expect(PercentEscapes.name(iri, escaping: PercentEscapes.isForbiddenInMedia) == name)
    }
}
