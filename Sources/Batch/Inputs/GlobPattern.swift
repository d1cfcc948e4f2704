/// A shell pattern: `*` and `?` within one folder, `[abc]`, `[a-z]`, `[!a]`, and `**` across folders.
///
/// `**` also matches no folder at all: `videos/**/*.mkv` finds `videos/a.mkv`.
struct GlobPattern {
    /// The folders before the first wildcard; empty for the current folder.
    let root: String
    /// The rest, one pattern for each path component.
    private let components: [[Character]]

    init(_ pattern: String) {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let fixed = parts.dropLast().prefix { !Self.isPattern($0) }
        root = (pattern.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
        components = parts.dropFirst(fixed.count).map(Array.init)
    }

    static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

    /// Whether a path relative to ``root`` matches.
    func matches(_ relativePath: String) -> Bool {
        Self.match(components[...], relativePath.split(separator: "/").map(Array.init)[...])
    }

    private static func match(_ patterns: ArraySlice<[Character]>, _ names: ArraySlice<[Character]>) -> Bool {
        guard let first = patterns.first else { return names.isEmpty }
        if first == ["*", "*"] {
            return match(patterns.dropFirst(), names) || (!names.isEmpty && match(patterns, names.dropFirst()))
        }
        guard let name = names.first, matches(name, first) else { return false }
        return match(patterns.dropFirst(), names.dropFirst())
    }

    /// One name against one pattern. Goes back to the latest `*` only, so the time is at most name times pattern.
    private static func matches(_ name: [Character], _ pattern: [Character]) -> Bool {
        var (n, p) = (0, 0)
        var retry: (name: Int, pattern: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                retry = (n, p + 1)
                p += 1
            } else if let next = step(name[n], pattern, p) {
                (n, p) = (n + 1, next)
            } else if let (start, after) = retry {
                retry = (start + 1, after)
                (n, p) = (start + 1, after)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }

    /// The position after the element at `p` when it takes the character; nil when it does not.
    private static func step(_ character: Character, _ pattern: [Character], _ p: Int) -> Int? {
        guard p < pattern.count else { return nil }
        guard pattern[p] == "[", let close = pattern[(p + 1)...].dropFirst().firstIndex(of: "]") else {
            return pattern[p] == "?" || pattern[p] == character ? p + 1 : nil
        }
        return takes(pattern[(p + 1)..<close], character) ? close + 1 : nil
    }

    private static func takes(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
        let isInverted = set.first == "!" || set.first == "^"
        let members = Array(isInverted ? set.dropFirst() : set)
        var (index, isMember) = (0, false)
        while index < members.count {
            if index + 2 < members.count, members[index + 1] == "-" {
                isMember = isMember || (members[index] <= character && character <= members[index + 2])
                index += 3
            } else {
                isMember = isMember || members[index] == character
                index += 1
            }
        }
        return isMember != isInverted
    }
}
