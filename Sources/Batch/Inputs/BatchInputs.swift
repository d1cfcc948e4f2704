/// Tells names of many files from names of one.
public enum BatchInputs {
    /// Whether an argument stands for any number of files: a folder, a pattern that is no file's name, or a manifest.
    public static func isMany(_ argument: String) -> Bool {
        if let status = FileStatus(path: argument) { return status.isFolder || Manifest.isManifest(argument) }
        return argument.contains { "*?[".contains($0) }
    }
}
