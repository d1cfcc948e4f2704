#!/usr/bin/env python3
"""Computes the same measures of agreement with Slate and with its peers on the same generated data, and prints CPU seconds and ratios.

    swift build -c release --package-path Benchmarks --product AgreementBenchmark
    python3 Benchmarks/agreement.py                          # with the peers that this python has
    python3 Benchmarks/agreement.py --only kappa,alpha --repeats 5

Each measurement is a process of its own; Slate and its peer take turns and the median counts. Peers that are not installed are left
out. PyPI: scikit-learn krippendorff pygamma-agreement. The value of the peer is held against Slate's: equal for kappa and alpha; gamma draws
by chance, so within 0.03.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, ".build/release/AgreementBenchmark")


# Data

def noisy(rng, label, share):
    return label if rng.random() < share else rng.randrange(5)


def frames(count):
    rng = random.Random(1)
    first, label = bytearray(), 0
    while len(first) < count:
        label = rng.randrange(5)
        first += bytes([label]) * rng.randint(20, 400)
    first = first[:count]
    second = bytearray(first)
    for _ in range(count // 300):
        at = rng.randrange(count - 60)
        second[at:at + 60] = bytes([rng.randrange(5)]) * 60
    return bytes(first + second)


def ratings(items):
    rng = random.Random(2)
    table = bytearray()
    for _ in range(items):
        label = rng.randrange(5)
        table += bytes(noisy(rng, label, 0.8) for _ in range(3))
    return bytes(table)


def continuum(annotators, units):
    rng = random.Random(3)
    lines, at = [], 0
    for _ in range(units):
        at += rng.randint(2, 16)
        length, label = rng.randint(2, 21), rng.randrange(6)
        for annotator in range(annotators):
            if rng.random() < 0.9:
                start = at + rng.randint(-4, 4)
                end = max(start + 1, at + length + rng.randint(-4, 4))
                lines.append(f"{annotator},{start},{end},{label if rng.random() < 0.8 else rng.randrange(6)}\n")
        at += length
    return "".join(lines).encode()


CASES = {
    "kappa": ("kappa", "kappa, 10 million frames", "scikit-learn", lambda: frames(10_000_000)),
    "alpha": ("alpha", "alpha nominal, 1 million x 3", "krippendorff", lambda: ratings(1_000_000)),
    "alpha-ordinal": ("alpha-ordinal", "alpha ordinal, 1 million x 3", "krippendorff", lambda: ratings(1_000_000)),
    "gamma-2x1000": ("gamma", "gamma, 2 x 1,000 units", "pygamma-agreement", lambda: continuum(2, 1000)),
    "gamma-3x124": ("gamma", "gamma, 3 x 124 units", "pygamma-agreement", lambda: continuum(3, 124)),
}


# Peers, run as `agreement.py --peer TASK FILE REPEATS`

def peer(task, path):
    if task == "kappa":
        import numpy
        from sklearn.metrics import cohen_kappa_score
        data = numpy.fromfile(path, dtype=numpy.uint8)
        first, second = data[:data.size // 2], data[data.size // 2:]
        return lambda: cohen_kappa_score(first, second)
    if task in ("alpha", "alpha-ordinal"):
        import krippendorff
        import numpy
        data = numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, 3).T.astype(float)
        level = "nominal" if task == "alpha" else "ordinal"
        return lambda: krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    import numpy
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, StatisticalContinuumSampler
    rows = [line.split(",") for line in open(path).read().split()]
    units = Continuum()
    for annotator, start, end, label in rows:
        units.add(annotator, Segment(int(start), int(end)), label)
    cost = CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)

    def gamma():
        numpy.random.seed(1)
        return units.compute_gamma(cost, sampler=StatisticalContinuumSampler()).gamma
    return gamma


def run_peer(task, path, repeats):
    compute = peer(task, path)
    times = []
    for _ in range(repeats):
        start = time.process_time()
        value = compute()
        times.append(time.process_time() - start)
    print(json.dumps({"seconds": times, "value": float(value)}))


def measured(command):
    result = subprocess.run(command, capture_output=True, text=True)
    return json.loads(result.stdout.splitlines()[-1]) if result.returncode == 0 else None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default=",".join(CASES))
    options.add_argument("--repeats", type=int, default=3)
    arguments = options.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.only.split(","):
            task, title, package, make = CASES[name]
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(make())
            ours, theirs = [], []
            for _ in range(arguments.repeats):
                ours.append(measured([PROGRAM, task, path, "3"]))
                theirs.append(measured([sys.executable, os.path.abspath(__file__), "--peer", task, path, "1"]))
            if None in ours:
                sys.exit(f"{title}: AgreementBenchmark did not run; build it first")
            mine = statistics.median(t for run in ours for t in run["seconds"])
            line = f"{title:32} slate {mine:.4f} s"
            if None not in theirs:
                other = statistics.median(t for run in theirs for t in run["seconds"])
                gap = abs(ours[0]["value"] - theirs[0]["value"])
                line += f"   {package} {other:.3f} s   {other / mine:.0f} times   values {ours[0]['value']:.6f} and {theirs[0]['value']:.6f}"
                failed |= gap > (0.03 if task == "gamma" else 1e-9)
            print(line, flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "--peer":
        run_peer(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
