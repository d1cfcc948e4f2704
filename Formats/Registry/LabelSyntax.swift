import Timeline

/// The rules of one label format. To add a format: a folder with a type that conforms, its name in ``FormatTable``, a page in
/// `docs/formats`, and its tests.
protocol LabelSyntax {
    static var name: String { get }
    static var title: String { get }
    /// Without the dot, in lower case; the first is the usual one.
    static var suffixes: [String] { get }
    static var isFolder: Bool { get }
    static var capabilities: FormatCapabilities { get }

    /// How well a sample of the content fits.
    static func likelihood(of sample: FormatSample) -> Likelihood

    /// Reads every label it can and remarks on the rest.
    static func read(_ input: LabelInput, _ options: ReadingOptions, log: inout DiagnosticLog) throws(FormatError) -> Corpus

    /// The files of the labels: one without a name, or several with names relative to the folder.
    static func write(_ corpus: Corpus, _ options: WritingOptions) throws(FormatError) -> [OutputFile]
}

extension LabelSyntax {
    static var isFolder: Bool { false }
}

/// How well content fits a format.
enum Likelihood: Int, Comparable {
    case none
    /// Nothing speaks against it, such as lines with the right number of columns.
    case possible
    /// It has what files of the format have.
    case likely
    /// It states the format, by a signature or a root element.
    case certain

    static func < (a: Likelihood, b: Likelihood) -> Bool { a.rawValue < b.rawValue }
}

/// What a reader needs to know beside the file.
public struct ReadingOptions: Hashable, Sendable {
    public var mode: ReadingMode
    /// Any name that iconv knows; nil to find out.
    public var encodingName: String?
    /// Frames a second where the file counts frames and does not say how long one lasts.
    public var frameTiming: FrameTiming?
    /// Width and height in pixels where the file gives shares of the picture and does not state its size.
    public var pictureSize: PictureSize?

    public init(
        mode: ReadingMode = .lenient, encodingName: String? = nil, frameTiming: FrameTiming? = nil, pictureSize: PictureSize? = nil
    ) {
        (self.mode, self.encodingName) = (mode, encodingName)
        (self.frameTiming, self.pictureSize) = (frameTiming, pictureSize)
    }
}

public struct PictureSize: Hashable, Sendable {
    public let width, height: Int
    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
}

/// What a writer needs to know beside the labels.
public struct WritingOptions: Hashable, Sendable {
    /// The timing of frames for formats that count them, where the document does not state it.
    public var frameTiming: FrameTiming?
    public var pictureSize: PictureSize?

    public init(frameTiming: FrameTiming? = nil, pictureSize: PictureSize? = nil) {
        (self.frameTiming, self.pictureSize) = (frameTiming, pictureSize)
    }
}

/// A file to be written.
public struct OutputFile: Hashable, Sendable {
    /// Relative to the output folder, with `/` between its parts; empty where the format is a single file.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String = "", _ bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
}
