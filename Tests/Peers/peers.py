#!/usr/bin/env python3
"""Lets the field's own libraries, xmllint and Chromium read what slate writes, and compares what they say with what was put in.

    make peers
    python3 Tests/Peers/peers.py --slate .build/release/slate [--only vtt,eaf]

A check whose library or program is not installed counts as a failure: `make peers` installs them.
"""
import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile

import sources
import track

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Peers:
    def __init__(self, slate, folder):
        self.slate, self.folder = slate, folder

    def convert(self, text, source, target, *options):
        """The path of what slate makes of a text."""
        path = os.path.join(self.folder, source)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        output = os.path.join(self.folder, "out-" + target)
        subprocess.run([self.slate, "convert", path, output, "--replace", "--quiet", *options], check=True)
        return output

    # Subtitles

    def cues_by_pysubs2(self):
        import html
        import pysubs2
        for format, unit in ("vtt", 1), ("srt", 1), ("ass", 10):
            subs = pysubs2.load(self.convert(sources.vtt(), "cues.vtt", "cues." + format))
            # pysubs2 leaves the character references of WebVTT as they are.
            plain = html.unescape if format == "vtt" else str
            equal([(e.start, e.end, plain(e.plaintext)) for e in subs],
                  [(whole(a, unit), whole(b, unit), t) for a, b, t in sources.CUES], "pysubs2 " + format)

    def cues_by_webvtt_py(self):
        import html
        import webvtt
        expected = [(sources.stamp(a), sources.stamp(b), t) for a, b, t in sources.CUES]
        for format, read in ("vtt", webvtt.read), ("srt", webvtt.from_srt):
            captions = read(self.convert(sources.vtt(), "cues.vtt", "cues." + format))
            # `text` leaves out what stands between < and >, in SubRip too.
            equal([(c.start, c.end, html.unescape(c.raw_text)) for c in captions], expected, "webvtt-py " + format)

    def cues_by_srt(self):
        import srt
        with open(self.convert(sources.vtt(), "cues.vtt", "cues.srt"), encoding="utf-8") as file:
            subs = list(srt.parse(file.read(), ignore_errors=False))
        equal([(s.start.total_seconds(), s.end.total_seconds(), s.content) for s in subs], sources.CUES, "srt")

    def cues_by_chromium(self):
        path = self.convert(sources.vtt(), "cues.vtt", "cues.vtt")
        cues, shown = track.play(path, self.folder)
        equal([(c["start"], c["end"], c["text"]) for c in cues], sources.CUES, "Chromium lists")
        equal(shown, [text for start, _, text in sources.CUES if start < track.SECONDS], "Chromium plays")

    # Speech

    def turns_by_pyannote(self):
        from pyannote.database.util import load_rttm, load_uem
        found = load_rttm(self.convert(sources.rttm(), "turns.rttm", "turns.rttm"))
        turns = [(m, round(s.start, 6), round(s.end, 6), label) for m in found for s, _, label in found[m].itertracks(yield_label=True)]
        equal(sorted(turns), sorted(sources.TURNS), "pyannote.database RTTM")
        timeline = load_uem(self.convert(sources.uem(), "talk.uem", "talk.uem"))
        spans = {m: [(s.start, s.end) for s in timeline[m]] for m in timeline}
        equal(spans, {"talk": [(0.0, 12.5)], "call": [(1.0, 4.0)]}, "pyannote.database UEM")

    def tiers_by_praatio(self):
        from praatio import textgrid
        grid = textgrid.openTextgrid(self.convert(sources.textgrid(), "talk.TextGrid", "talk.TextGrid"), includeEmptyIntervals=False)
        found = {name: [(e.start, e.end, e.label) for e in grid.getTier(name).entries] for name in grid.tierNames}
        equal(found, sources.TIERS, "praatio")

    def tiers_by_pympi(self):
        import pympi
        path = self.convert(sources.textgrid(), "talk.TextGrid", "talk.eaf")
        with contextlib.redirect_stdout(io.StringIO()):
            doc = pympi.Elan.Eaf(path)
        found = {name: sorted(a[:3] for a in doc.get_annotation_data_for_tier(name)) for name in doc.get_tier_names()}
        expected = {name: [(whole(a), whole(b), t) for a, b, t in tier] for name, tier in sources.TIERS.items()}
        equal(found, expected, "pympi EAF")
        grid = pympi.Praat.TextGrid(self.convert(sources.textgrid(), "talk.TextGrid", "again.TextGrid"))
        equal({t.name: [i for i in t.get_intervals() if i[2]] for t in grid.get_tiers()}, sources.TIERS, "pympi TextGrid")

    def supervisions_by_lhotse(self):
        from lhotse import SupervisionSet
        path = self.convert(sources.nemo(), "talk.nemo.json", "supervisions.jsonl", "--from", "nemo", "--to", "lhotse")
        found = [(s.recording_id, s.start, s.duration, s.speaker, s.text) for s in SupervisionSet.from_file(path)]
        equal(sorted(found), sorted((m + ".wav", *rest) for m, *rest in sources.SUPERVISIONS), "lhotse")

    # Vision

    def boxes_by_pycocotools(self):
        from pycocotools.coco import COCO
        path = self.convert(sources.mot(), "gt.txt", "boxes.json", "--from", "mot", "--to", "coco", "--rate", "25", "--size", "640x360")
        with contextlib.redirect_stdout(io.StringIO()):
            dataset = COCO(path)
        found = sorted((a["image_id"], a["bbox"]) for a in dataset.loadAnns(dataset.getAnnIds()))
        frames = {image: rank + 1 for rank, image in enumerate(sorted(dataset.getImgIds()))}
        equal(sorted((frames[i], b) for i, b in found), sorted((f, b) for f, _, b in sources.BOXES), "pycocotools")

    # General

    def json_by_its_schema(self):
        import jsonschema
        with open(os.path.join(REPOSITORY, "docs/formats/slate.schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        inputs = [(sources.vtt(), "cues.vtt"), (sources.rttm(), "turns.rttm"), (sources.textgrid(), "talk.TextGrid"), (sources.mot(), "gt.mot.txt")]
        for text, name in inputs:
            options = ["--to", "json"] + (["--from", "mot", "--rate", "25"] if "mot" in name else [])
            with open(self.convert(text, name, name + ".slate.json", *options), encoding="utf-8") as file:
                document = json.load(file)
            equal([e.message for e in validator.iter_errors(document)], [], "jsonschema " + name)

    def xml_by_xmllint(self):
        schema = os.path.join(REPOSITORY, "../shared/data/formats/eaf/EAFv3.0.xsd")
        targets = [(sources.vtt(), "cues.vtt", "cues.ttml", []), (sources.textgrid(), "talk.TextGrid", "talk.eaf", []),
                   (sources.mot(), "gt.txt", "tracks.xml", ["--from", "mot", "--to", "cvat", "--rate", "25"]),
                   (sources.rttm().replace("call", "talk"), "turns.rttm", "talk.emotionml", [])]
        for text, source, target, options in targets:
            path = self.convert(text, source, target, *options)
            check = ["--schema", schema] if target.endswith(".eaf") and os.path.exists(schema) else []
            result = subprocess.run(["xmllint", "--noout", "--nonet", *check, path], capture_output=True, text=True)
            equal(result.returncode, 0, f"xmllint {target}: {result.stderr}")


def whole(seconds, unit=1):
    """Milliseconds, on a grid of so many, halves up as slate rounds."""
    return int(seconds * 1000 / unit + 0.5 + 1e-9) * unit


def equal(found, expected, what):
    found, expected = list(found) if not isinstance(found, (dict, int)) else found, list(expected) if not isinstance(expected, (dict, int)) else expected
    if found != expected:
        raise AssertionError(f"{what}:\n    found    {found}\n    expected {expected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slate", default=os.path.join(REPOSITORY, ".build/release/slate"))
    parser.add_argument("--only", default="", help="parts of names of checks, separated by commas")
    options = parser.parse_args()
    wanted = [part for part in options.only.split(",") if part]
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(os.path.abspath(options.slate), folder)
        for name in [n for n in vars(Peers) if "_by_" in n and (not wanted or any(w in n for w in wanted))]:
            try:
                getattr(peers, name)()
                passed += 1
                print(f"ok      {name.replace('_', ' ')}")
            except Exception as error:  # a peer may fail in any way; the next one still runs
                failed += 1
                print(f"FAILED  {name.replace('_', ' ')}: {type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
