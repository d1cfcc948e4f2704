/// The units of a whole text in order, with what stands between its words.
struct CTCText {
    private(set) var units: [CTCUnit] = []
    /// The word of each unit; nil for separators and for stars between words.
    private(set) var words: [Int?] = []

    /// Whether no word has units.
    var isEmpty: Bool { words.allSatisfy { $0 == nil } }

    var columns: [Int] { units.compactMap { if case .token(let column) = $0 { column } else { nil } } }

    /// A frame for each unit, and one for the blank between equal neighbours.
    var leastFrames: Int { units.count + zip(units, units.dropFirst()).count { $0 == $1 } }

    init(_ lines: [[[CTCUnit]]], separator: Int?, stars: CTCAligner.StarPlaces) {
        if stars != .none { append(.star, nil) }
        var word = 0
        for line in lines {
            var begins = true
            for units in line {
                defer { word += 1 }
                guard !units.isEmpty else { continue }
                if begins, stars == .lines { append(.star, nil) }
                if let separator, hasWords { append(.token(separator), nil) }
                for unit in units { append(unit, word) }
                begins = false
            }
        }
        if stars != .none { append(.star, nil) }
    }

    private var hasWords: Bool { words.contains { $0 != nil } }

    /// Two stars of no word would be one.
    private mutating func append(_ unit: CTCUnit, _ word: Int?) {
        if unit == .star, word == nil, units.last == .star, words.last == .some(nil) { return }
        units.append(unit)
        words.append(word)
    }
}

/// The states of a text in CTC: a blank, the first unit, a blank, and so on, with a blank at the end.
struct CTCChain {
    let states: StateChain
    /// Column of each class but the last, which is the star.
    private let columns: [Int]
    private let blank: Int

    init(_ text: CTCText, blank: Int) {
        self.blank = blank
        columns = Array(Set(text.columns + [blank])).sorted()
        let classes = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, Int32($0)) })
        let star = Int32(columns.count), blankClass = classes[blank]!
        var list = [StateChain.State(emission: blankClass, stay: 0, enter: 0, skip: -.infinity)]
        list.reserveCapacity(text.units.count * 2 + 1)
        for (index, unit) in text.units.enumerated() {
            let emission = if case .token(let column) = unit { classes[column]! } else { star }
            let maySkip = index > 0 && text.units[index - 1] != unit
            list.append(StateChain.State(emission: emission, stay: 0, enter: 0, skip: maySkip ? 0 : -.infinity))
            list.append(StateChain.State(emission: blankClass, stay: 0, enter: 0, skip: -.infinity))
        }
        states = StateChain(list, classCount: columns.count + 1)
    }

    /// Writes the log-probabilities of a frame, by class.
    ///
    /// - Parameter cost: how far the star is behind in a frame whose likeliest token is not the blank.
    func score(_ frame: Int, _ emissions: EmissionMatrix, _ star: CTCAligner.StarScore, cost: Float, into scores: UnsafeMutablePointer<Float>) {
        emissions.values.withUnsafeBufferPointer { values in
            let row = values.baseAddress! + frame * emissions.tokenCount
            for (index, column) in columns.enumerated() { scores[index] = row[column] }
            var greatest = row[0]
            for column in 1..<emissions.tokenCount { greatest = max(greatest, row[column]) }
            let behind = row[blank] < greatest ? cost : 0
            scores[columns.count] = (star == .best ? greatest : 0) - behind
        }
    }
}
