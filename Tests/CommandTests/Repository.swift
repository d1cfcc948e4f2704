import Foundation

/// The files of this package, and the program that was built from it.
enum Repository {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static func path(_ name: String) -> String { folder + "/" + name }

    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Names in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }

    /// The README and every page of docs/.
    static func pages() throws -> [String] {
        let pages = FileManager.default.enumerator(atPath: path("docs"))?.compactMap { $0 as? String } ?? []
        return ["README.md"] + pages.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    }

    /// `slate`, which the package manager puts beside the tests.
    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("slate").path

    /// What a program said and how it ended.
    struct Ending {
        let output, errors: String
        let status: Int32
    }

    /// Runs a program in the top folder of the package until it ends.
    static func run(_ arguments: [String], program: String = program) throws -> Ending {
        let process = Process()
        let (output, errors) = (try TemporaryFile(), try TemporaryFile())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output.url)
        process.standardError = try FileHandle(forWritingTo: errors.url)
        try process.run()
        process.waitUntilExit()
        return Ending(output: try output.text(), errors: try errors.text(), status: process.terminationStatus)
    }
}

/// An empty file that goes when the value goes.
final class TemporaryFile {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("slate-command-\(UUID().uuidString)")

    init() throws { try Data().write(to: url) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
}
