"""Makes conversations of the speakers that the embedding was not trained on, to choose thresholds with.

usage: conversations.py DATA OUT [COUNT]     writes NAME.flac, NAME.rttm, NAME.uem
"""
import glob, os, sys
import numpy as np, soundfile
from scipy.signal import butter, fftconvolve, sosfilt
from features import RATE
import sounds


def runs(active, least_gap=30, least=5):
    """Stretches of active frames of 10 ms, gaps shorter than least_gap closed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active.astype(int), [0]]))).reshape(-1, 2).tolist()
    joined = []
    for a, b in edges:
        if joined and a - joined[-1][1] < least_gap: joined[-1][1] = b
        else: joined.append([a, b])
    return [(a, b) for a, b in joined if b - a >= least]


def room(rng, size):
    n = int(RATE * (0.1 + 0.5 * size))
    ir = rng.standard_normal(n) * np.exp(-np.arange(n) / RATE * 6.9 / (0.12 + 0.4 * size)) * rng.uniform(0.02, 0.06) * size
    ir[0] = 1
    return ir


def conversation(rng, voices):
    """Mixed sound and turns (start, end, speaker) in seconds."""
    people = int(rng.integers(2, 8))
    chosen = [list(voices)[i] for i in rng.choice(len(voices), people, replace=False)]
    left = {c: int(len(voices[c]) * rng.choice([0.4, 1.0, 1.0])) for c in chosen}
    at = {c: int(rng.integers(0, len(voices[c]) - left[c] + 1)) for c in chosen}
    overlap_rate = rng.choice([0.05, 0.15, 0.35])
    tracks = {c: np.zeros(120 * RATE) for c in chosen}
    now, last = 0.3, None
    while now < 110:
        able = [c for c in chosen if left[c] > 0.5 * RATE and c != last] or [c for c in chosen if left[c] > 0.5 * RATE]
        if not able: break
        who = able[rng.integers(len(able))]
        length = int(min(left[who], max(0.35, rng.lognormal(0.6, 0.8)) * RATE))
        piece = voices[who][at[who]:at[who] + length].copy()
        at[who] += length; left[who] -= length
        fade = min(160, length // 4); piece[:fade] *= np.linspace(0, 1, fade); piece[-fade:] *= np.linspace(1, 0, fade)
        start = max(0.0, now - (rng.uniform(0.2, 2.0) if rng.random() < overlap_rate else -rng.exponential(0.35)))
        i = int(start * RATE); tracks[who][i:i + length] += piece[:len(tracks[who]) - i]
        now, last = max(now, start + length / RATE), who
    end = int((now + 0.5) * RATE)
    turns, mixed, size = [], np.zeros(end), rng.choice([0, 0.2, 0.5, 0.8])
    for number, c in enumerate(chosen):
        track = tracks[c][:end] * 10 ** (rng.normal(0, 4) / 20)
        if not np.any(track): continue
        turns += [(a / 100, b / 100, f"p{number}") for a, b in runs(sounds.activity(track[:end // 160 * 160].astype(np.float32)))]
        mixed += fftconvolve(track, room(rng, size))[:end] if size else track
    level = np.sqrt(np.mean(mixed[np.abs(mixed) > 1e-4] ** 2))
    mixed += sounds.pink(rng, end, rng.choice([0, 0.5])) / 0.05 * level * 10 ** (-rng.choice([10, 15, 20, 30, 50]) / 20)
    if rng.random() < 0.2: mixed = sosfilt(butter(4, [300, 3400], "bandpass", fs=RATE, output="sos"), mixed)
    return mixed / np.max(np.abs(mixed)) * 0.6, sorted(turns)


def main():
    data, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 24
    os.makedirs(out, exist_ok=True)
    paths = sorted(glob.glob(os.path.join(data, "training/librispeech/*.flac")))
    order = np.random.default_rng(7).permutation(len(paths))[:sounds.HELD_OUT]
    voices = {i: soundfile.read(paths[i], dtype="float32")[0] for i in order}
    voices = {i: x / np.sqrt(np.mean(x ** 2)) * 0.05 for i, x in voices.items()}
    for number in range(count):
        sound, turns = conversation(np.random.default_rng(100 + number), voices)
        name = f"conversation-{number:02}"
        soundfile.write(os.path.join(out, name + ".flac"), sound.astype(np.float32), RATE, subtype="PCM_16")
        with open(os.path.join(out, name + ".rttm"), "w") as file:
            for a, b, who in turns: file.write(f"SPEAKER {name} 1 {a:.3f} {b - a:.3f} <NA> <NA> {who} <NA> <NA>\n")
        with open(os.path.join(out, name + ".uem"), "w") as file: file.write(f"{name} 1 0.000 {len(sound) / RATE:.3f}\n")


if __name__ == "__main__":
    main()
