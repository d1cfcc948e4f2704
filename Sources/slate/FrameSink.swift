import Formats
import Glibc
import Media
import Timeline

/// Turns frames into image files, or collects them on a contact sheet.
final class FrameSink {
    private let command: FramesCommand
    private let names: FrameNames
    private let turn: QuarterTurn
    private let report: FramesReport
    private let encoder: ImageEncoder
    private var taken = 0
    private var sheet: ContactSheet?
    private var sheetTimes: [Timestamp] = []

    init(_ command: FramesCommand, turn: QuarterTurn, report: FramesReport) throws {
        (self.command, self.turn, self.report) = (command, turn, report)
        names = FrameNames(command)
        encoder = ImageEncoder(names.suffix == .png ? .png : .jpeg(quality: command.quality))
        try makeFolder()
    }

    func take(_ frame: VideoFrame) throws {
        taken += 1
        let picture = frame.picture.turned(turn)
        if let cells = command.sheet { return try place(picture, at: frame.time, in: cells) }
        let path = names.path(index: taken, time: frame.time, frame: frame.index)
        guard try write(picture, to: path) else { return }
        report.wrote(path, frame, picture, index: taken)
    }

    /// Writes the contact sheet, if one was asked for.
    func finish() throws {
        guard command.sheet != nil else { return }
        guard let sheet else { throw CommandProblem("\(command.video): there is no frame for the sheet") }
        let path = names.sheetPath
        guard try write(sheet.picture, to: path) else { return }
        report.wroteSheet(path, sheet, times: sheetTimes)
    }

    private func place(_ picture: Picture, at time: Timestamp, in cells: TypedSides) throws {
        guard sheetTimes.count < cells.width * cells.height else { return }
        if sheet == nil {
            sheet = ContactSheet(
                columns: cells.width, rows: cells.height, cellWidth: picture.width, cellHeight: picture.height,
                layout: picture.layout)
        }
        guard sheet != nil else {
            throw CommandProblem("a sheet of \(cells.width) x \(cells.height) such pictures is too large; use --size")
        }
        sheet?.place(picture, at: sheetTimes.count)
        sheetTimes.append(time)
    }

    /// False when the file was refused; that is in the report then.
    private func write(_ picture: Picture, to path: String) throws -> Bool {
        let bytes = try encoder.encode(picture)
        do {
            try AtomicFile.write(bytes, to: path, replaces: command.replace && !isInput(path))
            return true
        } catch {
            report.refuse("\(error)")
            return false
        }
    }

    /// Whether a path names the video itself, which is never replaced.
    private func isInput(_ path: String) -> Bool {
        var (input, output) = (stat(), stat())
        guard stat(command.video, &input) == 0, stat(path, &output) == 0 else { return false }
        return input.st_dev == output.st_dev && input.st_ino == output.st_ino
    }

    private func makeFolder() throws {
        guard let folder = names.folder, mkdir(folder, 0o777) != 0, errno != EEXIST else { return }
        throw CommandProblem("\(folder): a folder cannot be made: \(String(cString: strerror(errno)))")
    }
}

/// A problem that ends a subcommand, in words for the person who typed it.
struct CommandProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
