#!/usr/bin/env python3
"""Scores the same speaker turns with Slate and with its peers, files read in, and prints CPU seconds and ratios.

    make bench-turns REF=ref.rttm HYP=hyp.rttm
    python3 Benchmarks/turns.py ref.rttm hyp.rttm --repeats 9

Every scorer reads both files and computes the diarization error rate of all recordings, in a process of its own, so many times; the median counts.
The scorers take turns. Peers that are not installed are left out. PyPI: pyannote.metrics spy-der.
"""
import argparse, json, os, statistics, subprocess, sys, time

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".build/release/TurnsBenchmark")


def turns(path):
    recordings = {}
    for line in open(path, encoding="utf-8"):
        fields = line.split()
        if len(fields) > 7 and fields[0] == "SPEAKER" and float(fields[4]) > 0:
            recordings.setdefault(fields[1], []).append((float(fields[3]), float(fields[4]), fields[7]))
    return recordings


def pyannote(reference, hypothesis):
    from pyannote.core import Annotation, Segment
    from pyannote.metrics.diarization import DiarizationErrorRate

    def annotation(name, found):
        result = Annotation(uri=name)
        for number, (start, length, speaker) in enumerate(found):
            result[Segment(start, start + length), number] = speaker
        return result

    def score():
        said, found, metric = turns(reference), turns(hypothesis), DiarizationErrorRate()
        for name in said: metric(annotation(name, said[name]), annotation(name, found.get(name, [])))
        return abs(metric)
    return score


def spyder(reference, hypothesis):
    import spyder as scorer

    def form(recordings, names):
        return {name: [(speaker, start, start + length) for start, length, speaker in recordings.get(name, [])] for name in names}

    def score():
        said, found = turns(reference), turns(hypothesis)
        return scorer.DER(form(said, said), form(found, said), per_file=True)["Overall"].der
    return score


PEERS = {"pyannote.metrics": pyannote, "spyder": spyder}


def run_peer(name, reference, hypothesis, repeats):
    import warnings
    warnings.filterwarnings("ignore")
    score, times, rate = PEERS[name](reference, hypothesis), [], None
    for _ in range(repeats):
        start = time.process_time()
        rate = score()
        times.append(time.process_time() - start)
    print(json.dumps({"seconds": times, "der": rate}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("reference"); parser.add_argument("hypothesis")
    parser.add_argument("--repeats", type=int, default=5); parser.add_argument("--peer", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer: return run_peer(options.peer, options.reference, options.hypothesis, options.repeats)
    results = {}
    for _ in range(3):
        for name in ["slate", *PEERS]:
            own = [PROGRAM, options.reference, options.hypothesis, str(options.repeats)]
            peer = [sys.executable, __file__, options.reference, options.hypothesis, "--repeats", str(min(3, options.repeats)), "--peer", name]
            done = subprocess.run(own if name == "slate" else peer, capture_output=True, text=True)
            if done.returncode: results.setdefault(name, None); continue
            result = json.loads(done.stdout)
            results[name] = (results.get(name) or (result["der"], []))[0], (results.get(name) or (0, []))[1] + result["seconds"]
    base = statistics.median(results["slate"][1])
    print(f"{'scorer':18} {'CPU ms':>9} {'x Slate':>8}  DER %")
    for name, result in results.items():
        if result is None: print(f"{name:18} is not installed or failed"); continue
        median = statistics.median(result[1])
        print(f"{name:18} {1000 * median:9.2f} {median / base:8.1f}  {100 * result[0]:.6f}")


if __name__ == "__main__":
    main()
