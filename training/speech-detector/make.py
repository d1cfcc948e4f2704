"""Makes the features and labels of scenes.

usage: make.py LIBRISPEECH EMODB OUT.npz --split train|held-out --scenes N --seed S
"""
import argparse

import numpy as np

import features
import scenes
import voices


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("librispeech")
    parser.add_argument("emodb")
    parser.add_argument("out")
    parser.add_argument("--split", choices=["train", "held-out"], default="train")
    parser.add_argument("--scenes", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    bank = voices.librispeech(options.librispeech, options.split)
    bank += voices.emodb(options.emodb, options.split) + voices.synthetic(options.split, rng)
    x, y = [], []
    for _ in range(options.scenes):
        samples, label = scenes.scene(bank, rng)
        x.append(features.levelled(features.log_mel(samples)).astype(np.float16))
        y.append(label)
    np.savez(options.out, x=np.stack(x), y=np.stack(y))
    print(f"{options.scenes} scenes; speech {np.mean(np.stack(y) == 1):.2f}, unclear {np.mean(np.stack(y) == -1):.3f}")


if __name__ == "__main__":
    main()
