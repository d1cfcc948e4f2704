/// The samples of one track in the order of decoding, found by reading its tables in windows: memory does not grow with
/// their number.
///
/// A packet is one sample; of uncompressed sound it is a run of up to 1024 sample frames within a chunk, as FFmpeg
/// makes them.
struct SampleTable {
    struct Packet {
        let place: Int64
        let size: Int
        /// In units of the track, before any edit list.
        let time, duration: Int64
    }

    private var times: NumberTable
    private var runs: NumberTable
    private var offsets: NumberTable
    private var sizes: NumberTable?
    private let sampleSize: Int64
    private let sampleCount: Int
    private let isInFrames: Bool
    /// The sum of all durations.
    private(set) var totalDuration: Int64 = 0

    private var sample = 0
    private var time: Int64 = 0
    private var timeRow = 0
    /// Samples left in the row of times, and how long each is.
    private var timeLeft: Int64 = 0
    private var sampleDuration: Int64 = 0
    private var chunk = 0
    private var run = 0
    private var samplesInChunk = 0
    private var placeInChunk = 0
    private var offset: Int64 = 0

    private static let framesInPacket = 1024
    /// Bytes, more than any sample takes, and more than a sample frame of uncompressed sound.
    private static let (largestSample, largestFrame): (Int64, Int64) = (16 << 20, 4096)
    /// Two weeks of AAC.
    private static let mostSamples = 1 << 26

    /// Looks at every entry of every table once.
    ///
    /// - Parameter header: where no sample may lie.
    /// - Returns: nil unless the tables agree with each other, nothing is empty, and every sample lies in the file.
    init?(_ track: MP4Track, of file: PlainFile, outside header: Range<Int64>) {
        (times, runs, offsets, sizes) = (track.times, track.runs, track.offsets, track.sizes)
        (sampleSize, sampleCount, isInFrames) = (track.sampleSize, track.sampleCount, track.isInFrames)
        let isBounded =
            isInFrames ? (1...Self.largestFrame).contains(sampleSize) : (1...Self.mostSamples).contains(sampleCount)
        guard track.shifts == nil, track.keys == nil, isBounded, checkTimes(), checkPlaces(fileSize: file.size, outside: header),
            goTo(sample: 0)
        else { return nil }
    }

    private mutating func checkTimes() -> Bool {
        var samples: Int64 = 0
        for row in 0..<times.count / 2 {
            guard let count = times.number(2 * row), let length = times.number(2 * row + 1), length <= Int64(Int32.max)
            else { return false }
            // FFmpeg tells uncompressed sound by a single row; the beginning alone would look like one.
            if row == 0, length == 1, times.count > 2 { return false }
            samples += count
            guard samples <= Int64(sampleCount) else { return false }
            // At most 2^26 samples of 2^31 units, or 2^32 of one unit.
            totalDuration += count * length
        }
        return samples == Int64(sampleCount)
    }

    private mutating func checkPlaces(fileSize: Int64, outside header: Range<Int64>) -> Bool {
        var (samples, chunks) = (0, 0)
        for row in 0..<runs.count / 3 {
            guard let first = runs.number(3 * row), let count = runs.number(3 * row + 1), let next = chunkAfter(row),
                runs.number(3 * row + 2) == 1, Int(first) == chunks + 1, next > chunks, next <= offsets.count, count > 0
            else { return false }
            while chunks < next {
                guard Int(count) <= sampleCount - samples, let size = bytes(ofSamples: samples..<samples + Int(count)),
                    let place = offsets.number(chunks), place <= fileSize, size <= fileSize - place,
                    !header.overlaps(place..<place + size)
                else { return false }
                (samples, chunks) = (samples + Int(count), chunks + 1)
            }
        }
        return samples == sampleCount && chunks == offsets.count
    }

    /// The index of the chunk behind a row of ``runs``.
    private mutating func chunkAfter(_ row: Int) -> Int? {
        row + 1 < runs.count / 3 ? runs.number(3 * row + 3).map { Int($0) - 1 } : offsets.count
    }

    private mutating func bytes(ofSamples range: Range<Int>) -> Int64? {
        guard sizes != nil else {
            guard sampleSize <= Self.largestSample else { return nil }
            return Int64(range.count) * sampleSize
        }
        var sum: Int64 = 0
        for sample in range {
            guard let size = sizes?.number(sample), size > 0, size <= Self.largestSample else { return nil }
            sum += size
        }
        return sum
    }
}

// MARK: - Reading

extension SampleTable {
    var isAtEnd: Bool { sample >= sampleCount }
    /// When the next packet begins, in units of the track.
    var nextTime: Int64 { time }

    /// The packet at the current place, which moves behind it; nil at the end.
    mutating func next() -> Packet? {
        guard !isAtEnd, let size = bytes(ofSamples: sample..<sample + step) else { return nil }
        let packet = Packet(
            place: offset, size: Int(size), time: time, duration: Int64(step) * sampleDuration)
        guard advance(packet) else { return nil }
        return packet
    }

    /// Moves to the last packet that begins at a time or before it, or to the first.
    mutating func seek(to target: Int64) -> Bool { goTo(sample: sampleIndex(at: target)) }

    /// Samples in the packet at the current place.
    private var step: Int { isInFrames ? min(Self.framesInPacket, samplesInChunk - placeInChunk) : 1 }

    private mutating func advance(_ packet: Packet) -> Bool {
        let step = step
        sample += step
        time += packet.duration
        timeLeft -= Int64(step)
        placeInChunk += step
        offset += Int64(packet.size)
        guard !isAtEnd else { return true }
        if timeLeft == 0 {
            timeRow += 1
            guard enterTimeRow() else { return false }
        }
        guard placeInChunk == samplesInChunk else { return true }
        (chunk, placeInChunk) = (chunk + 1, 0)
        if chunk == chunkAfter(run) {
            run += 1
            guard let count = runs.number(3 * run + 1) else { return false }
            samplesInChunk = Int(count)
        }
        guard let place = offsets.number(chunk) else { return false }
        offset = place
        return true
    }

    /// Goes on to the first row that holds samples.
    private mutating func enterTimeRow() -> Bool {
        while let count = times.number(2 * timeRow), let length = times.number(2 * timeRow + 1) {
            (timeLeft, sampleDuration) = (count, length)
            if count > 0 { return true }
            timeRow += 1
        }
        return false
    }

    /// The last sample that begins at a time or before it.
    private mutating func sampleIndex(at target: Int64) -> Int {
        var (samples, start): (Int64, Int64) = (0, 0)
        for row in 0..<times.count / 2 {
            guard let count = times.number(2 * row), let length = times.number(2 * row + 1) else { break }
            if target < start + count * length { return Int(samples + max(0, target - start) / length) }
            (samples, start) = (samples + count, start + count * length)
        }
        return sampleCount - 1
    }

    private mutating func goTo(sample wanted: Int) -> Bool {
        guard findChunk(of: wanted), findTime(of: sample),
            let place = offsets.number(chunk), let before = bytes(ofSamples: sample - placeInChunk..<sample)
        else { return false }
        offset = place + before
        return true
    }

    /// Sets the chunk that holds a sample, and where the packet with it begins.
    private mutating func findChunk(of wanted: Int) -> Bool {
        var (samples, chunks) = (0, 0)
        for row in 0..<runs.count / 3 {
            guard let count = runs.number(3 * row + 1).map({ Int($0) }), let next = chunkAfter(row) else { return false }
            if wanted < samples + (next - chunks) * count {
                let (further, rest) = (wanted - samples).quotientAndRemainder(dividingBy: count)
                (run, chunk, samplesInChunk) = (row, chunks + further, count)
                placeInChunk = isInFrames ? rest - rest % Self.framesInPacket : rest
                sample = samples + further * count + placeInChunk
                return true
            }
            (samples, chunks) = (samples + (next - chunks) * count, next)
        }
        return false
    }

    private mutating func findTime(of wanted: Int) -> Bool {
        var left = Int64(wanted)
        (timeRow, time) = (0, 0)
        while enterTimeRow() {
            if left < timeLeft {
                time += left * sampleDuration
                timeLeft -= left
                return true
            }
            left -= timeLeft
            time += timeLeft * sampleDuration
            timeRow += 1
        }
        return false
    }
}
