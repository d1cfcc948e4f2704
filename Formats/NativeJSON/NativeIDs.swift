/// Ids that must differ, such as those of the labels of a document, in eight bytes each.
///
/// Two ids whose hashes collide count as one; the chance is below one in 10⁵ for ten million labels.
struct NativeIDs {
    private var hashes: Set<Int> = []
    /// The numbers that repeated ids got last.
    private var numbers: [String: Int] = [:]

    /// The id, or with a number behind it where it came before.
    mutating func unique(_ id: String) -> String {
        guard !hashes.insert(id.hashValue).inserted else { return id }
        var (number, renamed) = (numbers[id] ?? 1, id)
        repeat {
            number += 1
            renamed = "\(id)-\(number)"
        } while !hashes.insert(renamed.hashValue).inserted
        numbers[id] = number
        return renamed
    }
}
