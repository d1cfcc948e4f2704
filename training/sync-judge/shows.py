"""Shows: who speaks when, how it sounds, and the cues that a careful or a careless editor would give it."""
from dataclasses import dataclass

import numpy as np

from speech import RATE

SPEECH_LEVEL = -24  # dB of full scale


@dataclass
class Style:
    """How a show is made. Times in seconds, levels in dB."""

    gap: tuple  # median of the pauses between turns, and their spread as a factor's logarithm
    overlap: float  # share of turns that begin before the one before them ends
    scene: tuple  # shortest and longest scene
    between: tuple  # shortest and longest stretch without speech between scenes
    noise: tuple  # level under the speech, lowest and highest
    spread: float  # of the speakers' levels
    room: float  # reverberation time
    cues: str


STYLES = {
    "film": Style((0.9, 0.9), 0, (50, 200), (4, 25), (-58, -48), 3, 0, "edited"),
    "loud film": Style((0.9, 0.9), 0, (40, 160), (4, 30), (-44, -31), 4, 0.2, "edited"),
    "sparse film": Style((2.5, 1.0), 0, (15, 50), (15, 60), (-55, -36), 4, 0.2, "edited"),
    "lecture": Style((0.5, 0.5), 0, (100, 400), (1, 4), (-65, -45), 1, 0.3, "edited"),
    "talk": Style((0.35, 0.8), 0.15, (60, 300), (1, 6), (-65, -45), 4, 0, "chunks"),
    "meeting": Style((0.4, 1.0), 0.3, (60, 300), (1, 8), (-52, -40), 7, 0.5, "chunks"),
    "interview": Style((0.4, 0.7), 0.05, (60, 300), (2, 10), (-60, -40), 3, 0.1, "verbatim"),
}


@dataclass
class Show:
    name: str
    style: str
    cast: list  # indices of the utterances that it draws on
    seconds: float
    turns: list  # (start, utterance, first phrase, last phrase, level)
    scenes: list  # (start, end)

    def phrases(self, bank):
        """(start, end) of all that is said, sorted."""
        spoken = []
        for start, which, first, last, _ in self.turns:
            phrases = bank[which].phrases
            spoken += [(start + a - phrases[first][0], start + b - phrases[first][0]) for a, b in phrases[first : last + 1]]
        return sorted(spoken)


def plan(name, style, bank, cast, seconds, rng):
    """Lays turns of one to four phrases one after the other, in scenes."""
    show = Show(name, style, cast, seconds, [], [])
    style = STYLES[style]
    levels = {u.speaker: rng.normal(0, style.spread) for u in bank}
    time, deck = rng.uniform(3, 25), []
    while time < seconds - 15:
        start, end = time, min(seconds - 6, time + rng.uniform(*style.scene))
        while time < end:
            deck = deck or list(rng.permutation(cast))
            which = int(deck.pop())
            phrases = bank[which].phrases
            first = int(rng.integers(len(phrases)))
            last = min(len(phrases) - 1, first + int(rng.integers(4)))
            length = phrases[last][1] - phrases[first][0]
            if time + length > seconds - 3:
                break
            level = SPEECH_LEVEL + levels[bank[which].speaker] + rng.normal(0, 1.5)
            show.turns.append((time, which, first, last, level))
            overlaps = rng.random() < style.overlap
            pause = -rng.uniform(0.1, min(1.5, length * 0.8)) if overlaps else style.gap[0] * np.exp(rng.normal(0, style.gap[1]))
            time += length + min(12, pause)
        show.scenes.append((start, time))
        time += rng.uniform(*style.between)
    return show


def sound(show, bank, rng):
    """The samples of a show, -1...1."""
    style, count = STYLES[show.style], int(show.seconds * RATE)
    speech = np.zeros(count, np.float32)
    for start, which, first, last, level in show.turns:
        utterance, at = bank[which], int(start * RATE)
        a, b = utterance.phrases[first][0], utterance.phrases[last][1]
        clip = faded(utterance.samples[max(0, int((a - 0.03) * RATE)) : int((b + 0.03) * RATE)])
        at -= min(at, int(min(a, 0.03) * RATE))
        speech[at : at + len(clip)] += (clip * gain(level))[: count - at]
    return np.clip(reverberant(speech, style.room, rng) + background(show, count, rng), -1, 1)


def faded(clip):
    clip, n = clip.copy(), min(len(clip) // 2, RATE // 50)
    clip[:n] *= np.linspace(0, 1, n)
    clip[-n:] *= np.linspace(1, 0, n)
    return clip


def gain(level):
    return 10 ** (level / 20)


def reverberant(samples, time, rng):
    """Adds the tail of a room: noise that decays by 60 dB in `time`, a tenth as strong as the direct sound at first."""
    if time == 0:
        return samples
    n = int(time * RATE)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / n) * 0.02
    size = 1 << int(len(samples) + n).bit_length()
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(tail, size)
    return samples + np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


def background(show, count, rng):
    style = STYLES[show.style]
    total = gain(-68) * rng.standard_normal(count)
    last = 0
    for start, end in show.scenes + [(show.seconds, show.seconds)]:
        total += under(last, start, count, (-40, -23), 0.6, rng) + under(start, end, count, style.noise, 0.4, rng)
        last = end
    for _ in range(int(show.seconds / rng.uniform(8, 40))):  # doors, steps, clicks
        at, n = int(rng.integers(count)), int(rng.uniform(0.03, 0.4) * RATE)
        burst = noise(n, rng) * np.exp(-np.arange(n) / (0.3 * n)) * gain(rng.uniform(-32, -16))
        total[at : at + n] += burst[: count - at]
    return total.astype(np.float32)


def under(start, end, count, levels, musical, rng):
    """Music or noise from one time to another, silence elsewhere."""
    result = np.zeros(count, np.float32)
    a, b = int(start * RATE), min(count, int(end * RATE))
    if b - a > RATE // 10:
        kind = music if rng.random() < musical else noise
        result[a:b] = kind(b - a, rng) * gain(rng.uniform(*levels))
    return result


def noise(count, rng):
    """Noise that falls by 3 to 6 dB an octave, at level 1."""
    size = 1 << max(4, int(count).bit_length())
    spectrum = np.fft.rfft(rng.standard_normal(size))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** rng.uniform(0.5, 1)
    spectrum[0] = 0
    samples = np.fft.irfft(spectrum)[:count]
    return samples / (np.sqrt(np.mean(samples**2)) + 1e-9)


def music(count, rng):
    """Plucked chords of a pentatonic scale over a pulse, at level 1."""
    total, at = np.zeros(count), 0
    beat, root = int(RATE * rng.uniform(0.2, 0.7)), rng.uniform(90, 250)
    while at < count:
        for step in rng.choice([0, 2, 4, 7, 9, 12], rng.integers(1, 4), replace=False):
            n = min(count - at, int(beat * rng.uniform(1, 5)))
            time, pitch = np.arange(n) / RATE, root * 2 ** (step / 12)
            tone = sum(np.sin(2 * np.pi * pitch * h * time) / h**1.2 for h in range(1, 6))
            total[at : at + n] += tone * np.exp(-time * rng.uniform(0.8, 5))
        at += beat
    return total / (np.sqrt(np.mean(total**2)) + 1e-9)


def cues(show, bank, rng):
    """True cues, (start, end) in seconds: sorted, apart from each other."""
    return {"edited": edited, "chunks": chunks, "verbatim": verbatim}[STYLES[show.style].cues](show.phrases(bank), rng)


def edited(phrases, rng):
    """As subtitlers do: a second or longer, lingering, neighbours merged; starts within 0.15 s of the speech."""
    result = []
    for start, end in split(joined(phrases, 0), 7):
        start, end = start + rng.uniform(-0.12, 0.15), max(end + rng.uniform(-0.05, 0.6), start + 1)
        if result and start - result[-1][1] < 0.4 and end - result[-1][0] < 6.5 and rng.random() < 0.35:
            result[-1] = (result[-1][0], end)
            continue
        if result and result[-1][1] > start - 0.08:
            result[-1] = (result[-1][0], max(result[-1][0] + 0.3, start - 0.08))
        result.append((max(0, start), end))
    return apart(result)


def chunks(phrases, rng):
    """As transcripts of talk give them: whoever speaks, in pieces of at most 4.5 s."""
    return apart(split(joined(phrases, rng.uniform(0.2, 0.6)), 4.5))


def verbatim(phrases, rng):
    """As recognisers give them: close to the speech, one cue a phrase."""
    return apart([(max(0, a + rng.normal(0, 0.04)), b + rng.normal(0, 0.05)) for a, b in split(joined(phrases, 0.1), 8)])


def joined(phrases, gap):
    result = []
    for start, end in phrases:
        if result and start - result[-1][1] <= gap:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def split(stretches, longest):
    for start, end in stretches:
        parts = int(np.ceil((end - start) / longest))
        for i in range(parts):
            yield start + (end - start) * i / parts, start + (end - start) * (i + 1) / parts


def apart(cues):
    """Drops what an edit left empty or out of order."""
    result = []
    for start, end in cues:
        if end - start >= 0.2 and (not result or start >= result[-1][1] - 0.05):
            result.append((start, end))
    return result
