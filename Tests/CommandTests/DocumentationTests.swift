import ArgumentParser
import Foundation
import Testing

@testable import slate

@Suite struct DocumentationTests {
    @Test func `every command line of the README and of docs parses`() throws {
        var count = 0
        for page in try Repository.pages() {
            for words in CommandLines.words(in: try Repository.text(page)) {
                count += 1
                #expect(throws: Never.self, "\(page): slate \(words.joined(separator: " "))") { try Slate.parseAsRoot(words) }
            }
        }
        #expect(count > 20)
    }

    @Test func `a command line is split as a shell splits it`() {
        let page = "Words\n    $ slate align 'a b.mkv' \"c|d\" -o x  # remark\n    slate probe *.mp4 | jq .\nslate is prose\n"
        #expect(CommandLines.words(in: page) == [["align", "a b.mkv", "c|d", "-o", "x"], ["probe", "*.mp4"]])
    }

    @Test func `every command has a page, and every page a command or a place among the guides`() throws {
        let commands = try CommandHelp(of: Slate.self).subcommands.map(\.name)
        let guides = ["README", "batch", "fuzzing", "results"]
        let pages = try Repository.names(in: "docs").filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
        #expect(pages.sorted() == (commands + guides).sorted())
    }

    @Test func `every long option that a page names exists`() throws {
        for command in try CommandHelp(of: Slate.self).subcommands {
            let known = Set((command.arguments + command.subcommands.flatMap(\.arguments)).flatMap(\.names))
            let page = try Repository.text("docs/\(command.name).md")
            let examples = CommandLines.words(in: page).filter { $0.first == command.name }.joined()
            #expect(!examples.isEmpty, "docs/\(command.name).md shows no command")
            for match in page.matches(of: /`(--[a-z-]+)/) {
                #expect(known.contains(String(match.1)), "docs/\(command.name).md names \(match.1)")
            }
        }
    }

    @Test func `the table of the README lists the commands in their order`() throws {
        let listed = try Repository.text("README.md").matches(of: /\| \[`slate ([a-z]+)`\]/).map { String($0.1) }
        #expect(listed == (try CommandHelp(of: Slate.self).subcommands.map(\.name)))
    }

    @Test func `links between pages lead to files`() throws {
        for page in try Repository.pages() {
            let folder = URL(fileURLWithPath: Repository.path(page)).deletingLastPathComponent().path
            for match in try Repository.text(page).matches(of: /\]\(([^)#]+)[^)]*\)/) where !match.1.hasPrefix("http") {
                #expect(FileManager.default.fileExists(atPath: "\(folder)/\(match.1)"), "\(page) links to \(match.1)")
            }
        }
    }

    @Test func `every make target that the README names exists`() throws {
        let makefile = try Repository.text("Makefile")
        let targets = try Repository.text("README.md").matches(of: /make ([a-z]+)[ `]/).map { String($0.1) }
        #expect(Set(targets).isSuperset(of: ["demo", "test", "install"]))
        for target in targets { #expect(makefile.contains("\n\(target): "), "make \(target)") }
    }

    @Test func `help opens with one sentence and shows two commands that parse`() throws {
        for command in try CommandHelp(of: Slate.self).subcommands {
            #expect(command.abstract.hasSuffix(".") && !command.abstract.dropLast().contains(". "), "\(command.name)")
            let examples = command.discussion.split(separator: "\n").filter { $0.hasPrefix("  slate \(command.name) ") }
            #expect(examples.count >= 2, "slate \(command.name) shows \(examples.count) commands")
            for example in examples {
                let words = Array(CommandLines.split(example.drop { $0 == " " }.description).dropFirst())
                #expect(throws: Never.self, "\(example)") { try Slate.parseAsRoot(words) }
            }
        }
    }
}
