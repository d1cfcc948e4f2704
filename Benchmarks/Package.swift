// swift-tools-version: 6.2
import PackageDescription

// Runs programs and measures them from outside: it shares no source with the product.
let package = Package(
    name: "SlateBenchmarks",
    targets: [.executableTarget(name: "AlignBenchmark")],
    swiftLanguageModes: [.v6])
