import Glibc

/// Files as bytes.
enum Bytes {
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var size = stat()
        guard fstat(descriptor, &size) == 0 else { throw failure(path) }
        var bytes = [UInt8](repeating: 0, count: Int(size.st_size))
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count else { throw failure(path) }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let writer = try Writer(path)
        try writer.append(bytes)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func failure(_ path: String) -> BenchmarkError { BenchmarkError("\(path): \(String(cString: strerror(errno)))") }

    /// A new file, written piece by piece.
    final class Writer {
        private let path: String
        private let descriptor: Int32

        init(_ path: String) throws {
            self.path = path
            descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw failure(path) }
        }

        deinit { close(descriptor) }

        func append(_ bytes: [UInt8]) throws {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { throw failure(path) }
                rest = rest.dropFirst(count)
            }
        }
    }
}
