"""Speech to build shows from: utterances with the times of their phrases, at 8 kHz."""
import pathlib
import subprocess
from dataclasses import dataclass

import numpy as np

RATE = 8000
FRAME = RATE // 100  # 10 ms

# espeak-ng voices; the second list is kept for the held-out shows.
VOICES = {
    "train": "en-us en-gb de fr es it pt-br nl pl sv en-us+f2 de+f3 fr+f4 es+f1 it+m3 pl+m7".split(),
    "held-out": "en-gb-scotland+f1 cs+m2 fi+f4 hu ro+f2 da".split(),
}
WORDS = """after again air all animal answer around away because before between book both boy carry change children city close
country cut different does earth end enough every example father few find follow food four friend girl give good great
hand hard head help here high home house idea important kind large last later learn leave letter life light line little
live long made many might money morning mother mountain move music name near never night number often old only open
other our over own page paper part people picture place plant play point quick read right river run same school second
see sentence set should show side small something song sound spell start still stop story study such take talk tell than
thing think three through time together tree turn under until use very walk want watch water week well went where which
while white why will with without wonder word work world would write year young""".split()


@dataclass
class Utterance:
    """What one speaker said in one go. The phrases are (start, end) in seconds, parted by pauses of 0.25 s or more."""

    speaker: str
    samples: np.ndarray
    phrases: list


def librispeech(folder, split):
    """One utterance a speaker; every fifth speaker, in order of the file names, is held out."""
    files = sorted(pathlib.Path(folder).glob("*.flac"))
    chosen = [f for i, f in enumerate(files) if (i % 5 == 4) == (split == "held-out")]
    return [utterance(f.name.split("-")[0], decoded(f.read_bytes())) for f in chosen]


def synthetic(split, rng, sentences=12):
    """Sentences of random words, read by espeak-ng."""
    result = []
    for voice in VOICES[split]:
        for _ in range(sentences):
            text = ", ".join(" ".join(rng.choice(WORDS, rng.integers(3, 12))) for _ in range(rng.integers(1, 4)))
            command = ["espeak-ng", "-v", voice, "-s", str(rng.integers(130, 190)), "--stdout", text + "."]
            sound = subprocess.run(command, capture_output=True, check=True).stdout
            result.append(utterance(voice, decoded(sound)))
    return result


def decoded(sound):
    """Mono samples at 8 kHz of an encoded sound file."""
    command = f"ffmpeg -v error -i - -f f32le -ac 1 -ar {RATE} -".split()
    return np.frombuffer(subprocess.run(command, input=sound, capture_output=True, check=True).stdout, np.float32)


def utterance(speaker, samples):
    phrases = phrases_of(samples)
    first, last = int(phrases[0][0] * RATE), int(phrases[-1][1] * RATE)
    samples = samples[first:last] - samples.mean()
    start = phrases[0][0]
    level = np.sqrt(np.mean(samples**2)) + 1e-9
    return Utterance(speaker, samples / level, [(a - start, b - start) for a, b in phrases])


def phrases_of(samples, pause=0.25, shortest=0.15):
    """(start, end) of the stretches within 30 dB of the loud parts, joined over gaps shorter than `pause`. Seconds."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    level = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    loud = np.flatnonzero(level > np.percentile(level, 95) - 30)
    breaks = np.flatnonzero(np.diff(loud) > pause * 100)
    starts = loud[np.concatenate([[0], breaks + 1])] / 100
    ends = (loud[np.concatenate([breaks, [len(loud) - 1]])] + 1) / 100
    return [(a, b) for a, b in zip(starts, ends) if b - a >= shortest]
