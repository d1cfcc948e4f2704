"""Log-mel features. Sources/Diarization has the same bands with a higher floor (1e-6), Hann windows of period 400 and frames that begin 120 samples earlier."""
import numpy as np

RATE, WINDOW, HOP, FFT, BANDS = 16000, 400, 160, 512, 40
LOW, HIGH, FLOOR = 60.0, 7600.0, 1e-8


def mel_matrix():
    """BANDS x (FFT / 2 + 1) triangles, equally wide on the mel scale 2595 log10(1 + f / 700)."""
    mel = lambda f: 2595 * np.log10(1 + f / 700)
    edges = 700 * (10 ** (np.linspace(mel(LOW), mel(HIGH), BANDS + 2) / 2595) - 1)
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rise, fall)).astype(np.float32)


MEL = mel_matrix()
HANN = np.hanning(WINDOW).astype(np.float32)


def log_mel(samples):
    """frames x BANDS: natural logarithms of the power in each band. Frame t covers samples 160 t ..< 160 t + 400."""
    count = 1 + (len(samples) - WINDOW) // HOP
    if count <= 0:
        return np.zeros((0, BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP][:count]
    out = np.empty((count, BANDS), np.float32)
    for first in range(0, count, 4096):
        power = np.abs(np.fft.rfft(frames[first:first + 4096] * HANN, FFT)) ** 2
        out[first:first + 4096] = np.log(power.astype(np.float32) @ MEL.T + FLOOR)
    return out
