import ArgumentParser
import Media
import Timeline

/// A time as typed: `1.5`, `1:02.25` or `00:01:02.250`. Exact: digits become ticks without passing through `Double`.
struct TypedTime: Hashable, ExpressibleByArgument {
    let time: Timestamp

    /// Nil unless it is seconds, minutes and seconds, or hours, minutes and seconds, with at most nine decimals.
    init?(argument: String) {
        let fields = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), let last = fields.last else { return nil }
        let parts = last.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = fields.dropLast().map(Self.number) + [Self.number(parts[0])]
        var seconds: Int64 = 0
        for (place, value) in whole.enumerated() {
            guard let value, place == 0 || value < 60 else { return nil }
            seconds = seconds * 60 + value
        }
        guard let fraction = parts.count == 1 ? 0 : Self.fraction(parts[1]) else { return nil }
        time = .seconds(seconds) + TimeDelta(ticks: fraction)
        guard time.isRepresentable else { return nil }
    }

    private static func number(_ digits: Substring) -> Int64? {
        guard (1...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int64(digits)
    }

    private static func fraction(_ digits: Substring) -> Int64? {
        guard (1...9).contains(digits.utf8.count), let value = number(digits) else { return nil }
        return value.scaled(by: ticksPerSecond, over: (0..<digits.utf8.count).reduce(1) { scale, _ in scale * 10 })
    }
}

/// Times separated by commas.
struct TypedTimes: ExpressibleByArgument {
    let times: [Timestamp]

    init?(argument: String) {
        let typed = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            TypedTime(argument: String($0))
        }
        guard typed.allSatisfy({ $0 != nil }) else { return nil }
        times = typed.compactMap { $0?.time }
    }
}

/// A step: `50` frames, or `2s`, `0.5s`, `500ms` of time.
enum FrameStep: Hashable, ExpressibleByArgument {
    case frames(Int)
    case time(TimeDelta)

    init?(argument: String) {
        if argument.hasSuffix("s") {
            let isMillis = argument.hasSuffix("ms")
            guard let typed = TypedTime(argument: String(argument.dropLast(isMillis ? 2 : 1))) else { return nil }
            let length = typed.time - Timestamp.zero
            let ticks = isMillis ? length.ticks.scaled(by: 1, over: 1000) : length.ticks
            guard let ticks, ticks > 0 else { return nil }
            self = .time(TimeDelta(ticks: ticks))
        } else {
            guard let count = Int(argument), (1...1_000_000_000).contains(count) else { return nil }
            self = .frames(count)
        }
    }
}

/// Two whole numbers with an x between: `640x360` pixels, `4x3` cells.
struct TypedSides: Hashable, ExpressibleByArgument {
    let width, height: Int

    init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard sides.count == 2, Picture.allows(sides[0], sides[1]),
            argument.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "x") })
        else { return nil }
        (width, height) = (sides[0], sides[1])
    }
}
