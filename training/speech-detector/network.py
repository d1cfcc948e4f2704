"""The network: log-mel frames of 10 ms in, one logit for each 20 ms out."""
import torch
from torch import nn

CHANNELS, DILATIONS, AROUND = 48, (1, 2, 4, 8, 16), 150


class Detector(nn.Module):
    def __init__(self, bands=40):
        super().__init__()
        self.entry = nn.Conv1d(bands, CHANNELS, 5, stride=2, padding=2)
        self.blocks = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=d, padding=d) for d in DILATIONS)
        self.norms = nn.ModuleList(nn.BatchNorm1d(CHANNELS) for _ in range(len(DILATIONS) + 1))
        self.scenery = nn.Conv1d(CHANNELS, CHANNELS, 1)
        self.hidden = nn.Conv1d(CHANNELS, CHANNELS // 2, 1)
        self.exit = nn.Conv1d(CHANNELS // 2, 1, 1)

    def forward(self, x):
        """x: batch x frames x bands; returns batch x frames / 2."""
        x = torch.relu(self.norms[0](self.entry(x.transpose(1, 2))))
        for i, (block, norm) in enumerate(zip(self.blocks, self.norms[1:])):
            if i == len(self.blocks) - 2:
                x = x + self.scenery(box_mean(x))
            x = x + torch.relu(norm(block(x)))
        return self.exit(torch.relu(self.hidden(x)))[:, 0]


def box_mean(x):
    """Mean over AROUND frames on either side, as far as there are frames."""
    n = x.shape[2]
    sums = torch.nn.functional.pad(torch.cumsum(x.double(), 2), (1, 0))
    at = torch.arange(n)
    first, last = (at - AROUND).clamp(min=0), (at + AROUND + 1).clamp(max=n)
    return ((sums[:, :, last] - sums[:, :, first]) / (last - first)).float()
