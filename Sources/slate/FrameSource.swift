import Media
import Timeline

/// Chooses the frames that `slate frames` was asked for and hands them over one by one.
struct FrameSource {
    private let command: FramesCommand
    private let reader: FrameReader

    var track: VideoTrack { reader.track }

    init(_ command: FramesCommand) throws {
        self.command = command
        let bounds = command.size ?? (command.sheet == nil ? nil : TypedSides(width: 320, height: 180))
        var options = FrameReader.Options(
            track: command.track, layout: command.gray ? .gray : .rgb, threads: command.threads)
        let probe = try FrameReader(path: command.video, options: options)
        guard let bounds else {
            reader = probe
            return
        }
        // A picture filmed sideways is scaled before it is turned.
        let isSwapped = !command.unturned && probe.track.turn.swapsSides
        options.size = .fitting(
            width: isSwapped ? bounds.height : bounds.width, height: isSwapped ? bounds.width : bounds.height)
        reader = try FrameReader(path: command.video, options: options)
    }

    /// Calls `use` with each chosen frame, and refuses in the report what cannot be given.
    ///
    /// - Returns: how many packets were damaged.
    func visit(report: FramesReport, _ use: (VideoFrame) throws -> Void) throws -> Int {
        if let times = command.at?.times {
            try visit(times, report, use)
        } else if let step = command.every {
            switch step {
            case .frames(let count): try visitEvery(count, use)
            case .time(let length): try visitEvery(length, use)
            }
        } else if command.scenes {
            try visitScenes(use)
        } else if let sheet = command.sheet {
            try visitSpread(sheet.width * sheet.height, report, use)
        }
        return reader.damagedPackets
    }

    private func visit(_ times: [Timestamp], _ report: FramesReport, _ use: (VideoFrame) throws -> Void) throws {
        for time in times {
            guard let frame = try reader.frame(at: time) else {
                report.refuse(try beforeStart(time))
                continue
            }
            guard !isPastEnd(time, of: frame) else {
                report.refuse(
                    "\(command.video): there is no frame at \(time.clock); the last one is at \(frame.time.clock)")
                continue
            }
            try use(frame)
        }
    }

    private func beforeStart(_ time: Timestamp) throws -> String {
        guard let first = try reader.skip() else { return "\(command.video): no frame could be decoded" }
        return "\(command.video): there is no frame at \(time.clock); the first one is at \(first.clock)"
    }

    /// Whether a time lies after the last frame's stay. A frame without a stated length stays to the end of the track.
    private func isPastEnd(_ time: Timestamp, of frame: VideoFrame) -> Bool {
        guard reader.isAtEnd else { return false }
        let stated = reader.statedDuration.map { Timestamp.zero + $0 } ?? frame.time
        return time >= max(frame.time + max(frame.duration, TimeDelta(ticks: 1)), stated)
    }

    private func visitEvery(_ count: Int, _ use: (VideoFrame) throws -> Void) throws {
        while let frame = try reader.next() {
            try use(frame)
            for _ in 1..<count where try reader.skip() == nil { return }
        }
    }

    /// The frames shown at 0, one step, two steps and so on, each once.
    private func visitEvery(_ step: TimeDelta, _ use: (VideoFrame) throws -> Void) throws {
        var (target, last) = (Timestamp.zero, Timestamp?.none)
        while true {
            if let frame = try reader.frame(at: target) {
                if isPastEnd(target, of: frame) { return }
                if frame.time != last { try use(frame) }
                last = frame.time
                if reader.isAtEnd { return }
            } else if try reader.skip() == nil {
                return
            }
            target = target + step
        }
    }

    private func visitScenes(_ use: (VideoFrame) throws -> Void) throws {
        var options = ShotDetector.thumbnails
        (options.track, options.threads) = (command.track, command.threads)
        let thumbnails = try FrameReader(path: command.video, options: options)
        var (detector, count) = (ShotDetector(), 0)
        func visit(_ time: Timestamp, index: Int?) throws {
            guard var frame = try reader.frame(at: time) else { return }
            frame.index = index
            try use(frame)
        }
        while let frame = try thumbnails.next() {
            if count == 0 { try visit(frame.time, index: 0) }
            count += 1
            for change in detector.update(frame) { try visit(change.time, index: change.index) }
        }
        for change in detector.finish() { try visit(change.time, index: change.index) }
    }

    /// Frames in the middle of equal parts of the track.
    private func visitSpread(_ count: Int, _ report: FramesReport, _ use: (VideoFrame) throws -> Void) throws {
        let length = try reader.statedDuration ?? decodedLength()
        for part in 0..<Int64(count) {
            let ticks = length.ticks.scaled(by: 2 * part + 1, over: 2 * Int64(count)) ?? 0
            guard let frame = try reader.frame(at: Timestamp(ticks: ticks)) ?? reader.next() else { continue }
            try use(frame)
        }
    }

    private func decodedLength() throws -> TimeDelta {
        var last = Timestamp.zero
        while let time = try reader.skip() { last = max(last, time) }
        return last - .zero
    }
}
