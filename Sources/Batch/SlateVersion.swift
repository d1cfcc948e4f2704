/// The version of Slate, as `slate --version` prints it and as labels and ledgers record it.
public let slateVersion = "0.1.0"
