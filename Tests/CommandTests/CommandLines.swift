/// The command lines in the code blocks of a page of documentation.
enum CommandLines {
    /// Each `slate …` line of a block, as words, without `slate` itself. A prompt, what follows a pipe, and remarks are left out.
    static func words(in page: String) -> [[String]] {
        blockLines(page).compactMap { line in
            let words = split(line.hasPrefix("$ ") ? String(line.dropFirst(2)) : line)
            return words.first == "slate" && words.count > 1 ? Array(words.dropFirst()) : nil
        }
    }

    /// Lines that are indented by four spaces or stand between fences, without their indentation.
    static func blockLines(_ page: String) -> [String] {
        var isFenced = false
        return page.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            if line.hasPrefix("```") {
                isFenced.toggle()
                return nil
            }
            return isFenced || line.hasPrefix("    ") ? String(line.drop { $0 == " " }) : nil
        }
    }

    /// Splits as a shell does, as far as quotes go.
    static func split(_ line: String) -> [String] {
        var (words, word) = ([String](), String?.none)
        var quote: Character?
        for character in line {
            switch character {
            case quote: quote = nil
            case "'" where quote == nil, "\"" where quote == nil:
                quote = character
                word = word ?? ""
            case " " where quote == nil:
                if let word { words.append(word) }
                word = nil
            case "|" where quote == nil, "#" where quote == nil, ">" where quote == nil:
                return words
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
