#!/usr/bin/env python3
"""Makes the shows that the verdict of `slate align` is fitted on, and those that the fit is tried on.

usage: make.py LIBRISPEECH OUT [--split train|held-out] [--shows 40] [--seed 1]
Writes OUT/NAME.wav, and for every subtitle file OUT/NAME.KIND.srt with OUT/NAME.KIND.json: the true [start, end] of each cue,
[null, null] where it belongs nowhere.
"""
import argparse
import json
import pathlib
import wave

import numpy as np

import pairs
import shows
import speech

# Minutes; every eighth show is longer than the 15 minutes that Slate decodes whole.
SHORT, LONG = (3, 10), (18, 35)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("librispeech")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--split", choices=["train", "held-out"], default="train")
    parser.add_argument("--shows", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    bank = speech.librispeech(options.librispeech, options.split)
    recorded = len(bank)
    bank += speech.synthetic(options.split, np.random.default_rng([options.seed, 0]))
    made = [show(i, bank, recorded, options.seed) for i in range(options.shows)]
    for i in range(len(made)):
        write(options.out, i, made, bank, options.seed)


def show(index, bank, recorded, seed):
    """The plan of a show, its cues, and the cues of another that the same voices speak in the same style."""
    rng = np.random.default_rng([seed, 1, index])
    style = list(shows.STYLES)[index % len(shows.STYLES)]
    seconds = 60 * rng.uniform(*(LONG if index % 8 == 7 else SHORT))
    # Every third show is synthetic speech, the others are recordings: of some speakers, or of all.
    pool = np.arange(recorded, len(bank)) if index % 3 == 2 else np.arange(recorded)
    cast = rng.choice(pool, min(len(pool), int(rng.choice([6, 12, 25, len(pool)]))), replace=False)
    plan = shows.plan(f"show-{index:02}", style, bank, cast, seconds, rng)
    twin = shows.plan("twin", style, bank, cast, seconds, rng)
    return plan, shows.cues(plan, bank, rng), shows.cues(twin, bank, rng)


def write(folder, index, made, bank, seed):
    rng = np.random.default_rng([seed, 2, index])
    plan, cues, twin = made[index]
    others = [made[i][1] for i in rng.choice([i for i in range(len(made)) if i != index], 6, replace=False)]
    files = pairs.wrong(cues, twin, others, rng)
    if index % 10 == 9:  # nobody speaks: no subtitles belong
        plan.turns = []
    else:
        files |= pairs.right(cues, rng)
    for kind, pair in files.items():
        base = folder / f"{plan.name}.{kind.replace(' ', '_')}"
        base.with_name(base.name + ".srt").write_text(pairs.subrip(pair))
        truth = [[true, None if true is None else true + b - a] for a, b, true in pair]
        base.with_name(base.name + ".json").write_text(json.dumps(truth))
    with wave.open(str(folder / f"{plan.name}.wav"), "wb") as file:
        file.setparams((1, 2, speech.RATE, 0, "NONE", ""))
        file.writeframes((shows.sound(plan, bank, rng) * 32767).astype("<i2").tobytes())
    print(plan.name, plan.style, f"{plan.seconds / 60:.0f} min, {len(cues)} cues, {len(files)} files", flush=True)


if __name__ == "__main__":
    main()
