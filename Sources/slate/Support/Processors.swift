#if canImport(Glibc)
    import Glibc
#endif

/// The processors that this process may use.
enum Processors {
    static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
