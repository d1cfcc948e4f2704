"""The sounds that are trained on, as log-mel features."""
import glob, os
import numpy as np, soundfile
from scipy.signal import resample_poly, lfilter
from features import log_mel, RATE

SPEEDS = ((1, 1), (10, 9), (10, 11), (20, 17), (20, 23))
HELD_OUT = 25


def read(path):
    x, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE, path
    return spoken(x / max(1e-9, np.sqrt(np.mean(x ** 2))) * 0.05)


def activity(x):
    """One value for every 10 ms: whether the level is near the speaker's own."""
    n = len(x) // 160
    level = np.sqrt(np.mean(x[:n * 160].reshape(n, 160) ** 2, 1))
    return np.convolve(level > 0.15 * np.percentile(level, 90), np.ones(10), "same") > 0


def spoken(x):
    keep = np.repeat(activity(x), 160)
    return x[:len(keep)][keep]


def pink(rng, n, slope):
    spectrum = np.fft.rfft(rng.standard_normal(n)); f = np.arange(len(spectrum)); f[0] = 1
    return scaled(np.fft.irfft(spectrum / f ** slope, n))


def scaled(x):
    return (x / max(1e-9, np.sqrt(np.mean(x ** 2))) * 0.05).astype(np.float32)


def music(rng, n):
    out = np.zeros(n)
    for _ in range(n // 4000):
        at, length = rng.integers(n - 4000), int(rng.uniform(3000, 20000))
        f = 55 * 2 ** (rng.integers(0, 48) / 12); t = np.arange(min(length, n - at)) / RATE
        tone = sum(np.sin(2 * np.pi * f * k * t) / k ** rng.uniform(0.7, 2) for k in range(1, 9) if f * k < 7800)
        out[at:at + len(t)] += tone * np.exp(-t * rng.uniform(2, 9)) * rng.uniform(0.2, 1)
    return scaled(out)


def noises(rng, voices):
    n = 15 * RATE
    out = [pink(rng, n, s) for s in (0, 0.25, 0.5, 0.5, 0.75, 1.0)]
    out += [music(rng, n) for _ in range(4)]
    for talkers in (3, 4, 6, 9, 14):
        out.append(scaled(sum(np.resize(np.roll(voices[rng.integers(len(voices))], rng.integers(9999)), n) for _ in range(talkers))))
    t = np.arange(n) / RATE
    hum = sum(np.sin(2 * np.pi * 50 * k * t + k) / k for k in range(1, 30))
    out.append(scaled(hum + 0.3 * rng.standard_normal(n)))
    for _ in range(3):
        out.append(scaled(pink(rng, n, 0.5) * np.exp(np.interp(t, np.arange(0, 16, 0.5), rng.normal(0, 0.8, 32)))))
    clicks = (rng.random(n) < 4 / RATE) * rng.normal(0, 1, n)
    out.append(scaled(lfilter([1], [1, -0.995 + 0.1 * rng.random()], clicks) + 0.002 * rng.standard_normal(n)))
    return [log_mel(x) for x in out]


def mixtures(rng, voices, count=900, seconds=6):
    """Two speakers, partly at once; features and, per 10 ms, whether both are heard."""
    out, n = [], seconds * RATE
    for _ in range(count):
        one, two = (voices[i] for i in rng.choice(len(voices), 2, replace=False))
        tracks, heard = [], []
        for voice, offset in ((one, 0), (two, int(rng.uniform(0, 4) * RATE))):
            length = int(rng.uniform(1.0, seconds) * RATE)
            piece = np.roll(voice, rng.integers(len(voice)))[:min(length, n - offset)]
            track = np.zeros(n, np.float32); track[offset:offset + len(piece)] = piece * 10 ** (rng.uniform(-5, 5) / 20)
            tracks.append(track); heard.append(np.resize(np.append(activity(track), False), n // 160) & (np.abs(track[:n]).reshape(-1, 160).max(1) > 0))
        if rng.random() < 0.15: tracks[1][:] = 0; heard[1][:] = False
        mixed = sum(tracks)
        quiet = np.sqrt(np.mean(mixed ** 2)) * 10 ** (-rng.uniform(15, 40) / 20)
        features = log_mel((mixed + quiet * rng.standard_normal(n)).astype(np.float32))
        out.append((features.astype(np.float16), (heard[0] & heard[1])[:len(features)]))
    return out


def load(data, rng):
    paths = sorted(glob.glob(os.path.join(data, "training/librispeech/*.flac")))
    order = np.random.default_rng(7).permutation(len(paths))
    held = [read(paths[i]) for i in order[:HELD_OUT]]
    voices = [read(paths[i]) for i in order[HELD_OUT:]]
    actors = {}
    for path in sorted(glob.glob(os.path.join(data, "emotion/emodb/*.flac"))):
        actors.setdefault(os.path.basename(path)[:2], []).append(read(path))
    classes = []
    for voice in voices + [np.concatenate(v) for v in actors.values()]:
        for up, down in SPEEDS:
            x = voice if up == down else resample_poly(voice, up, down).astype(np.float32)
            classes.append(log_mel(x).astype(np.float16))
    return classes, [log_mel(x) for x in held], noises(rng, voices), mixtures(rng, voices)
