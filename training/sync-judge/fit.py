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
