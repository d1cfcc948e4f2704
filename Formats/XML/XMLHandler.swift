/// Takes the events of an XML file, in order. Throwing stops the reading.
protocol XMLHandler: AnyObject {
    /// Takes the reader's own remarks too. Its file name is the one in errors.
    var log: DiagnosticLog { get set }

    func startElement(_ tag: borrowing XMLTag) throws(FormatError)

    /// - Parameter position: behind the end tag's name, or behind the empty element.
    func endElement(_ name: XMLName, at position: TextPosition) throws(FormatError)

    /// All characters between two tags in one piece, white space included, references and CDATA resolved, in UTF-8.
    ///
    /// - Parameter position: of the first character.
    func characters(_ text: [UInt8], at position: TextPosition) throws(FormatError)
}
