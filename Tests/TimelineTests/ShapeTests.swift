import Testing
import Timeline

@Suite struct ShapeTests {
    @Test func `the bounds of a mask are those of the pixels inside`() throws {
        // 3 wide, 4 high, column by column:   . . #
        //                                     . # #
        //                                     . # .
        //                                     . . .
        let mask = try #require(Mask(width: 3, height: 4, runs: [5, 2, 1, 2, 2]))
        #expect(mask.area == 4)
        #expect(mask.bounds == Box(x: 1, y: 0, width: 2, height: 3))
    }

    @Test func `a run over several columns reaches from top to bottom`() {
        #expect(Mask(width: 3, height: 4, runs: [3, 2, 7])?.bounds == Box(x: 0, y: 0, width: 2, height: 4))
        #expect(Mask(width: 3, height: 4, runs: [12])?.bounds == nil)
    }

    @Test func `a mask never covers more pixels than there are`() {
        #expect(Mask(width: 3, height: 4, runs: [13]) == nil)
        #expect(Mask(width: -1, height: 4, runs: []) == nil)
    }

    @Test func `a box turned by a right angle stands on its side`() {
        let bounds = Shape.rotated(RotatedBox(Box(x: 0, y: 0, width: 4, height: 2), angle: 90)).bounds
        #expect(bounds.map { abs($0.x - 1) < 1e-9 && abs($0.y + 1) < 1e-9 && abs($0.width - 2) < 1e-9 && abs($0.height - 4) < 1e-9 } == true)
    }

    @Test func `points that are not labelled do not count`() {
        let points = [Keypoint(Point(x: 0, y: 0), .absent), Keypoint(Point(x: 2, y: 3)), Keypoint(Point(x: 4, y: 9), .hidden)]
        #expect(Shape.keypoints(points).bounds == Box(x: 2, y: 3, width: 2, height: 6))
    }
}
