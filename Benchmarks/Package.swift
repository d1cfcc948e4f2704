// swift-tools-version: 6.2
import PackageDescription

// AlignBenchmark runs programs and measures them from outside; FormatsBenchmark and AgreementBenchmark measure the library from inside, as
// their peers are.
let package = Package(
    name: "SlateBenchmarks",
    dependencies: [.package(name: "Slate", path: "..")],
    targets: [
        .executableTarget(name: "AlignBenchmark"),
        .executableTarget(name: "FormatsBenchmark", dependencies: [.product(name: "Slate", package: "Slate")]),
        .executableTarget(name: "TurnsBenchmark", dependencies: [.product(name: "Slate", package: "Slate")]),
        .executableTarget(name: "AgreementBenchmark", dependencies: [.product(name: "Slate", package: "Slate")]),
    ],
    swiftLanguageModes: [.v6])
