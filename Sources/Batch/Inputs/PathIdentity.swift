/// Whether paths name one file, seen through links and spellings.
public enum PathIdentity {
    public static func exists(_ path: String) -> Bool { FileStatus(path: path) != nil }

    /// False when either does not exist.
    public static func same(_ a: String, _ b: String) -> Bool {
        guard let first = FileStatus(path: a)?.identity, let second = FileStatus(path: b)?.identity else { return false }
        return first == second
    }
}
