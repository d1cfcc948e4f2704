"""Writes the weights as Sources/Diarization/Speech/SpeechWeights.swift.

usage: export.py NET.pt OUT.swift
"""
import base64
import sys

import numpy as np
import torch

from network import Detector


def main():
    net = Detector()
    net.load_state_dict(torch.load(sys.argv[1]))
    layers = [folded(net.entry, net.norms[0])]
    layers += [folded(block, norm) for block, norm in zip(net.blocks, net.norms[1:])]
    layers += [(c.weight, c.bias) for c in (net.scenery, net.hidden, net.exit)]
    data = b"".join(t.detach().numpy().astype("<f2").tobytes() for layer in layers for t in layer)
    text = base64.b64encode(data).decode()
    with open(sys.argv[2], "w") as out:
        out.write(f"/// Written by training/speech-detector/export.py: {len(data) // 2} weights.\n")
        out.write('enum SpeechWeights {\n    static let text: StaticString = """\n')
        out.writelines(f"        {text[i:i + 140]}\n" for i in range(0, len(text), 140))
        out.write('        """\n}\n')


def folded(convolution, norm):
    """The convolution and the normalisation behind it as one convolution."""
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return convolution.weight * factor[:, None, None], (convolution.bias - norm.running_mean) * factor + norm.bias


if __name__ == "__main__":
    main()
