import Timeline

/// The looks of a TTML document that subtitles have in common: bold, italic, underline, line through, and whether shown at all.
struct TTMLStyles {
    /// What a set of style attributes says; nil where it says nothing.
    struct Look {
        var isBold, isItalic, isUnderlined, isStruckOut, isHidden: Bool?
        var dropsText: Bool?

        /// This look over another.
        func over(_ other: Look) -> Look {
            Look(
                isBold: isBold ?? other.isBold, isItalic: isItalic ?? other.isItalic, isUnderlined: isUnderlined ?? other.isUnderlined,
                isStruckOut: isStruckOut ?? other.isStruckOut, isHidden: isHidden ?? other.isHidden, dropsText: dropsText ?? other.dropsText)
        }

        mutating func take(_ name: String, _ value: String) {
            switch name {
            case "fontWeight": isBold = value == "bold"
            case "fontStyle": isItalic = value == "italic" || value == "oblique" || value == "reverseOblique"
            case "textDecoration":
                for word in value.split(separator: " ") { takeDecoration(word) }
            case "display": isHidden = value == "none"
            case "ruby": dropsText = ["container", "baseContainer", "textContainer"].contains(value)
            default: break
            }
        }

        private mutating func takeDecoration(_ word: Substring) {
            switch word {
            case "underline": isUnderlined = true
            case "noUnderline": isUnderlined = false
            case "lineThrough": isStruckOut = true
            case "noLineThrough": isStruckOut = false
            case "none": (isUnderlined, isStruckOut) = (false, false)
            default: break
            }
        }

        /// The looks that descend to what stands inside, over those of the parent.
        func style(over parent: TextStyle) -> TextStyle {
            var style = parent
            func apply(_ value: Bool?, _ look: TextStyle) {
                if value == true { style.insert(look) } else if value == false { style.remove(look) }
            }
            apply(isBold, .bold)
            apply(isItalic, .italic)
            apply(isUnderlined, .underlined)
            apply(isStruckOut, .struckOut)
            return style
        }
    }

    private struct Definition { var look = Look(), parents: [String] = [] }
    private var definitions: [String: Definition] = [:]

    mutating func define(_ id: String, _ look: Look, parents: [String]) { definitions[id] = Definition(look: look, parents: parents) }

    /// What a list of references gives: later ones over earlier ones, each over the styles it refers to itself.
    func look(of ids: [String]) -> Look {
        var (look, seen) = (Look(), Set<String>())
        // The last reference is the strongest, so it is visited first; what it refers to comes behind it.
        var waiting = Array(ids)
        while let id = waiting.popLast() {
            guard seen.insert(id).inserted, let definition = definitions[id] else { continue }
            look = look.over(definition.look)
            waiting += definition.parents
        }
        return look
    }
}
