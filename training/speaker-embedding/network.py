"""The embedding network: a TDNN trunk at 20 ms, attentive statistics pooling, a linear layer; and a head for overlap."""
import torch
import torch.nn as nn
import torch.nn.functional as F

CHANNELS, WIDE, ATTENTION, SIZE = 112, 224, 32, 64


class Block(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.conv = nn.Conv1d(CHANNELS, CHANNELS, 3, padding=dilation, dilation=dilation)
        self.norm = nn.BatchNorm1d(CHANNELS)

    def forward(self, x):
        return x + F.relu(self.norm(self.conv(x)))


class Embedding(nn.Module):
    """Input: batch x 40 x frames at 10 ms, the recording's mean subtracted."""

    def __init__(self, classes):
        super().__init__()
        self.first = nn.Conv1d(40, CHANNELS, 5, stride=2, padding=2)
        self.first_norm = nn.BatchNorm1d(CHANNELS)
        self.blocks = nn.ModuleList(Block(d) for d in (1, 2, 3))
        self.wide = nn.Conv1d(CHANNELS, WIDE, 1)
        self.wide_norm = nn.BatchNorm1d(WIDE)
        self.attend = nn.Conv1d(WIDE, ATTENTION, 1)
        self.score = nn.Conv1d(ATTENTION, WIDE, 1)
        self.pool_norm = nn.BatchNorm1d(2 * WIDE)
        self.linear = nn.Linear(2 * WIDE, SIZE)
        self.size_norm = nn.BatchNorm1d(SIZE)
        self.overlap1 = nn.Conv1d(CHANNELS, 24, 1)
        self.overlap2 = nn.Conv1d(24, 16, 9, padding=16, dilation=4)
        self.overlap3 = nn.Conv1d(16, 1, 1)
        self.centres = nn.Parameter(torch.randn(classes, SIZE) * 0.1)

    def trunk(self, x):
        x = F.relu(self.first_norm(self.first(x)))
        for block in self.blocks:
            x = block(x)
        return x

    def pooled(self, x):
        """Weighted mean and standard deviation; the weights are exp(4 tanh(score / 4)), so that sums over frames can be kept."""
        h = F.relu(self.wide_norm(self.wide(x)))
        w = torch.exp(4 * torch.tanh(self.score(F.relu(self.attend(h))) / 4))
        total = w.sum(2)
        mean = (w * h).sum(2) / total
        spread = ((w * h * h).sum(2) / total - mean * mean).clamp(1e-4).sqrt()
        return torch.cat([mean, spread], 1)

    def embed(self, pooled):
        return self.size_norm(self.linear(self.pool_norm(pooled)))

    def overlap(self, x):
        """batch x frames at 20 ms: the logit that two speak."""
        return self.overlap3(F.relu(self.overlap2(F.relu(self.overlap1(x)))))[:, 0]

    def margin_loss(self, vectors, labels, margin, scale=30.0):
        """Additive angular margin (Deng et al. 2019)."""
        cosine = (F.normalize(vectors) @ F.normalize(self.centres).T).clamp(-0.999, 0.999)
        own = cosine.gather(1, labels[:, None])
        moved = torch.cos(torch.acos(own) + margin)
        return F.cross_entropy(scale * cosine.scatter(1, labels[:, None], moved), labels)
