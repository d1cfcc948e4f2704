/// The formats, in the order in which content is matched against them.
enum FormatTable {
    static let syntaxes: [any LabelSyntax.Type] = [
        RTTM.self,
    ]
}
