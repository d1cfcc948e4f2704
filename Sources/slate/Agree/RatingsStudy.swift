import Agreement
import Formats

/// Reads a table of ratings: a row for each item, a column for each annotator.
enum RatingsStudy {
    /// Columns that say which item or recording a row is about, in lower case; all others are annotators.
    private static let itemNames: Set<String> = ["item", "id", "unit", "segment", "clip"]
    private static let recordingNames: Set<String> = ["recording", "media", "file", "group", "speaker"]
    /// What an annotator who gave no rating leaves.
    private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", "*"]
    /// Items are drawn in place of recordings up to this many; beyond, a table without recordings has no intervals.
    private static let itemLimit = 10_000

    static func read(_ input: LabelInput, encoding: String?) throws(FormatError) -> AgreeStudy {
        let table = try ValueTable(input, encodingName: encoding)
        let raters = table.columns.indices.filter { !itemNames.union(recordingNames).contains(table.columns[$0].lowercased()) }
        guard raters.count > 1 else {
            throw FormatError(
                .unknownFormat, file: input.name, at: TextPosition(line: 1), found: "\(raters.count) columns of annotators",
                expected: "two or more, beside one named item and one named recording")
        }
        let names = table.rows.map { row in raters.map { column in name(row[column]) } }
        let numbers = names.map { $0.map { $0.flatMap(Double.init) } }
        let isNumeric = zip(names, numbers).allSatisfy { zip($0, $1).allSatisfy { ($0 == nil) == ($1 == nil) && $1?.isFinite ?? true } }
        let column = table.columns.firstIndex { recordingNames.contains($0.lowercased()) }
        return study(
            annotators: raters.map { table.columns[$0] }, names: names, numbers: isNumeric ? numbers : nil,
            groups: column.map { column in table.rows.map { $0[column] } })
    }

    private static func name(_ field: String) -> String? {
        let text = String(field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        return missing.contains(text.lowercased()) ? nil : text
    }

    private static func study(annotators: [String], names: [[String?]], numbers: [[Double?]]?, groups: [String]?) -> AgreeStudy {
        let values = numbers.map { Set($0.joined().compactMap { $0 }).sorted() }
        let categories = values.map { $0.map(Self.text) } ?? Set(names.joined().compactMap { $0 }).sorted()
        let recordings = groups.map { Set($0).sorted() } ?? (names.count <= itemLimit ? names.indices.map { String($0 + 1) } : ["all"])
        let placeOf = Dictionary(uniqueKeysWithValues: zip(recordings, 0...))
        let codeOf = Dictionary(uniqueKeysWithValues: zip(categories, Int32(0)...))
        var patterns = AgreePatterns(annotators: annotators.count, categories: categories, recordings: recordings.count)
        var rowsOf = Array(repeating: [Int](), count: recordings.count)
        for (row, list) in names.enumerated() {
            let place = groups.map { placeOf[$0[row]]! } ?? (recordings.count == names.count ? row : 0)
            let codes = list.indices.map { column -> Int32 in
                if let numbers { return numbers[row][column].map { codeOf[Self.text($0)]! } ?? -1 }
                return list[column].map { codeOf[$0]! } ?? -1
            }
            patterns.add(codes, weight: 1, recording: place)
            rowsOf[place].append(row)
        }
        let counted = patterns
        let traces = numbers.map { Traces(rows: $0, rowsOf: rowsOf) }
        return AgreeStudy(
            annotators: annotators, recordings: recordings, units: names.reduce(0) { $0 + $1.count { $0 != nil } }, patterns: patterns,
            weightText: { "\($0)" }, members: categories.indices.map { [$0] }, memberNames: categories, hasRecordings: groups != nil,
            defaults: annotators.count == 2 ? [.percent, .kappa, .scott, .ac1, .alpha] : [.percent, .kappa, .fleiss, .ac1, .alpha]
        ) { measure, times in
            counted.figure(measure, values: values, counted.weights(times)) ?? traces?.figure(measure, times)
        }
    }

    /// Numbers as written once they are numbers: 1.0 is 1.
    private static func text(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Ratings as numbers, for the measures of continuous scales.
    private struct Traces {
        let rows: [[Double?]]
        let rowsOf: [[Int]]

        func figure(_ measure: AgreeMeasure, _ times: [Int]) -> Figure? {
            let forms: [AgreeMeasure: IntraclassCorrelation.Form] = [
                .icc11: .oneWaySingle, .icc21: .randomSingle, .icc31: .fixedSingle, .icc1k: .oneWayMean, .icc2k: .randomMean, .icc3k: .fixedMean,
            ]
            if measure == .ccc { return concordance(times) }
            return forms[measure].map { correlation($0, times) }
        }

        private func chosen(_ times: [Int]) -> [[Double?]] {
            zip(rowsOf, times).flatMap { list, n in (0..<n).flatMap { _ in list.map { rows[$0] } } }
        }

        private func correlation(_ form: IntraclassCorrelation.Form, _ times: [Int]) -> Figure {
            let chosen = chosen(times)
            guard chosen.allSatisfy({ !$0.contains(nil) }) else { return .undefined(.missingRatings) }
            do { return try IntraclassCorrelation(chosen.map { $0.compactMap { $0 } }).figure(form) } catch { return .undefined(error) }
        }

        /// The mean over all pairs of annotators.
        private func concordance(_ times: [Int]) -> Figure {
            let chosen = chosen(times)
            var (sum, pairs) = (0.0, 0)
            for second in 0..<(rows.first?.count ?? 0) {
                for first in 0..<second {
                    var pair = Concordance()
                    for row in chosen { if let x = row[first], let y = row[second] { pair.add(x, y) } }
                    guard case .value(let value) = pair.coefficient else { return pair.coefficient }
                    (sum, pairs) = (sum + value, pairs + 1)
                }
            }
            return pairs == 0 ? .undefined(.tooFewAnnotators) : .value(sum / Double(pairs))
        }
    }
}
