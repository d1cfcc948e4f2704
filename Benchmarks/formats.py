#!/usr/bin/env python3
"""Reads and writes the same generated label files with Slate and with its peers, and prints times and ratios.

    make bench-formats                                                       # builds, makes the files, runs what is installed
    python3 Benchmarks/formats.py --only vtt,rttm --labels 100000 --repeats 3

Each measurement is a process of its own: Slate and its peers take turns, every process reads and writes `--repeats` times, and the
median counts. Peers that are not installed are left out. PyPI: pysubs2 webvtt-py srt pyannote.database meeteval pympi-ling pycocotools datumaro.
"""
import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, ".build/release/FormatsBenchmark")
WORDS = "so the red house on a hill was sold last year and nobody knew why it took them long to say a word about that".split()


# Files

def sentence(rng):
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 12)))
    return text[0].upper() + text[1:] + rng.choice([".", "?", "!", ","])


def clock(ms, comma="."):
    return f"{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}{comma}{ms % 1000:03d}"


def spans(rng, count, unit=1):
    at = 0
    for _ in range(count):
        at += rng.randint(10, 60) * 10 * unit
        length = rng.randint(50, 400) * 10 * unit
        yield at, at + length
        at += length


def vtt(rng, count):
    yield "WEBVTT\n"
    for number, (start, end) in enumerate(spans(rng, count)):
        text = f"<i>{sentence(rng)}</i>" if number % 10 == 0 else sentence(rng)
        yield f"\n{clock(start)} --> {clock(end)}\n{text}\n"


def srt(rng, count):
    for number, (start, end) in enumerate(spans(rng, count)):
        text = f"<i>{sentence(rng)}</i>" if number % 10 == 0 else sentence(rng)
        yield f"{number + 1}\n{clock(start, ',')} --> {clock(end, ',')}\n{text}\n\n"


def ass(rng, count):
    yield "[Script Info]\nScriptType: v4.00+\nPlayResX: 1920\nPlayResY: 1080\n\n[V4+ Styles]\n"
    yield "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, "
    yield "ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
    yield "Style: Default,Arial,48,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1\n\n[Events]\n"
    yield "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    for number, (start, end) in enumerate(spans(rng, count)):
        text = "{\\i1}" + sentence(rng) + "{\\i0}" if number % 10 == 0 else sentence(rng)
        yield f"Dialogue: 0,{clock(start)[1:-1]},{clock(end)[1:-1]},Default,,0,0,0,,{text}\n"


def rttm(rng, count):
    for number, (start, end) in enumerate(spans(rng, count)):
        yield f"SPEAKER show 1 {start / 1000:.3f} {(end - start) / 1000:.3f} <NA> <NA> spk{number % 7} <NA> <NA>\n"


def textgrid(rng, count):
    tiers = 4
    words = [list(spans(rng, count // tiers)) for _ in range(tiers)]
    last = max(tier[-1][1] for tier in words) / 1000 + 1
    yield f'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = {last} \ntiers? <exists> \nsize = {tiers} \nitem []: \n'
    for index, tier in enumerate(words):
        rows, at = [], 0
        for start, end in tier:
            rows += [(at, start, ""), (start, end, rng.choice(WORDS))]
            at = end
        rows.append((at, int(last * 1000), ""))
        yield f'    item [{index + 1}]:\n        class = "IntervalTier" \n        name = "tier{index}" \n        xmin = 0 \n        xmax = {last} \n'
        yield f"        intervals: size = {len(rows)} \n"
        for number, (start, end, text) in enumerate(rows):
            yield f'        intervals [{number + 1}]:\n            xmin = {start / 1000} \n            xmax = {end / 1000} \n            text = "{text}" \n'


def eaf(rng, count):
    times = list(spans(rng, count))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0" '
    yield 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n'
    yield '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n    <TIME_ORDER>\n'
    for number, (start, end) in enumerate(times):
        yield f'        <TIME_SLOT TIME_SLOT_ID="ts{2 * number + 1}" TIME_VALUE="{start}"/>\n        <TIME_SLOT TIME_SLOT_ID="ts{2 * number + 2}" TIME_VALUE="{end}"/>\n'
    yield '    </TIME_ORDER>\n    <TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="speech">\n'
    for number in range(count):
        yield f'        <ANNOTATION>\n            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number + 1}" TIME_SLOT_REF1="ts{2 * number + 1}" TIME_SLOT_REF2="ts{2 * number + 2}">\n'
        yield f"                <ANNOTATION_VALUE>{sentence(rng)}</ANNOTATION_VALUE>\n            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n"
    yield '    </TIER>\n    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>\n</ANNOTATION_DOCUMENT>\n'


def coco(rng, count):
    images = [{"id": i + 1, "file_name": f"{i:06d}.jpg", "width": 1280, "height": 720} for i in range(count // 10)]
    annotations = []
    for number in range(count):
        x, y, w, h = (round(rng.uniform(0, 600), 2), round(rng.uniform(0, 300), 2), round(rng.uniform(5, 600), 2), round(rng.uniform(5, 300), 2))
        annotations.append({
            "id": number + 1, "image_id": number // 10 + 1, "category_id": number % 80 + 1, "bbox": [x, y, w, h], "area": round(w * h, 2), "iscrowd": 0,
            "segmentation": [[x, y, x + w, y, x + w, y + h, x, y + h]] if number % 10 == 0 else []})
    yield json.dumps({"images": images, "annotations": annotations, "categories": [{"id": i + 1, "name": f"class{i}"} for i in range(80)]})


MAKERS = {"vtt": vtt, "srt": srt, "ass": ass, "rttm": rttm, "textgrid": textgrid, "eaf": eaf, "coco": coco}


# Peers: each returns what it read and a way to write it.

def read_pysubs2(path, format):
    import pysubs2
    subs = pysubs2.load(path)
    return len(subs), lambda: subs.to_string(format)


def read_webvtt(path, format):
    import webvtt
    captions = webvtt.read(path) if format == "vtt" else webvtt.from_srt(path)
    return len(captions), lambda: captions.content if format == "vtt" else "\n".join(str(c) for c in captions)


def read_srt(path, format):
    import srt as peer
    subs = list(peer.parse(open(path, encoding="utf-8").read()))
    return len(subs), lambda: peer.compose(subs)


def read_pyannote(path, format):
    from pyannote.database.util import load_rttm
    annotations = load_rttm(path)
    return sum(len(a) for a in annotations.values()), lambda: [a.to_rttm() for a in annotations.values()]


def read_meeteval(path, format):
    import meeteval
    turns = meeteval.io.RTTM.load(path)
    return len(turns.lines), lambda: turns.dumps()


def read_pympi(path, format):
    import pympi
    if format == "eaf":
        doc = pympi.Elan.Eaf(path)
        # It renames what it replaces, so it gets a new file each time.
        return len(doc.annotations), lambda: pympi.Elan.to_eaf(tempfile.mktemp(), doc)
    grid = pympi.Praat.TextGrid(path)
    return sum(len(t.intervals) for t in grid.tiers), lambda: grid.to_file(tempfile.mktemp())


def read_pycocotools(path, format):
    from pycocotools.coco import COCO
    stdout, sys.stdout = sys.stdout, open(os.devnull, "w")
    dataset = COCO(path)
    sys.stdout = stdout
    return len(dataset.anns), lambda: json.dumps(dataset.dataset)


def read_datumaro(path, format):
    from datumaro.components.dataset import Dataset
    dataset = Dataset.import_from(os.path.dirname(os.path.dirname(path)), "coco_instances")
    count = sum(len(item.annotations) for item in dataset)
    return count, lambda: dataset.export(tempfile.mkdtemp(), "coco_instances")


PEERS = {
    "vtt": {"pysubs2": read_pysubs2, "webvtt-py": read_webvtt},
    "srt": {"pysubs2": read_pysubs2, "srt": read_srt, "webvtt-py": read_webvtt},
    "ass": {"pysubs2": read_pysubs2},
    "rttm": {"pyannote.database": read_pyannote, "meeteval": read_meeteval},
    "textgrid": {"pympi": read_pympi},
    "eaf": {"pympi": read_pympi},
    "coco": {"pycocotools": read_pycocotools, "datumaro": read_datumaro},
}


def measure_peer(name, format, path, repeats):
    """Runs in a process of its own."""
    reads, writes, labels = [], [], 0
    PEERS[format][name](path, format)  # imports and first-use costs are not counted
    for _ in range(repeats):
        start = time.monotonic()
        labels, write = PEERS[format][name](path, format)
        middle = time.monotonic()
        write()
        reads.append(middle - start)
        writes.append(time.monotonic() - middle)
    print(json.dumps({"read": reads, "write": writes, "labels": labels, "peakKiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        return result.stderr.strip().splitlines()[-1:] or ["failed"]
    return json.loads(result.stdout.strip().splitlines()[-1])


def report(format, path, repeats):
    size = os.path.getsize(path) / 1e6
    slate = run([PROGRAM, format, path, str(repeats)])
    if isinstance(slate, list):
        return print(f"{format}: slate: {slate[0]}")
    read, write = statistics.median(slate["read"]), statistics.median(slate["write"])
    print(f"\n{format}: {slate['labels']} labels, {size:.1f} MB")
    print(f"  {'slate':18} read {read:8.3f} s {size / read:7.0f} MB/s   write {write:8.3f} s {slate['written'] / 1e6 / write:7.0f} MB/s   peak {slate['peakKiB'] / 1024:6.0f} MiB")
    for peer in PEERS[format]:
        result = run([sys.executable, os.path.abspath(__file__), "--peer", peer, "--format", format, "--file", path, "--repeats", str(repeats)])
        if isinstance(result, list):
            print(f"  {peer:18} {result[0]}")
            continue
        their_read, their_write = statistics.median(result["read"]), statistics.median(result["write"])
        print(f"  {peer:18} read {their_read:8.3f} s {their_read / read:7.1f} x      write {their_write:8.3f} s {their_write / write:7.1f} x      peak {result['peakKiB'] / 1024:6.0f} MiB   {result['labels']} labels")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(MAKERS), help="formats, separated by commas")
    parser.add_argument("--labels", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder for the generated files; default: a temporary one")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--format", help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        with tempfile.TemporaryDirectory() as tempfile.tempdir:
            return measure_peer(options.peer, options.format, options.file, options.repeats)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        for format in options.only.split(","):
            # datumaro wants COCO files in a folder of this name, beside one for pictures.
            place = os.path.join(folder, format, "annotations")
            os.makedirs(place, exist_ok=True)
            os.makedirs(os.path.join(folder, format, "images", "all"), exist_ok=True)
            name = {"coco": "instances_all.json", "textgrid": "grid.TextGrid"}.get(format, f"labels.{format}")
            path = os.path.join(place, name)
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(MAKERS[format](random.Random(options.seed), options.labels))
            report(format, path, options.repeats)
        if "rttm" in options.only.split(","):
            path = os.path.join(folder, "rttm", "million.rttm")
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(rttm(random.Random(options.seed), 1_000_000))
            million = run([PROGRAM, "rttm", path, "1"])
            if isinstance(million, dict):
                print(f"\nrttm: {million['labels']} labels: read {million['read'][0]:.3f} s, write {million['write'][0]:.3f} s, peak {million['peakKiB'] / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
