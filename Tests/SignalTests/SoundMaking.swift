import Foundation

/// Sounds at 8 kHz with known properties.
enum MadeSound {
    static let rate = 8000

    static func silence(seconds: Double) -> [Float] { [Float](repeating: 0, count: Int(seconds * Double(rate))) }

    static func sine(_ frequency: Double, amplitude: Double, seconds: Double) -> [Float] {
        (0..<Int(seconds * Double(rate))).map { Float(amplitude * sin(2 * .pi * frequency * Double($0) / Double(rate))) }
    }

    /// Twelve harmonics, as a voiced sound has.
    static func voice(pitch: Double, amplitude: Double, seconds: Double) -> [Float] {
        (0..<Int(seconds * Double(rate))).map { n in
            let phase = 2 * Double.pi * pitch * Double(n) / Double(rate)
            return Float((1...12).reduce(0.0) { $0 + amplitude / Double($1) * sin(Double($1) * phase) })
        }
    }

    static func noise(amplitude: Double, seconds: Double, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<Int(seconds * Double(rate))).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float((Double(state >> 33) / Double(UInt32.max >> 1) * 2 - 1) * amplitude)
        }
    }

    static func add(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + $1 } }
}
