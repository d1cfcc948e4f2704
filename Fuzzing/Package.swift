// swift-tools-version: 6.2
import PackageDescription

// Feeds mutated files to the label readers. Needs the flags of `make fuzz`: every module is built for libFuzzer and the address sanitizer.
let package = Package(
    name: "SlateFuzzing",
    dependencies: [.package(name: "Slate", path: "..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer", path: "CLibFuzzer"),
        .executableTarget(name: "FuzzFormats", dependencies: ["CLibFuzzer", .product(name: "Slate", package: "Slate")]),
    ],
    swiftLanguageModes: [.v6])
