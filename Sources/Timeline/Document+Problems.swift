/// A rule of documents that one of them breaks.
public enum DocumentProblem: Hashable, Sendable, CustomStringConvertible {
    case repeatedLayer(String)
    case repeatedSource(SourceID)
    case repeatedLabel(LabelID)
    case unknownParent(layer: String, parent: String)
    /// The layer is its own ancestor.
    case circularParent(layer: String)
    case unknownSource(label: LabelID, source: SourceID)
    case unknownLabel(LabelID)
    case contentOfOtherKind(label: LabelID, layer: String)

    public var description: String {
        switch self {
        case .repeatedLayer(let id): "two layers have the id '\(id)'"
        case .repeatedSource(let id): "two sources have the id '\(id)'"
        case .repeatedLabel(let id): "two labels have the id '\(id)'"
        case .unknownParent(let layer, let parent): "layer '\(layer)' names '\(parent)' as its parent, which is no layer"
        case .circularParent(let layer): "layer '\(layer)' is its own ancestor"
        case .unknownSource(let label, let source): "label '\(label)' names the source '\(source)', which is not stated"
        case .unknownLabel(let label): "label '\(label)' is referred to but is not there"
        case .contentOfOtherKind(let label, let layer): "label '\(label)' is of another kind than its layer '\(layer)'"
        }
    }
}

extension Document {
    /// The rules that the document breaks: ids that repeat, references that lead nowhere, labels in the wrong layer.
    ///
    /// - Complexity: O(*n*) in the number of labels.
    public func problems() -> [DocumentProblem] {
        var problems = Self.repeats(sources.map(\.id)).map(DocumentProblem.repeatedSource)
        problems += Self.repeats(layers.map(\.id)).map(DocumentProblem.repeatedLayer)
        problems += Self.repeats(layers.lazy.flatMap { $0.labels.lazy.map(\.id) }).map(DocumentProblem.repeatedLabel)
        return problems + parentProblems() + labelProblems()
    }

    private static func repeats<ID: Hashable>(_ ids: some Sequence<ID>) -> [ID] {
        var seen: Set<ID> = []
        return ids.filter { !seen.insert($0).inserted }
    }

    private func parentProblems() -> [DocumentProblem] {
        let parents = Dictionary(layers.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
        return layers.compactMap { layer in
            guard let parent = layer.parent else { return nil }
            guard parents[parent] != nil else { return .unknownParent(layer: layer.id, parent: parent) }
            var (ancestor, steps) = (Optional(parent), 0)
            while let current = ancestor, current != layer.id, steps <= layers.count {
                ancestor = parents[current] ?? nil
                steps += 1
            }
            return ancestor == layer.id ? .circularParent(layer: layer.id) : nil
        }
    }

    private func labelProblems() -> [DocumentProblem] {
        let known = Set(sources.map(\.id))
        let referred = relations.flatMap { [$0.from, $0.to] } + layers.flatMap { $0.labels.flatMap(\.content.references) }
        var problems: [DocumentProblem] = []
        for layer in layers {
            for label in layer.labels {
                if let source = label.source, !known.contains(source) { problems.append(.unknownSource(label: label.id, source: source)) }
                if label.content.kind != layer.kind { problems.append(.contentOfOtherKind(label: label.id, layer: layer.id)) }
            }
        }
        guard !referred.isEmpty else { return problems }
        let labels = Set(layers.lazy.flatMap { $0.labels.lazy.map(\.id) })
        return problems + referred.filter { !labels.contains($0) }.map(DocumentProblem.unknownLabel)
    }
}

extension Content {
    /// The labels that this one names.
    fileprivate var references: [LabelID] {
        if case .entity(let entity) = self { entity.words } else { [] }
    }
}
