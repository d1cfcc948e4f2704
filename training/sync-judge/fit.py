#!/usr/bin/env python3
"""Fits the verdict of `slate align` and prints its weights and threshold.

usage: fit.py TRAIN.jsonl [HELD-OUT.jsonl...]
The files are what measure.py writes. A logistic regression, Newton's method, right and wrong pairs weighing the same in sum.
Pairs that belong but were placed wrongly (fewer than 80 % of the cues within half a second) teach nothing and are left out of
the fit; the rates count them.
"""
import json
import sys

import numpy as np

FIGURES = ("correlation", "decoyRatio", "edgeAgreement", "cutsPerCue")
LARGEST_RATIO = 1.8
RIDGE = 1e-3
# The refusal is set where this share of the wrong pairs that were fitted on passes for unsure; from SURE, odds of 4.5 to 1,
# a placing is used without a look at it.
PASSING, SURE = 0.005, 1.5


def main():
    train = load(sys.argv[1])
    rows = [row for row in train if not row["belongs"] or row["placed"] >= 0.8]
    weights = fitted(figures(rows), np.array([float(row["belongs"]) for row in rows]))
    for name, weight in zip(FIGURES + ("bias",), weights):
        print(f"{name:15}{weight:9.3f}")
    wrong = figures([row for row in train if not row["belongs"]]) @ weights
    refused = np.quantile(wrong, 1 - PASSING)
    print(f"refused below  {refused:9.2f}\nsure from      {SURE:9.2f}")
    for path in sys.argv[1:]:
        print(f"{path}: {rates(load(path), weights, refused)}")


def load(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def figures(rows):
    """One row of figures for each pair, as SyncJudge.swift makes them, and a one for the bias."""
    ratios = [min(LARGEST_RATIO, 1 / row["decoyShare"]) for row in rows]
    given = [[row[name] for name in ("correlation", "edgeAgreement", "cutsPerCue")] for row in rows]
    return np.array([[a, ratio, b, c, 1] for (a, b, c), ratio in zip(given, ratios)])


def fitted(x, belongs):
    """Weights of the figures in their own units, the bias last."""
    scale = np.append(x[:, :-1].std(axis=0), 1)
    x = x / scale
    count = np.where(belongs == 1, 0.5 / belongs.sum(), 0.5 / (1 - belongs).sum())
    ridge = RIDGE * np.diag([1] * (x.shape[1] - 1) + [0])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (count * (likely - belongs)) + ridge @ weights
        bend = (x * (count * likely * (1 - likely))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights / scale


def rates(rows, weights, refused):
    odds = figures(rows) @ weights
    right = np.array([row["belongs"] for row in rows])
    placed = right & np.array([row["placed"] >= 0.8 for row in rows])
    refuses, isSure = odds < refused, odds >= SURE
    return (
        f"wrong pairs: {refuses[~right].sum()} of {(~right).sum()} refused, {isSure[~right].sum()} sure; "
        f"right pairs: {refuses[right].sum()} of {right.sum()} refused, of the {placed.sum()} that lie right "
        f"{refuses[placed].sum()}, {isSure[placed].sum()} sure"
    )


if __name__ == "__main__":
    main()
