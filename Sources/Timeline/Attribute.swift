/// A name and a value that the model has no place for: what one format states and another cannot.
///
/// Names begin with their format, such as `webvtt.settings` or `ass.style`, so that a writer of that format finds its own
/// and every other one passes them by.
public struct Attribute: Hashable, Sendable {
    public var name, value: String

    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

extension [Attribute] {
    /// The value of the first attribute of a name.
    public subscript(name: String) -> String? { first { $0.name == name }?.value }

    /// The values of every attribute of a name, in order.
    public func values(of name: String) -> [String] { filter { $0.name == name }.map(\.value) }
}
