#if canImport(Glibc)
    import Glibc
#endif

/// The functions of libespeak-ng that are used, found at run time: its licence (GPL-3) forbids to link it into this program, and
/// nothing else needs it.
///
/// speak_lib.h of espeak-ng 1.51.
struct EspeakLibrary {
    typealias Callback = @convention(c) (UnsafeMutablePointer<Int16>?, CInt, UnsafeMutableRawPointer?) -> CInt

    let initialize: @convention(c) (CInt, CInt, UnsafePointer<CChar>?, CInt) -> CInt
    let setCallback: @convention(c) (Callback) -> Void
    let setVoice: @convention(c) (UnsafePointer<CChar>) -> CInt
    let synthesize:
        @convention(c) (UnsafeRawPointer, Int, CUnsignedInt, CInt, CUnsignedInt, CUnsignedInt, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CInt
    let synchronize: @convention(c) () -> CInt

    private static let names = ["libespeak-ng.so.1", "libespeak-ng.so"]

    /// - Throws: ``PronunciationError`` when the library is not installed or lacks a function.
    init() throws(PronunciationError) {
        guard let handle = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
            throw PronunciationError("libespeak-ng, which says how words sound, is not installed; on Debian: apt install libespeak-ng1")
        }
        initialize = unsafeBitCast(try Self.symbol("espeak_Initialize", handle), to: type(of: initialize))
        setCallback = unsafeBitCast(try Self.symbol("espeak_SetSynthCallback", handle), to: type(of: setCallback))
        setVoice = unsafeBitCast(try Self.symbol("espeak_SetVoiceByName", handle), to: type(of: setVoice))
        synthesize = unsafeBitCast(try Self.symbol("espeak_Synth", handle), to: type(of: synthesize))
        synchronize = unsafeBitCast(try Self.symbol("espeak_Synchronize", handle), to: type(of: synchronize))
    }

    private static func symbol(_ name: String, _ handle: UnsafeMutableRawPointer) throws(PronunciationError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, name) else { throw PronunciationError("libespeak-ng has no function \(name)") }
        return address
    }

    /// An event of the synthesis, by its offsets in `espeak_EVENT`: 40 bytes.
    struct Event {
        enum Kind { case end, word, phone, other }

        static let size = 40
        let kind: Kind
        /// Of a word: the character of the text where it begins, from 0.
        let textPosition: Int
        /// Sample of the sound at which it happens.
        let sample: Int
        /// Of a phone.
        let symbol: String

        init(_ address: UnsafeRawPointer) {
            switch address.load(as: CInt.self) {
            case 0: kind = .end
            case 1: kind = .word
            case 7: kind = .phone
            default: kind = .other
            }
            textPosition = Int(address.load(fromByteOffset: 8, as: CInt.self)) - 1
            sample = Int(address.load(fromByteOffset: 20, as: CInt.self))
            let name = UnsafeRawBufferPointer(start: address + 32, count: 8)
            symbol = kind == .phone ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : ""
        }
    }
}
