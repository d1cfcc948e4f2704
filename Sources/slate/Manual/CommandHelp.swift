import ArgumentParser
import Formats

/// What the argument parser knows of a command, from its own JSON dump.
///
/// Source: `ToolInfo.swift` of swift-argument-parser, serialization version 0. A missing member counts as empty.
struct CommandHelp {
    let name: String
    let abstract: String
    let discussion: String
    let arguments: [ArgumentHelp]
    let subcommands: [CommandHelp]

    /// Without the parser's own `help` subcommand and without what is hidden.
    init(of command: (some ParsableCommand).Type) throws {
        var log = DiagnosticLog(file: "help")
        let dump = try JSONReader.read(Array(command._dumpHelp().utf8), log: &log)
        self.init(dump["command"] ?? .null)
    }

    private init(_ dump: Formats.JSONValue) {
        name = dump["commandName"]?.string ?? ""
        abstract = dump["abstract"]?.string ?? ""
        discussion = dump["discussion"]?.string ?? ""
        arguments = (dump["arguments"]?.array ?? []).filter(Self.isShown).map(ArgumentHelp.init)
        subcommands = (dump["subcommands"]?.array ?? []).filter(Self.isShown).map(CommandHelp.init)
            .filter { $0.name != "help" }
    }

    private static func isShown(_ dump: Formats.JSONValue) -> Bool { dump["shouldDisplay"] != .bool(false) }

    /// An argument, option or flag of a command.
    struct ArgumentHelp {
        enum Kind: String { case positional, option, flag }

        let kind: Kind
        /// As typed, such as `-o` and `--output`, the short ones first. Empty for a positional argument.
        let names: [String]
        let valueName: String
        let abstract: String
        let discussion: String
        let defaultValue: String?
        let allowedValues: [String]
        let isOptional: Bool
        let isRepeating: Bool

        init(_ dump: Formats.JSONValue) {
            kind = dump["kind"]?.string.flatMap(Kind.init) ?? .positional
            let typed = (dump["names"]?.array ?? []).map { ($0["kind"]?.string == "long" ? "--" : "-") + ($0["name"]?.string ?? "") }
            names = typed.sorted { !$0.hasPrefix("--") && $1.hasPrefix("--") }
            valueName = dump["valueName"]?.string ?? ""
            abstract = dump["abstract"]?.string ?? ""
            discussion = dump["discussion"]?.string ?? ""
            defaultValue = dump["defaultValue"]?.string
            allowedValues = (dump["allValues"]?.array ?? []).compactMap(\.string)
            isOptional = dump["isOptional"] == .bool(true)
            isRepeating = dump["isRepeating"] == .bool(true)
        }
    }
}
