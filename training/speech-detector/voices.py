"""Clean speech at 16 kHz with the frames in which it is spoken."""
import pathlib
import subprocess
from dataclasses import dataclass

import numpy as np

RATE = 16000
FRAME = RATE // 100  # 10 ms
SHORTEST_PAUSE = 30  # frames; a shorter pause belongs to the speech around it

# espeak-ng voices; the second list is kept for the held-out scenes.
SYNTHETIC = {
    "train": "en-us en-gb de fr es it pt-br nl pl sv cmn ja ru ar hi tr en-us+f2 de+f3 fr+f4 es+f1 ru+m7 cmn+f5".split(),
    "held-out": "en-gb-scotland+f1 cs+m2 fi+f4 hu ro+f2 ko".split(),
}
SENTENCES = {
    "cmn": "今天 天气 很好 我们 去 公园 走 一走 吧 明天 下雨 朋友 电话",
    "ja": "きょう は てんき が いい です あした また あいましょう ともだち でんわ",
    "ko": "오늘 날씨 좋다 우리 공원 내일 친구 전화 사람 시간",
    "ru": "сегодня хорошая погода мы идём домой завтра будет дождь друг время человек",
    "ar": "اليوم الطقس جميل نذهب إلى البيت غدا صديق وقت كتاب",
    "hi": "आज मौसम अच्छा है हम घर जाते हैं कल दोस्त समय किताब",
}
LATIN = """after again water people mother number little before other animal question answer city summer window paper morning
never seven thirty tomorrow together important different house light garden yellow music between country river""".split()


@dataclass
class Voice:
    """One recording of one speaker. `spoken` has a value for each frame; samples are at a level of 1 where it is set."""

    speaker: str
    samples: np.ndarray
    spoken: np.ndarray


def librispeech(folder, split):
    """Every fifth speaker, in order of the file names, is held out."""
    files = sorted(pathlib.Path(folder).glob("*.flac"))
    return [voice(f.name.split("-")[0], decoded(f.read_bytes())) for i, f in enumerate(files) if held_out(i) == (split == "held-out")]


def emodb(folder, split):
    """The first two digits of a file name are the speaker; 03 and 16 are held out. Clips of a speaker are joined by fours."""
    files = sorted(pathlib.Path(folder).glob("*.flac"))
    by_speaker = {}
    for f in files:
        by_speaker.setdefault(f.name[:2], []).append(f)
    result = []
    for speaker, clips in by_speaker.items():
        if (speaker in ("03", "16")) == (split == "held-out"):
            for i in range(0, len(clips), 4):
                result.append(voice("emodb" + speaker, np.concatenate([decoded(c.read_bytes()) for c in clips[i : i + 4]])))
    return result


def synthetic(split, rng, count=4):
    """Sentences of random words, read by espeak-ng."""
    result = []
    for name in SYNTHETIC[split]:
        words = SENTENCES.get(name.split("+")[0], " ".join(LATIN)).split()
        for _ in range(count):
            text = ", ".join(" ".join(rng.choice(words, rng.integers(3, 9))) for _ in range(rng.integers(2, 6)))
            command = ["espeak-ng", "-v", name, "-s", str(rng.integers(120, 200)), "-p", str(rng.integers(30, 70)), "--stdout", text + "."]
            result.append(voice(name, decoded(subprocess.run(command, capture_output=True, check=True).stdout)))
    return result


def held_out(index):
    return index % 5 == 4


def decoded(sound):
    """Mono samples at 16 kHz of an encoded sound file."""
    command = f"ffmpeg -v error -i - -f f32le -ac 1 -ar {RATE} -".split()
    return np.frombuffer(subprocess.run(command, input=sound, capture_output=True, check=True).stdout, np.float32)


def voice(speaker, samples):
    samples = samples[: len(samples) // FRAME * FRAME] - samples.mean()
    spoken = activity(samples)
    level = np.sqrt(np.mean(samples.reshape(-1, FRAME)[spoken] ** 2)) + 1e-9
    return Voice(speaker, (samples / level).astype(np.float32), spoken)


def activity(samples):
    """Frames that stand out of the recording's own floor: above 30 % of its range in dB, and within 35 dB of its loud parts."""
    power = np.mean(samples.reshape(-1, FRAME) ** 2, axis=1)
    level = np.convolve(10 * np.log10(power + 1e-10), np.ones(5) / 5, "same")
    low, high = np.percentile(level, [5, 95])
    loud = level > max(high - 35, low + 0.3 * (high - low))
    loud = np.convolve(loud, np.ones(5), "same") > 0
    return without_runs(without_runs(loud, False, SHORTEST_PAUSE), True, 5)


def without_runs(flags, value, shortest):
    """Turns runs of `value` that are shorter than `shortest` into the other value; those at the ends stay."""
    edges = np.flatnonzero(np.diff(flags)) + 1
    result = flags.copy()
    for a, b in zip(edges[:-1], edges[1:]):
        if flags[a] == value and b - a < shortest:
            result[a:b] = not value
    return result
