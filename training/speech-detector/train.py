"""Trains the detector.

usage: train.py TRAIN.npz HELD-OUT.npz OUT.pt [--steps N]
"""
import argparse
import time

import numpy as np
import torch

from network import Detector

BATCH, CROP = 16, 1000  # scenes, frames of 10 ms


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("train")
    parser.add_argument("held_out")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=4000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    data, held_out = np.load(options.train), np.load(options.held_out)
    x, y = data["x"], data["y"]
    net = Detector()
    print("parameters", sum(p.numel() for p in net.parameters()), flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=options.steps)
    mean, began = 0.5, time.time()
    for step in range(options.steps):
        loss = loss_of(net, *batch(x, y, rng))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2)
        optimizer.step()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss.item()
        if step % 200 == 199:
            print(f"{step + 1} loss {mean:.4f} held-out {error(net, held_out):.4f} {time.time() - began:.0f} s", flush=True)
            torch.save(net.state_dict(), options.out)


def batch(x, y, rng):
    scene = rng.integers(len(x), size=BATCH)
    at = rng.integers((x.shape[1] - CROP) // 2 + 1, size=BATCH) * 2
    crops = np.stack([x[s, a : a + CROP] for s, a in zip(scene, at)]).astype(np.float32)
    labels = np.stack([y[s, a : a + CROP] for s, a in zip(scene, at)])
    return torch.from_numpy(crops), labels


def loss_of(net, x, labels):
    """Cross entropy over the pairs of frames of which both are clear."""
    pairs = labels.reshape(len(labels), -1, 2)
    weight = torch.from_numpy((pairs >= 0).all(2).astype(np.float32))
    target = torch.from_numpy(np.maximum(pairs, 0).mean(2).astype(np.float32))
    loss = torch.nn.functional.binary_cross_entropy_with_logits(net(x), target, reduction="none")
    return (loss * weight).sum() / weight.sum()


def error(net, data):
    """Share of clear frame pairs on the wrong side of one half."""
    net.eval()
    wrong = count = 0
    with torch.no_grad():
        for i in range(0, len(data["x"]), 16):
            logits = net(torch.from_numpy(data["x"][i : i + 16].astype(np.float32))).numpy()
            pairs = data["y"][i : i + 16].reshape(len(logits), -1, 2)
            clear = (pairs >= 0).all(2) & (pairs[:, :, 0] == pairs[:, :, 1])
            wrong += ((logits > 0) != (pairs[:, :, 0] == 1))[clear].sum()
            count += clear.sum()
    net.train()
    return wrong / count


if __name__ == "__main__":
    main()
