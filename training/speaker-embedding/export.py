"""Fits the PLDA and writes the weights as Sources/Diarization/Embedding/EmbeddingWeights.swift.

usage: export.py DATA NET.pt OUT.swift [--cache FILE]
"""
import argparse, base64, os
import numpy as np, torch
import torch.nn.functional as F
import sounds
from network import Embedding, SIZE
from train import mixture_features, crop, masked


def folded(convolution, norm):
    """The convolution and the normalisation behind it as one convolution."""
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return [convolution.weight * factor[:, None, None], (convolution.bias - norm.running_mean) * factor + norm.bias]


def linear(net):
    """The last layer with the normalisations before and behind it: rows and constants."""
    before = net.pool_norm.weight / torch.sqrt(net.pool_norm.running_var + net.pool_norm.eps)
    shift = net.pool_norm.bias - net.pool_norm.running_mean * before
    after = net.size_norm.weight / torch.sqrt(net.size_norm.running_var + net.size_norm.eps)
    rows = net.linear.weight * before
    constants = net.linear.weight @ shift + net.linear.bias
    return [rows * after[:, None], (constants - net.size_norm.running_mean) * after + net.size_norm.bias]


def scatter(net, classes, pool, rounds):
    """Vectors of crops under the augmentations of the training, and their classes."""
    rng, vectors, labels = np.random.default_rng(3), [], []
    for _ in range(rounds):
        order = rng.permutation(len(classes))
        for at in range(0, len(order) - 7, 8):
            length = int(rng.choice([110, 150]))
            x = mixture_features([crop(classes[c], length, rng) for c in order[at:at + 8]], length, rng, pool, "plda")
            with torch.no_grad():
                vectors.append(F.normalize(net.embed(net.pooled(net.trunk(x.transpose(1, 2))))))
            labels += list(order[at:at + 8])
    return torch.cat(vectors).double().numpy(), np.array(labels)


def covariances(v, labels):
    """Within classes and between them."""
    mean = v.mean(0)
    means = {c: v[labels == c].mean(0) for c in np.unique(labels)}
    within = sum(np.outer(x - means[c], x - means[c]) for x, c in zip(v, labels)) / (len(v) - len(means))
    m = np.stack(list(means.values())) - mean
    return mean, within, m.T @ m / len(m) - within / (len(v) / len(means))


def plda(net, classes, held, pool):
    """Mean, the map that makes the scatter within classes 1 and that between them diagonal, and the latter.

    The classes that were trained on scatter less than new ones, so that half of the scatter is that of held-out speakers.
    """
    mean, within, between = covariances(*scatter(net, classes, pool, 8))
    _, within_held, _ = covariances(*scatter(net, held, pool, 80))
    print("scatter, trained and held out:", np.trace(within), np.trace(within_held), "between", np.trace(between))
    within = 0.25 * within + 0.75 * within_held
    value, basis = np.linalg.eigh(within)
    whiten = basis / np.sqrt(value) @ basis.T
    value, basis = np.linalg.eigh(whiten @ between @ whiten)
    order = np.argsort(-value)
    return [mean, (basis[:, order].T @ whiten), np.maximum(value[order], 1e-3)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data"); parser.add_argument("net"); parser.add_argument("out"); parser.add_argument("--cache", default="")
    options = parser.parse_args()
    torch.set_num_threads(1)
    loaded = torch.load(options.cache, weights_only=False) if options.cache else sounds.load(options.data, np.random.default_rng(1))
    classes, held, pool, _ = loaded
    net = Embedding(len(classes))
    net.load_state_dict(torch.load(options.net, weights_only=False)[0])
    net.eval()
    tensors = folded(net.first, net.first_norm)
    for block in net.blocks: tensors += folded(block.conv, block.norm)
    tensors += folded(net.wide, net.wide_norm)
    for c in (net.attend, net.score, net.overlap1, net.overlap2, net.overlap3): tensors += [c.weight, c.bias]
    tensors += linear(net)
    model = plda(net, classes, held, pool)
    print("between / within:", np.round(model[2][:12], 2))
    arrays = [t.detach().numpy() for t in tensors] + model
    data = b"".join(a.astype("<f2").tobytes() for a in arrays)
    text = base64.b64encode(data).decode()
    with open(options.out, "w") as out:
        out.write(f"/// Written by training/speaker-embedding/export.py: {len(data) // 2} weights.\n")
        out.write('enum EmbeddingWeights {\n    static let text: StaticString = """\n')
        out.writelines(f"        {text[i:i + 140]}\n" for i in range(0, len(text), 140))
        out.write('        """\n}\n')


if __name__ == "__main__":
    main()
