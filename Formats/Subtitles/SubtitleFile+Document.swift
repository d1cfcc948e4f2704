import Timeline

extension SubtitleFile {
    /// The subtitles as a document: one layer of cues in file order, and one of comments where the file has some.
    ///
    /// A cue takes its identifier as its id where that is unique, else `c1`, `c2` by its place in the file. What the model
    /// does not name (settings, styles, headers) is kept in attributes, which a writer of the same format puts back.
    ///
    /// - Parameters:
    ///   - media: what the subtitles belong to; its name is the file's when nobody says.
    ///   - segments: new times for the cues, nil to leave one out; the file's own when the parameter is nil.
    public func document(media: Media? = nil, segments: [Segment?]? = nil) -> Document {
        precondition(segments.map { $0.count == cues.count } ?? true, "one segment, or nil, for each cue")
        return document(media ?? Media(name: name), segments, format.syntax)
    }

    private func document<Syntax: SubtitleSyntax>(_ media: Media, _ segments: [Segment?]?, _ syntax: Syntax.Type) -> Document {
        let origin = SourceID("file")
        var builder = SubtitleDocumentBuilder<Syntax>(source: origin, segments: segments)
        // The remarks are those of the first reading.
        var log = DiagnosticLog(file: name)
        Syntax.read(source, mode: mode, into: &builder, log: &log)
        return builder.document(media: media, sources: [Source(id: origin, agent: .file(name))])
    }
}
