"""The features of the detector. Sources/Signal and Sources/Diarization compute the same in Swift."""
import numpy as np

RATE, HOP, WINDOW, SIZE, BANDS = 16000, 160, 400, 512, 40
LOWEST, HIGHEST = 60, 7600  # Hz
FLOOR = 1e-6
AROUND = 200  # frames on either side over which the level is taken


def filters():
    """Triangles, evenly spaced in mel = 2595 log10(1 + f / 700), peak 1. Shape: bands x (SIZE / 2 + 1)."""
    mel = lambda f: 2595 * np.log10(1 + f / 700)
    hertz = lambda m: 700 * (10 ** (m / 2595) - 1)
    edges = hertz(np.linspace(mel(LOWEST), mel(HIGHEST), BANDS + 2))
    f = np.arange(SIZE // 2 + 1) * RATE / SIZE
    rising = (f - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - f) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


FILTERS = filters()
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def log_mel(samples):
    """Natural logarithm of the mel powers. Frame n is centred on sample n * HOP + HOP / 2. Shape: frames x bands."""
    count = len(samples) // HOP
    padded = np.pad(samples, (WINDOW // 2 - HOP // 2, WINDOW))
    at = HOP * np.arange(count)[:, None] + np.arange(WINDOW)
    power = np.abs(np.fft.rfft(padded[at] * HANN, SIZE)) ** 2
    return np.log(power.astype(np.float32) @ FILTERS.T + FLOOR)


def levelled(mel):
    """Takes off the mean over all bands and AROUND frames on either side, as far as there are frames; then a quarter of it."""
    means = np.concatenate([[0], np.cumsum(mel.mean(1, dtype=np.float64))])
    n = np.arange(len(mel))
    first, last = np.maximum(0, n - AROUND), np.minimum(len(mel), n + AROUND + 1)
    level = (means[last] - means[first]) / (last - first)
    return ((mel - level[:, None]) / 4).astype(np.float32)
