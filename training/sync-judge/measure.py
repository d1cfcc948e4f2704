#!/usr/bin/env python3
"""Runs `slate align` on every subtitle file of some shows and writes the figures behind its verdicts, one JSON object a line.

usage: measure.py SLATE FOLDER > figures.jsonl
FOLDER holds what make.py writes: NAME.wav (or .flac, .mka, .mp4), NAME.KIND.srt, NAME.KIND.json.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

MEDIA = (".wav", ".flac", ".mka", ".mp4")


def main():
    slate, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    media = [path for path in sorted(folder.iterdir()) if path.suffix in MEDIA]
    jobs = [(m, s) for m in media for s in sorted(folder.glob(m.stem + ".*.srt")) if s.with_suffix(".json").exists()]
    with ThreadPoolExecutor(2) as pool, tempfile.TemporaryDirectory() as scratch:
        for row in pool.map(lambda job: measured(slate, *job, scratch), jobs):
            print(json.dumps(row))


def measured(slate, media, subtitles, scratch):
    output = os.path.join(scratch, subtitles.name)
    command = [slate, "align", media, subtitles, "-o", output, "--json", "--quiet"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    truth = json.loads(subtitles.with_suffix(".json").read_text())
    return {
        "show": media.stem,
        "kind": subtitles.stem[len(media.stem) + 1 :],
        "belongs": any(start is not None for start, _ in truth),
        "placed": placed(report["pieces"], starts(subtitles), truth),
        "cutsPerCue": (len(report["pieces"]) - 1) / max(1, report["cues"]),
    } | {key: report[key] for key in ("result", "confidence", "correlation", "decoyShare", "edgeAgreement", "cues")}


def starts(subtitles):
    """The starts of a SubRip file's cues, in seconds."""
    times = re.findall(r"^(\d+):(\d+):(\d+),(\d+) -->", subtitles.read_text(), re.MULTILINE)
    return [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in times]


def placed(pieces, starts, truth):
    """Share of the cues whose starts would come within half a second of the truth."""
    cues = sorted(zip(starts, (start for start, _ in truth)), key=lambda cue: cue[0])
    lines = [piece for piece in pieces for _ in range(piece["cues"])]
    errors = [abs(s * l["rate"] + l["offset"] - t) for (s, t), l in zip(cues, lines) if t is not None]
    return sum(e <= 0.5 for e in errors) / max(1, len(errors))


if __name__ == "__main__":
    main()
