"""Trains the speaker embedding and the overlap head.

usage: train.py DATA OUT.pt --steps N [--minutes M]      DATA: a folder with training/librispeech and emotion/emodb
With --minutes the learning rate follows the clock and the run ends after M minutes, however many steps were made.
"""
import argparse, copy, glob, os, random, time
import numpy as np, soundfile, torch
import torch.nn.functional as F
from scipy.signal import resample_poly
from features import log_mel, BANDS, FLOOR
from network import Embedding
import sounds

GROUPS, MEMBERS, OVERLAP_GROUPS = 8, 8, 2


def mixture_features(pieces, length, rng, pool, kind):
    """One virtual recording: members x length x BANDS log-mel, in one room, with one noise and one channel."""
    power = torch.exp(torch.from_numpy(np.stack(pieces)))
    level = torch.exp(torch.from_numpy(rng.normal(0, 1.0, (len(pieces), 1, 1)).astype(np.float32)))
    power = power * level
    if rng.random() < 0.6:
        power = reverberated(power, rng.uniform(0.15, 0.9), rng.uniform(-3, 14))
    mean_power = power.mean((0, 1))
    total = mean_power.sum()
    for _ in range(rng.choice([0, 1, 2], p=[0.15, 0.6, 0.25])):
        noise = pool[rng.integers(len(pool))]
        rows = [noise[at:at + length] for at in rng.integers(0, len(noise) - length, len(pieces))]
        noise_power = torch.exp(torch.from_numpy(np.stack(rows)))
        power = power + noise_power * (total / noise_power.mean((0, 1)).sum() * 10 ** (-rng.uniform(3, 28) / 10))
    if kind == "speaker" and rng.random() < 0.25:
        other = torch.roll(power, 1, 0)
        power = power + other * 10 ** (-rng.uniform(5, 15) / 10)
    channel = np.zeros(BANDS, np.float32)
    if rng.random() < 0.2:
        channel[:int(rng.integers(3, 8))] -= 9
        channel[int(rng.integers(26, 31)):] -= rng.uniform(6, 14)
    log = torch.log(power * torch.exp(torch.from_numpy(channel)) + FLOOR * 10 ** rng.uniform(0, 2))
    log = log + torch.from_numpy(np.stack([smooth_curve(rng, 0.35) for _ in pieces]))[:, None]
    return log - log.mean((0, 1))


def reverberated(power, decay_time, direct_ratio):
    """Late reverberation as an exponential decay of the power in each band."""
    length = power.shape[1]
    step = torch.arange(length)
    lag = (step[:, None] - step[None]).float()
    kernel = torch.where(lag > 0, torch.exp(-0.1382 * lag / decay_time), torch.zeros(()))
    kernel = kernel / (np.exp(-0.1382 / decay_time) / (1 - np.exp(-0.1382 / decay_time))) * 10 ** (-direct_ratio / 10)
    return power + kernel @ power


def smooth_curve(rng, size):
    knots = rng.normal(0, size, 6)
    return np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 6), knots).astype(np.float32)


def crop(features, length, rng):
    if len(features) < length + 1:
        features = np.tile(features, (2 + length // len(features), 1))
    at = rng.integers(len(features) - length)
    return features[at:at + length].astype(np.float32)


def masked(x, rng):
    for row in range(len(x)):
        if rng.random() < 0.4:
            width = int(rng.integers(1, 7)); at = int(rng.integers(BANDS - width))
            x[row, :, at:at + width] = 0
    return x


def equal_error_rate(net, held, seconds, pool, snr, limit=500):
    """Over pieces of held-out speakers in one recording; adjoining pieces of one speaker are never compared."""
    length, rng = int(seconds * 100), np.random.default_rng(5)
    pieces, who, place = [], [], []
    for speaker, features in enumerate(held):
        for number, at in enumerate(range(0, len(features) - length, length)):
            pieces.append(features[at:at + length].astype(np.float32)); who.append(speaker); place.append(number)
    power = np.exp(np.stack(pieces))
    if snr is not None:
        noise = pool[3]
        rows = np.exp(np.stack([noise[at:at + length] for at in rng.integers(0, len(noise) - length, len(pieces))]))
        power = power + rows * (power.mean() / rows.mean() * 10 ** (-snr / 10))
    x = torch.from_numpy(np.log(power + FLOOR)); x = x - x.mean((0, 1))
    net.eval()
    with torch.no_grad():
        v = F.normalize(torch.cat([net.embed(net.pooled(net.trunk(p.transpose(1, 2)))) for p in x.split(64)])).numpy()
    net.train()
    score, who, place = v @ v.T, np.array(who), np.array(place)
    upper = np.triu(np.ones_like(score, bool), 1)
    same = score[upper & (who[:, None] == who) & (np.abs(place[:, None] - place) > 1)]
    other = score[upper & (who[:, None] != who)]
    order = np.sort(np.concatenate([same, other]))[::37]
    rates = [(np.mean(same < t), np.mean(other >= t)) for t in order]
    return 100 * sum(min(rates, key=lambda r: abs(r[0] - r[1]))) / 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data"); parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=0); parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--cache", default="")
    options = parser.parse_args()
    torch.set_num_threads(1); torch.manual_seed(0)
    rng = np.random.default_rng(0)
    began = time.time()
    if options.cache and os.path.exists(options.cache):
        classes, held, pool, overlaps = torch.load(options.cache, weights_only=False)
    else:
        classes, held, pool, overlaps = sounds.load(options.data, np.random.default_rng(1))
        if options.cache: torch.save((classes, held, pool, overlaps), options.cache)
    print(len(classes), "classes", len(held), "held-out speakers", len(overlaps), "mixtures", round(time.time() - began), "s", flush=True)
    net = Embedding(len(classes))
    print(sum(p.numel() for n, p in net.named_parameters() if n != "centres"), "parameters", flush=True)
    average = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=2e-3, betas=(0.9, 0.98))
    began, step, done, losses = time.time(), 0, 0.0, [9.0, 0.6]
    said = evaluated = began
    while done < 1:
        done = (time.time() - began) / (60 * options.minutes) if options.minutes else step / options.steps
        rate = 4e-3 * min(1, step / 300) * max(0.004, 0.5 * (1 + np.cos(np.pi * min(1, done))))
        for group in optimizer.param_groups: group["lr"] = rate
        length = int(rng.choice([90, 120, 160, 220], p=[0.2, 0.35, 0.3, 0.15]))
        rows, labels = [], []
        for _ in range(GROUPS):
            speakers = rng.choice(len(classes), MEMBERS if rng.random() < 0.6 else 4, replace=False)
            chosen = [int(c) for c in speakers] * (MEMBERS // len(speakers))
            labels += chosen
            rows.append(mixture_features([crop(classes[c], length, rng) for c in chosen], length, rng, pool, "speaker"))
        truth = []
        for _ in range(OVERLAP_GROUPS):
            pieces = []
            for _ in range(MEMBERS):
                features, two = overlaps[rng.integers(len(overlaps))]
                at = rng.integers(len(features) - length)
                pieces.append(features[at:at + length].astype(np.float32)); truth.append(two[at:at + length:2])
            rows.append(mixture_features(pieces, length, rng, pool, "overlap"))
        x = masked(torch.cat(rows), rng).transpose(1, 2).contiguous()
        frames = net.trunk(x)
        vectors = net.embed(net.pooled(frames[:GROUPS * MEMBERS]))
        speaker_loss = net.margin_loss(vectors, torch.tensor(labels), 0.25 * min(1, 2 * done))
        target = torch.from_numpy(np.stack(truth).astype(np.float32))
        overlap_loss = F.binary_cross_entropy_with_logits(net.overlap(frames[GROUPS * MEMBERS:])[:, :target.shape[1]], target)
        optimizer.zero_grad(); (speaker_loss + overlap_loss).backward(); optimizer.step()
        step += 1
        with torch.no_grad():
            keep = min(0.998, step / (step + 50))
            for a, b in zip(average.state_dict().values(), net.state_dict().values()):
                if a.dtype.is_floating_point: a.mul_(keep).add_(b, alpha=1 - keep)
                else: a.copy_(b)
        losses = [0.98 * losses[0] + 0.02 * speaker_loss.item(), 0.98 * losses[1] + 0.02 * overlap_loss.item()]
        if time.time() - said > 30:
            said = time.time(); print(step, round(done, 3), [round(v, 3) for v in losses], round(said - began), flush=True)
        if time.time() - evaluated > 180:
            evaluated = time.time(); report(average, held, pool, step); torch.save((average.state_dict(), step), options.out)
    report(average, held, pool, step)
    torch.save((average.state_dict(), step), options.out)


def report(net, held, pool, step):
    print(step, "EER % clean 1.5 s, 3 s; 10 dB 1.5 s, 3 s:", [
        round(float(equal_error_rate(net, held, s, pool, snr)), 2) for snr in (None, 10) for s in (1.5, 3.0)], flush=True)


if __name__ == "__main__":
    main()
