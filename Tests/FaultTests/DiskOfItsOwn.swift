import Glibc

/// A small file system that only one command sees.
enum DiskOfItsOwn {
    /// Whether this process may mount one.
    static let isPossible: Bool = {
        let script = "d=$(mktemp -d) && unshare -m mount -t tmpfs -o size=100k none $d; s=$?; rmdir $d; exit $s"
        guard let ended = try? RunningProgram(["/bin/sh", "-c", script]).wait() else { return false }
        return ended.status == 0
    }()
}
