// swift-tools-version: 6.2
import PackageDescription

let ffmpegPackages = [
    "libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswresample-dev", "libswscale-dev",
]

let package = Package(
    name: "Slate",
    products: [
        .executable(name: "slate", targets: ["slate"]),
        .library(name: "Slate", targets: ["Timeline", "Formats", "Media", "Signal", "Neural", "Models", "Pronunciation", "Alignment", "Diarization", "Cues", "Agreement", "Quality", "Batch"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CFFmpeg", path: "Media/CFFmpeg", pkgConfig: "libavformat", providers: [.apt(ffmpegPackages)]),
        .systemLibrary(
            name: "CSndfile", path: "Media/CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(
            name: "CUchardet", path: "Formats/CUchardet", pkgConfig: "uchardet", providers: [.apt(["libuchardet-dev"])]),
        .systemLibrary(
            name: "CLibXML2", path: "Formats/CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", path: "Formats/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        .target(name: "Timeline"),
        .target(
            name: "Formats", dependencies: ["Timeline", "CUchardet", "CLibXML2", "CZlib"], path: "Formats",
            exclude: ["CUchardet", "CLibXML2", "CZlib"]),
        .target(
            name: "Media", dependencies: ["Timeline", "CFFmpeg", "CSndfile"], path: "Media",
            exclude: ["CFFmpeg", "CSndfile"]),
        .target(name: "Signal", dependencies: ["Timeline", "Media"]),
        .target(name: "Neural"),
        .target(name: "Models", dependencies: ["Formats", "Neural", "CZlib"]),
        .target(name: "Cues", dependencies: ["Timeline"]),
        .target(name: "Quality", dependencies: ["Timeline"]),
        .target(name: "Agreement", dependencies: ["Timeline", "Quality"]),
        .target(name: "Pronunciation"),
        .target(name: "Alignment", dependencies: ["Timeline", "Signal"]),
        .target(name: "Diarization", dependencies: ["Timeline", "Media", "Signal", "Neural"]),
        .target(
            name: "Batch", dependencies: ["Timeline", "Formats", "Media", "Signal", "Pronunciation", "Alignment", "Diarization", "Quality", "CSQLite"]),
        .executableTarget(
            name: "slate",
            dependencies: [
                "Timeline", "Formats", "Media", "Signal", "Alignment", "Diarization", "Cues", "Agreement", "Quality", "Models", "Neural", "Batch",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "TimelineTests", dependencies: ["Timeline"]),
        .testTarget(name: "FormatsTests", dependencies: ["Timeline", "Formats"]),
        .testTarget(name: "MediaTests", dependencies: ["Timeline", "Media", "CFFmpeg"]),
        .testTarget(name: "SignalTests", dependencies: ["Signal"]),
        .testTarget(name: "QualityTests", dependencies: ["Quality", "Formats", "Timeline"]),
        .testTarget(name: "CuesTests", dependencies: ["Cues", "Timeline"]),
        .testTarget(name: "AgreementTests", dependencies: ["Timeline", "Quality", "Agreement", "Formats"]),
        .target(name: "ONNXFixtures", path: "Tests/ONNXFixtures"),
        .testTarget(name: "NeuralTests", dependencies: ["Neural", "ONNXFixtures"]),
        .testTarget(name: "ModelsTests", dependencies: ["Models", "CZlib", "ONNXFixtures"]),
        .testTarget(name: "PronunciationTests", dependencies: ["Pronunciation"]),
        .testTarget(name: "DiarizationTests", dependencies: ["Diarization", "Media", "Models", "ONNXFixtures"]),
        .testTarget(name: "AlignmentTests", dependencies: ["Timeline", "Alignment"]),
        .testTarget(name: "BatchTests", dependencies: ["Batch", "Pronunciation"]),
        .testTarget(name: "CommandTests", dependencies: ["Timeline", "Formats", "Alignment", "Cues", "Batch", "slate"]),
        .testTarget(name: "FaultTests", dependencies: ["Timeline", "slate"]),
    ],
    swiftLanguageModes: [.v6]
)
