"""Scenes of 30 s at 16 kHz: who speaks when, in what room, over what noise, through what channel."""
import numpy as np

from voices import FRAME, RATE

SECONDS = 30
COUNT = SECONDS * RATE
SPEECH, SILENCE, UNCLEAR = 1, 0, -1


def scene(bank, rng):
    """Samples, and for each frame of 10 ms whether someone speaks: SPEECH, SILENCE, or UNCLEAR where he is under the noise."""
    speech, own, spoken = conversation(bank, rng)
    noise = background(rng, bank)
    loudest = np.percentile(own[spoken], 90) if spoken.any() else 1e-3
    noise *= np.sqrt(loudest) * gain(-rng.uniform(0, 45)) / (np.sqrt(np.mean(noise**2)) + 1e-9)
    under = smoothed((noise.reshape(-1, FRAME) ** 2).mean(1))
    heard = 10 * np.log10((own + 1e-12) / (under + 1e-12))
    label = np.where(spoken, np.where(heard > -2, SPEECH, UNCLEAR), SILENCE)
    return through_channel(speech + noise + events(rng) * np.sqrt(loudest), rng), label.astype(np.int8)


def conversation(bank, rng):
    """Sum of the speakers, the power of the speaker who is heard most in each frame, and whether one speaks."""
    total, power, spoken = np.zeros(COUNT, np.float32), np.zeros(COUNT // FRAME), np.zeros(COUNT // FRAME, bool)
    if rng.random() < 0.06:
        return total, power, spoken
    people = rng.choice(len(bank), rng.integers(1, 6))
    spread, density = rng.choice([2, 6, 11]), rng.choice([0.3, 1, 2.5])
    overlap = rng.choice([0, 0.1, 0.35])
    room = rng.choice([0, rng.uniform(0.1, 0.9)])
    time = rng.exponential(density)
    levels = np.minimum(4, rng.normal(-abs(spread) / 3, spread, len(people)))
    while time < SECONDS - 0.5:
        k = rng.integers(len(people))
        v = bank[people[k]]
        length = int(min(len(v.spoken), 100 * rng.choice([rng.uniform(0.3, 1.5), rng.uniform(1, 12)])))
        first = int(rng.integers(len(v.spoken) - length + 1))
        at = int(time * 100)
        length = min(length, COUNT // FRAME - at)
        clip = faded(v.samples[first * FRAME : (first + length) * FRAME]) * gain(levels[k] + rng.normal(0, 1.5))
        flags = v.spoken[first : first + length]
        total[at * FRAME : (at + length) * FRAME] += clip
        power[at : at + length] = np.maximum(power[at : at + length], smoothed((clip.reshape(-1, FRAME) ** 2).mean(1)) * flags)
        spoken[at : at + length] |= flags
        time += length / 100 + (-rng.uniform(0.1, 1.5) if rng.random() < overlap else rng.exponential(density))
        time = max(time, 0)
    return in_room(total, room, rng), power, spoken


def in_room(samples, time, rng):
    """Early reflections and a tail that decays by 60 dB in `time` seconds."""
    if time == 0:
        return samples
    n = int(RATE * time)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    tail = np.convolve(tail, np.ones(3) / 3, "same")
    response = tail / np.sqrt(np.sum(tail**2)) * gain(rng.uniform(-14, 3))
    response[0] = 1
    for _ in range(rng.integers(0, 6)):
        response[int(rng.uniform(0.002, 0.04) * RATE) % n] += rng.uniform(-0.5, 0.5)
    size = 1 << int(COUNT + n).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size))[:COUNT]
    return (wet / np.sqrt(np.sum(response**2))).astype(np.float32)


def background(rng, bank):
    """One to three sorts of noise, each steady or coming and going."""
    total = np.zeros(COUNT)
    for _ in range(rng.integers(1, 4)):
        kind = rng.choice([coloured, hum, music, rumble, babble, patter], p=[0.4, 0.1, 0.2, 0.12, 0.08, 0.1])
        sound = kind(rng, bank)
        sound = sound / (np.sqrt(np.mean(sound**2)) + 1e-9) * gain(rng.uniform(-15, 0))
        total += sound * (swell(rng) if rng.random() < 0.4 else 1)
    return total.astype(np.float32)


def coloured(rng, bank=None, count=COUNT):
    """Noise that falls by 0 to 9 dB an octave, with up to three broad resonances."""
    f = np.fft.rfftfreq(count, 1 / RATE) + 20
    shape = f ** -rng.uniform(0, 1.5)
    for _ in range(rng.integers(0, 4)):
        centre = np.exp(rng.uniform(np.log(100), np.log(7000)))
        shape *= 1 + rng.uniform(0, 6) * np.exp(-((np.log(f / centre) / rng.uniform(0.05, 0.5)) ** 2))
    return np.fft.irfft(np.fft.rfft(rng.standard_normal(count)) * shape, count)


def hum(rng, bank=None):
    t = np.arange(COUNT) / RATE
    base = rng.choice([50, 60, rng.uniform(70, 400)])
    drift = 1 + 0.01 * np.sin(2 * np.pi * rng.uniform(0.02, 0.5) * t)
    phase = 2 * np.pi * base * np.cumsum(drift) / RATE
    return sum(rng.uniform(0, 1) / h * np.sin(h * phase + rng.uniform(0, 6)) for h in range(1, rng.integers(3, 16)))


def rumble(rng, bank=None):
    """Engines and fans: noise whose level beats."""
    t = np.arange(COUNT) / RATE
    return coloured(rng) * (1 + rng.uniform(0.2, 1) * np.sin(2 * np.pi * rng.uniform(0.3, 25) * t + rng.uniform(0, 6)))


def patter(rng, bank=None):
    """Keys, rain, applause: many short bursts."""
    total, n = np.zeros(COUNT), int(rng.uniform(0.003, 0.05) * RATE)
    for at in rng.integers(0, COUNT - n, int(SECONDS * np.exp(rng.uniform(np.log(1), np.log(80))))):
        total[at : at + n] += rng.standard_normal(n) * np.exp(-np.arange(n) * 5 / n) * rng.uniform(0.2, 1)
    return np.convolve(total, coloured(rng, count=64), "same")


def babble(rng, bank):
    """Eight to fifteen people at once, none of whom can be followed."""
    total = np.zeros(COUNT)
    for _ in range(rng.integers(8, 16)):
        v = bank[rng.integers(len(bank))]
        total += np.roll(np.resize(v.samples, COUNT), rng.integers(COUNT))
    return in_room(total.astype(np.float32), rng.uniform(0.3, 0.9), rng)


def music(rng, bank=None):
    """Chords of plucked or held tones with harmonics, with or without a beat of noise."""
    total, at, beat = np.zeros(COUNT), 0, int(RATE * rng.uniform(0.12, 0.8))
    root, decay, bright = rng.uniform(60, 330), rng.uniform(0.2, 6), rng.uniform(0.7, 2)
    vibrato, drum = rng.uniform(0, 0.006), rng.choice([0, rng.uniform(0.2, 1)])
    while at < COUNT:
        for step in rng.choice([0, 2, 3, 4, 5, 7, 9, 11, 12, 16, 19], rng.integers(1, 5), replace=False):
            n = min(COUNT - at, int(beat * rng.uniform(0.8, 5)))
            t, pitch = np.arange(n) / RATE, root * 2 ** (step / 12)
            phase = 2 * np.pi * pitch * (t + vibrato / 6 * np.sin(2 * np.pi * 5.5 * t) / pitch * 100)
            total[at : at + n] += sum(np.sin(h * phase) / h**bright for h in range(1, 9)) * np.exp(-t * decay)
        n = min(COUNT - at, beat)
        total[at : at + n] += drum * rng.standard_normal(n) * np.exp(-np.arange(n) / RATE * 30)
        at += beat
    return total


def swell(rng):
    """A gain between 0 and 1 that comes and goes over seconds."""
    points = rng.integers(3, 14)
    return np.interp(np.arange(COUNT), np.linspace(0, COUNT, points), rng.choice([0, 0.1, 1], points))


def events(rng):
    """Knocks, breaths, clicks and beeps."""
    total = np.zeros(COUNT, np.float32)
    for _ in range(rng.poisson(rng.choice([0, 2, 8]))):
        n = int(np.exp(rng.uniform(np.log(0.01), np.log(0.7))) * RATE)
        at, t = int(rng.integers(COUNT - n)), np.arange(n) / RATE
        if rng.random() < 0.2:
            sound = np.sin(2 * np.pi * rng.uniform(200, 4000) * t * (1 + rng.uniform(-0.3, 0.3) * t)) * np.hanning(n)
        else:
            sound = coloured(rng, count=n) * (np.exp(-np.arange(n) * rng.uniform(2, 9) / n) if rng.random() < 0.6 else np.hanning(n))
        total[at : at + n] += sound / (np.sqrt(np.mean(sound**2)) + 1e-9) * gain(rng.uniform(-30, 0))
    return total


def through_channel(samples, rng):
    """A microphone's colour, a telephone or a low rate now and then, clipping, any level, sixteen bits."""
    f = np.fft.rfftfreq(COUNT, 1 / RATE)
    points = rng.integers(3, 7)
    response = 10 ** (np.interp(np.log(f + 30), np.linspace(3.4, 9, points), rng.normal(0, rng.choice([1, 5]), points)) / 20)
    if rng.random() < 0.2:
        response *= (f > rng.uniform(150, 350)) & (f < rng.uniform(3200, 3900))
    elif rng.random() < 0.3:
        response *= f < rng.uniform(3500, 7500)
    if rng.random() < 0.4:
        response *= f > rng.uniform(40, 200)
    samples = np.fft.irfft(np.fft.rfft(samples) * response, COUNT)
    samples = samples / (np.percentile(np.abs(samples), 99.9) + 1e-9)
    if rng.random() < 0.07:
        samples = np.clip(samples * rng.uniform(1.5, 6), -1, 1)
    peak = gain(-rng.choice([rng.uniform(0, 20), rng.uniform(0, 50)]))
    samples = np.clip(samples * peak, -1, 1)
    return (np.round(samples * 32767) / 32768).astype(np.float32)


def faded(clip):
    clip, n = clip.copy(), min(len(clip) // 2, RATE // 100)
    clip[:n] *= np.linspace(0, 1, n)
    clip[-n:] *= np.linspace(1, 0, n)
    return clip


def smoothed(power):
    return np.convolve(power, np.ones(15) / 15, "same")


def gain(level):
    return 10 ** (level / 20)
