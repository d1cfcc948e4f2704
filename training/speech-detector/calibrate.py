"""Prints the segment settings that err least on held-out scenes.

usage: calibrate.py NET.pt HELD-OUT.npz

The error is missed speech plus false alarms over speech. Frames in which the talker is under the noise count half: references
of meetings mark such talkers, others do not. Settings: onset, offset; shortest pause, shortest speech and padding in seconds.
"""
import itertools
import sys

import numpy as np
import torch

from network import Detector

HOP = 0.02
ONSETS, FALLS = (0.3, 0.4, 0.5, 0.6, 0.7), (0.05, 0.1, 0.15, 0.2, 0.3)
PAUSES, LENGTHS, PADDINGS = (0.2, 0.3, 0.4), (0.06, 0.1, 0.2, 0.3), (0, 0.02, 0.04, 0.06)


def main():
    torch.set_num_threads(1)
    net = Detector()
    net.load_state_dict(torch.load(sys.argv[1]))
    net.eval()
    data = np.load(sys.argv[2])
    with torch.no_grad():
        posteriors = [torch.sigmoid(net(torch.from_numpy(x[None].astype(np.float32))))[0].numpy() for x in data["x"]]
    labels = [y.reshape(-1, 2) for y in data["y"]]
    results = []
    for onset, fall, pause, length, padding in itertools.product(ONSETS, FALLS, PAUSES, LENGTHS, PADDINGS):
        if fall < onset:
            settings = (onset, round(onset - fall, 2), pause, length, padding)
            results.append((error(posteriors, labels, settings), settings))
    for value, settings in sorted(results)[:10]:
        print(f"{100 * value:.2f} %", *settings)


def error(posteriors, labels, settings):
    missed = false = speech = 0
    for posterior, label in zip(posteriors, labels):
        found = segmented(posterior, *settings)[:, None]
        weight = np.choose(label + 1, (0.5, 0, 1))
        missed += (~found * weight).sum()
        false += (found & (label == 0)).sum()
        speech += weight.sum()
    return (missed + false) / speech


def segmented(posterior, onset, offset, pause, length, padding):
    """As SpeechSegmenter: one flag for each value."""
    runs, start = [], None
    for i, value in enumerate(posterior):
        if start is None and value >= onset:
            start = i
        elif start is not None and value < offset:
            runs.append([start, i])
            start = None
    if start is not None:
        runs.append([start, len(posterior)])
    joined = []
    for run in runs:
        if joined and (run[0] - joined[-1][1]) * HOP < pause - 1e-9:
            joined[-1][1] = run[1]
        else:
            joined.append(run)
    flags, extra = np.zeros(len(posterior), bool), round(padding / HOP)
    for a, b in joined:
        if (b - a) * HOP >= length - 1e-9:
            flags[max(0, a - extra) : b + extra] = True
    return flags


if __name__ == "__main__":
    main()
