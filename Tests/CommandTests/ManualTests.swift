import Foundation
import Testing

@testable import slate

@Suite struct ManualTests {
    private let page: String

    init() throws { page = try ManualPage(CommandHelp(of: Slate.self), version: "1.2.3").roff }

    @Test func `the page names every command and every option`() throws {
        for command in try CommandHelp(of: Slate.self).subcommands {
            #expect(page.contains(".SH \"SLATE \(command.name.uppercased())\"\n"))
            for name in command.arguments.flatMap(\.names) where !["--help", "-h", "--version"].contains(name) {
                #expect(page.contains("\\fB\(ManualPage.escaped(name))\\fR"), "\(command.name) \(name)")
            }
        }
    }

    @Test func `hidden commands and the parser's own are left out`() throws {
        let names = try CommandHelp(of: Slate.self).subcommands.map(\.name)
        #expect(!names.contains("manual") && !names.contains("help"))
    }

    @Test func `text is not taken for markup`() {
        #expect(ManualPage.escaped(".TH") == "\\&.TH")
        #expect(ManualPage.escaped("'quoted'") == "\\&'quoted'")
        #expect(ManualPage.escaped("a\\b --c") == "a\\eb \\-\\-c")
    }

    @Test func `the program prints the page that it was built with`() throws {
        let ending = try Repository.run(["manual"])
        #expect(ending.status == 0)
        #expect(ending.output.hasPrefix(".TH SLATE 1 "))
        #expect(ending.output.contains("\n.SH \"SLATE ALIGN\"\n"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mandoc")))
    func `mandoc finds no fault but the missing date`() throws {
        let file = try TemporaryFile()
        try page.write(to: file.url, atomically: false, encoding: .utf8)
        let ending = try Repository.run(["-Tlint", "-Wwarning", file.url.path], program: "/usr/bin/mandoc")
        let remarks = (ending.output + ending.errors).split(separator: "\n").filter { !$0.contains("missing date") }
        #expect(remarks.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions for a shell know every command`(shell: String) throws {
        let script = try Repository.run(["--generate-completion-script", shell]).output
        for command in try CommandHelp(of: Slate.self).subcommands { #expect(script.contains(command.name)) }
    }

    @Test func `bash reads its completions`() throws {
        let file = try TemporaryFile()
        try Repository.run(["--generate-completion-script", "bash"]).output.write(to: file.url, atomically: false, encoding: .utf8)
        let ending = try Repository.run(["-c", "source '\(file.url.path)' && complete -p slate"], program: "/bin/bash")
        #expect(ending.status == 0)
        #expect(ending.errors.isEmpty)
    }
}
