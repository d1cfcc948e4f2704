/// Who or what made labels, under which guideline, and when.
public struct Source: Hashable, Sendable {
    /// Unique in the document.
    public var id: SourceID
    public var agent: Agent
    /// The version of the guideline that was followed.
    public var guideline: String?
    public var time: WallClock?

    public init(id: SourceID, agent: Agent, guideline: String? = nil, time: WallClock? = nil) {
        (self.id, self.agent, self.guideline, self.time) = (id, agent, guideline, time)
    }
}

/// The name of a source inside its document.
public struct SourceID: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }
    public static func < (a: SourceID, b: SourceID) -> Bool { a.name < b.name }
    public var description: String { name }
}

/// A maker of labels.
public enum Agent: Hashable, Sendable {
    /// A person, by name or pseudonym.
    case annotator(String)
    /// A program with the settings it ran under, in a stable order.
    case model(name: String, version: String, parameters: [Attribute])
    /// A file that stated the labels and not who made them.
    case file(String)
}

/// A moment of the calendar, in whole seconds since 1970-01-01T00:00:00Z.
public struct WallClock: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let secondsSince1970: Int64

    /// Nil outside the years 0001 to 9999, which is as far as the text form reaches.
    public init?(secondsSince1970 seconds: Int64) {
        guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
        secondsSince1970 = seconds
    }

    public static func < (a: WallClock, b: WallClock) -> Bool { a.secondsSince1970 < b.secondsSince1970 }

    /// RFC 3339 in UTC, such as `2026-11-24T01:30:00Z`.
    public var description: String {
        let days = secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : (secondsSince1970 - 86_399) / 86_400
        let seconds = secondsSince1970 - days * 86_400
        let date = Self.date(days)
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T"
            + "\(Self.padded(seconds / 3600, 2)):\(Self.padded(seconds / 60 % 60, 2)):\(Self.padded(seconds % 60, 2))Z"
    }

    /// Nil unless the text is RFC 3339 in UTC to the second and names a day that exists.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A,
            bytes[19] == 0x5A
        else { return nil }
        let fields = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].map { Self.number(bytes[$0]) }
        let known = fields.compactMap { $0 }
        guard known.count == 6, (1...12).contains(known[1]), known[2] >= 1, known[3] < 24, known[4] < 60, known[5] < 60 else { return nil }
        let days = Self.days(year: known[0], month: known[1], day: known[2])
        guard Self.date(days) == (known[0], known[1], known[2]) else { return nil }
        self.init(secondsSince1970: days * 86_400 + known[3] * 3600 + known[4] * 60 + known[5])
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days since 1970-01-01 of the Gregorian calendar.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of ``days(year:month:day:)``, from the same source.
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
