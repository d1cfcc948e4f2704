/// The manual page slate(1), as text for `man`: one section for each subcommand.
struct ManualPage {
    private(set) var roff: String
    /// Whether nothing stands below the last heading yet.
    private var isBelowHeading = false

    init(_ root: CommandHelp, version: String) {
        roff = ".TH \(root.name.uppercased()) 1 \"\" \"\(root.name) \(version)\" \"User Commands\"\n"
        section("NAME")
        text("\(root.name) \\- ", root.abstract.hasSuffix(".") ? String(root.abstract.dropLast()) : root.abstract)
        section("SYNOPSIS")
        for command in root.subcommands { synopsis(command, of: root.name) }
        section("DESCRIPTION")
        discussion(root.discussion)
        commands(root.subcommands)
        for command in root.subcommands { describe(command, of: root.name) }
        section("EXIT STATUS")
        statuses()
    }

    private mutating func commands(_ commands: [CommandHelp]) {
        for command in commands {
            line(".TP")
            line(".B \(Self.escaped(command.name))")
            text("", command.abstract)
        }
    }

    private mutating func describe(_ command: CommandHelp, of program: String) {
        section("\(program) \(command.name)")
        synopsis(command, of: program)
        paragraph(command.abstract)
        discussion(command.discussion)
        for argument in command.arguments where !["--help", "--version"].contains(argument.names.last) { describe(argument) }
        for inner in command.subcommands { describe(inner, of: "\(program) \(command.name)") }
    }

    private mutating func describe(_ argument: CommandHelp.ArgumentHelp) {
        line(".TP")
        let value = argument.kind == .flag ? "" : "\\fI\(Self.escaped(argument.valueName))\\fR"
        let names = argument.names.map { "\\fB\(Self.escaped($0))\\fR" }.joined(separator: ", ")
        line([names, value].filter { !$0.isEmpty }.joined(separator: " "))
        text("", argument.abstract)
        if !argument.allowedValues.isEmpty { text("One of: ", argument.allowedValues.joined(separator: ", ") + ".") }
        if let value = argument.defaultValue, !value.isEmpty { text("Default: ", value + ".") }
        if !argument.discussion.isEmpty { text("", argument.discussion) }
    }

    private mutating func synopsis(_ command: CommandHelp, of program: String) {
        let positionals = command.arguments.filter { $0.kind == .positional }.map { argument in
            let name = "\\fI\(Self.escaped(argument.valueName))\\fR" + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        startParagraph()
        line((["\\fB\(Self.escaped(program)) \(Self.escaped(command.name))\\fR"] + positionals + ["[\\fIoptions\\fR]"]).joined(separator: " "))
    }

    private mutating func statuses() {
        let meanings = [
            ("0", "Done."), ("1", "Finished, but some input was refused or did not pass."), ("2", "Could not run."), ("64", "Bad usage."),
        ]
        for (code, meaning) in meanings {
            line(".TP")
            line(".B \(code)")
            text("", meaning)
        }
    }

    // MARK: Pieces of text

    /// Paragraphs, and examples where lines are indented.
    private mutating func discussion(_ words: String) {
        let lines = words.split(separator: "\n", omittingEmptySubsequences: false)
        for block in lines.split(separator: "") {
            startParagraph()
            if block.allSatisfy({ $0.hasPrefix("  ") }) {
                line(".nf")
                block.forEach { text("", String($0)) }
                line(".fi")
            } else {
                for (number, words) in block.enumerated() {
                    if number > 0 { line(".br") }
                    text("", String(words))
                }
            }
        }
    }

    private mutating func section(_ title: String) {
        line(".SH \"\(Self.escaped(title.uppercased()))\"")
        isBelowHeading = true
    }

    /// A heading starts one by itself.
    private mutating func startParagraph() { if !isBelowHeading { line(".PP") } }

    private mutating func paragraph(_ words: String) {
        startParagraph()
        text("", words)
    }

    /// Words that hold no markup, after a prefix that may.
    private mutating func text(_ prefix: String, _ words: String) {
        let lines = words.split(separator: "\n").map { Self.escaped(String($0)) }
        for (number, words) in lines.enumerated() { line(number == 0 ? prefix + words : words) }
    }

    private mutating func line(_ text: String) {
        roff += text + "\n"
        isBelowHeading = false
    }

    /// Text that `man` prints as it stands: no macros, no escapes, hyphens that can be copied.
    static func escaped(_ text: String) -> String {
        var text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...")
            .replacing("\"", with: "\\(dq")
        if text.hasPrefix(".") || text.hasPrefix("'") { text = "\\&" + text }
        return text
    }
}
