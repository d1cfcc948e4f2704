import ArgumentParser
import Media
import Testing
import Timeline

@testable import slate

@Suite struct FramesCommandTests {
    @Test(arguments: [
        ("0", 0), ("1.5", 1500), ("90", 90_000), ("1:02.25", 62_250), ("00:01:02.250", 62_250), ("1:00:00", 3_600_000),
        ("0.001", 1), ("100:00:00.000", 360_000_000),
    ])
    func `a typed time is exact`(text: String, milliseconds: Int64) {
        #expect(TypedTime(argument: text)?.time == .milliseconds(milliseconds))
    }

    @Test func `a decimal that no Double holds is exact in ticks`() {
        #expect(TypedTime(argument: "0.1")?.time.ticks == 70_560_000)
        #expect(
            TypedTime(argument: "2000000000.000000001")?.time
                == Timestamp(ticks: 1_411_200_000_000_000_001))
    }

    @Test(arguments: [
        "", "1,5", "-1", "1.", ".5", "1:60", "1:2:3:4", "1e3", "0x10", "1.1234567890", "١", "99999999999", "9999999999",
        " 1",
    ])
    func `what is no time is refused`(text: String) {
        #expect(TypedTime(argument: text) == nil)
    }

    @Test func `times are separated by commas`() {
        #expect(TypedTimes(argument: "1,0:02.5")?.times == [.seconds(1), .milliseconds(2500)])
        #expect(TypedTimes(argument: "1,,2") == nil)
    }

    @Test func `a step counts frames, or time when it ends in s`() {
        #expect(FrameStep(argument: "50") == .frames(50))
        #expect(FrameStep(argument: "2s") == .time(.seconds(2)))
        #expect(FrameStep(argument: "0.5s") == .time(.milliseconds(500)))
        #expect(FrameStep(argument: "500ms") == .time(.milliseconds(500)))
        for text in ["0", "-1", "0s", "s", "ms", "2m", ""] { #expect(FrameStep(argument: text) == nil, "\(text)") }
    }

    @Test func `two sides are two whole numbers`() {
        #expect(TypedSides(argument: "640x360") == TypedSides(width: 640, height: 360))
        for text in ["640", "0x1", "x", "1x2x3", "+1x2", "20000x10"] {
            #expect(TypedSides(argument: text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        ["v.mp4"], ["v.mp4", "--at", "1", "--scenes"], ["v.mp4", "--at", "1,2", "-o", "a.png"],
        ["v.mp4", "--every", "2", "--name", "x"], ["v.mp4", "--at", "1", "--quality", "0"],
        ["v.mp4", "--sheet", "300x1"], ["v.mp4", "--at", "x"], ["--at", "1"],
    ])
    func `what cannot be meant is bad usage`(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try FramesCommand.parse(arguments) }
        #expect(error.map { FramesCommand.exitCode(for: $0).rawValue } == 64)
    }

    @Test func `a name is filled in and stays in its folder`() throws {
        let command = try FramesCommand.parse(
            [
                "in/my.talk.mp4", "--every", "2", "-o", "out//", "--name", "../{name}_{index}_{time}_{frame}",
                "--format", "jpg",
            ])
        let path = FrameNames(command).path(index: 3, time: .milliseconds(3_723_004), frame: 12)
        #expect(path == "out/.._my.talk_00003_01h02m03.004s_000012.jpg")
    }

    @Test func `the end of a single output names its format`() throws {
        let names = FrameNames(try FramesCommand.parse(["v.mkv", "--at", "1", "-o", "a/b.JPG"]))
        #expect(names.suffix == .jpg)
        #expect(names.path(index: 1, time: .zero, frame: nil) == "a/b.JPG")
    }

    @Test(arguments: [(0, "0"), (62_250, "62.25"), (-40, "-0.04"), (1001, "1.001")])
    func `seconds are printed from ticks`(milliseconds: Int64, text: String) {
        #expect(FramesReport.seconds(.milliseconds(milliseconds)) == text)
    }
}
