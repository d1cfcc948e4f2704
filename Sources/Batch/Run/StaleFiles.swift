#if canImport(Glibc)
    import Glibc
#endif

/// Removes what a killed run may have left beside its outputs.
///
/// Outputs are written to `.NAME.TAG.part` beside `NAME` and renamed. Only files that are named so after an output of
/// the plan are removed, and only while the ledger's lock shows that no other run is at work on them.
enum StaleFiles {
    static func remove(besideOutputsOf items: [BatchItem]) {
        let names = Dictionary(grouping: items) { FilePath.folder($0.output) }.mapValues { items in
            Set(items.map { String(FilePath.name($0.output).prefix(longestName)) })
        }
        for (folder, outputs) in names {
            for entry in (try? Folder.names(in: folder)) ?? [] where output(ofTemporary: entry).map(outputs.contains) == true {
                unlink(FilePath.join(folder, entry))
            }
        }
    }

    /// How much of the output's name a temporary name keeps.
    private static let longestName = 80

    /// The output's name, cut to ``longestName``, for `.NAME.TAG.part`; nil for other names.
    static func output(ofTemporary name: String) -> String? {
        guard name.hasPrefix("."), name.hasSuffix(".part") else { return nil }
        let inner = name.dropFirst().dropLast(5)
        guard let dot = inner.lastIndex(of: "."), dot > inner.startIndex else { return nil }
        let tag = inner[inner.index(after: dot)...]
        let isTag = (1...7).contains(tag.utf8.count) && UInt32(tag, radix: 36) != nil
        return isTag ? String(inner[..<dot]) : nil
    }
}
