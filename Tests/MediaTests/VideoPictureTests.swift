import Testing
import Timeline

@testable import Media

@Suite struct VideoPictureTests {
    private func gray(_ width: Int, _ height: Int, _ text: String) throws -> Picture {
        try #require(Picture(width: width, height: height, layout: .gray, pixels: Array(text.utf8)))
    }

    @Test func `a picture needs as many bytes as its sides say`() {
        #expect(Picture(width: 2, height: 2, layout: .rgb, pixels: [0, 1, 2]) == nil)
        #expect(Picture(width: 0, height: 2, layout: .gray, pixels: []) == nil)
        #expect(Picture(width: 16_385, height: 1, layout: .gray, shade: 0) == nil)
    }

    @Test func `quarter turns move the corners`() throws {
        let picture = try gray(3, 2, "ABCDEF")  // ABC over DEF
        #expect(try picture.turned(.clockwise) == gray(2, 3, "DAEBFC"))
        #expect(try picture.turned(.half) == gray(3, 2, "FEDCBA"))
        #expect(try picture.turned(.counterclockwise) == gray(2, 3, "CFBEAD"))
        #expect(picture.turned(.none) == picture)
    }

    @Test func `a turn moves the three bytes of a colour together`() throws {
        let picture = try #require(Picture(width: 2, height: 1, layout: .rgb, pixels: [1, 2, 3, 4, 5, 6]))
        #expect(picture.turned(.half).pixels == [4, 5, 6, 1, 2, 3])
    }

    @Test(arguments: [
        (0.0, QuarterTurn.none), (90, .clockwise), (-90, .counterclockwise), (180, .half), (-180, .half), (359, .none),
        (.nan, .none),
    ])
    func `an angle is the nearest quarter turn`(angle: Double, turn: QuarterTurn) {
        #expect(QuarterTurn(degreesClockwise: angle) == turn)
    }

    @Test func `a fitting size keeps the proportions as shown and never enlarges`() {
        let fitting = PictureSize.fitting(width: 320, height: 180)
        #expect(fitting.resolved(width: 1920, height: 1080, aspect: 1) == (320, 180))
        #expect(fitting.resolved(width: 1000, height: 1000, aspect: 1) == (180, 180))
        #expect(fitting.resolved(width: 720, height: 576, aspect: 64.0 / 45) == (320, 180))
        #expect(fitting.resolved(width: 100, height: 50, aspect: 1) == (100, 50))
        #expect(PictureSize.exact(width: 0, height: 99_999).resolved(width: 5, height: 5, aspect: 1) == (1, 16_384))
    }

    @Test func `a contact sheet puts pictures side by side, then below`() throws {
        var sheet = try #require(ContactSheet(columns: 2, rows: 2, cellWidth: 1, cellHeight: 1, layout: .gray))
        for (cell, letter) in ["A", "B", "C", "D", "E"].enumerated() { sheet.place(try gray(1, 1, letter), at: cell) }
        #expect((sheet.picture.width, sheet.picture.height) == (6, 6))
        let row: (UInt8, UInt8) -> [UInt8] = { [$0, 0, 0, 0, 0, $1] }
        let black = [UInt8](repeating: 0, count: 24)
        #expect(sheet.picture.pixels == row(65, 66) + black + row(67, 68))
    }

    @Test func `a sheet that would be too large is refused`() {
        #expect(ContactSheet(columns: 100, rows: 100, cellWidth: 320, cellHeight: 180, layout: .rgb) == nil)
        #expect(ContactSheet(columns: 0, rows: 1, cellWidth: 320, cellHeight: 180, layout: .rgb) == nil)
    }
}

@Suite(.enabled(if: VideoFixture.isAvailable)) struct VideoImageTests {
    private func noise(_ layout: Picture.Layout, _ width: Int, _ height: Int) throws -> Picture {
        var random = SplitMix64(seed: 5)
        let pixels = (0..<width * height * layout.bytesPerPixel).map { _ in UInt8.random(in: 0...255, using: &random) }
        return try #require(Picture(width: width, height: height, layout: layout, pixels: pixels))
    }

    /// Odd sides, where vector code has to stop early.
    @Test(arguments: [Picture.Layout.gray, .rgb]) func `a PNG holds the picture without loss`(layout: Picture.Layout)
        throws
    {
        let folder = try VideoFixture(VideoRecipe(testDescription: "", suffix: "png", steps: []))
        let picture = try noise(layout, 37, 23)
        try folder.write(ImageEncoder(.png).encode(picture), to: "picture.png")
        try folder.run("-i picture.png -pix_fmt \(layout == .gray ? "gray" : "rgb24") -f rawvideo picture.raw")
        #expect(try folder.bytes("picture.raw") == picture.pixels)
    }

    @Test func `a JPEG of a flat picture has its colour, and quality changes its size`() throws {
        let folder = try VideoFixture(VideoRecipe(testDescription: "", suffix: "jpg", steps: []))
        let flat = try #require(Picture(width: 33, height: 17, layout: .rgb, shade: 120))
        try folder.write(ImageEncoder(.jpeg(quality: 90)).encode(flat), to: "flat.jpg")
        try folder.run("-i flat.jpg -pix_fmt rgb24 -f rawvideo flat.raw")
        let decoded = try folder.bytes("flat.raw")
        #expect(decoded.count == flat.pixels.count)
        #expect(decoded.allSatisfy { abs(Int($0) - 120) <= 2 })
        let picture = try noise(.rgb, 64, 64)
        let sizes = try [1, 50, 100].map { try ImageEncoder(.jpeg(quality: $0)).encode(picture).count }
        #expect(sizes == sizes.sorted() && Set(sizes).count == 3)
    }

    /// Odd sides: libswscale once read the colour of the last column from whatever lay behind the picture.
    @Test func `the same picture gives the same bytes wherever it lies in memory`() throws {
        let picture = try noise(.rgb, 33, 17)
        for format in [ImageEncoder.Format.png, .jpeg(quality: 80)] {
            let first = try ImageEncoder(format).encode(picture)
            for _ in 0..<20 {
                var copy = picture.pixels
                copy.append(UInt8(copy.count % 251))
                copy.removeLast()
                let again = try #require(Picture(width: 33, height: 17, layout: .rgb, pixels: copy))
                #expect(try ImageEncoder(format).encode(again) == first)
            }
        }
    }
}
