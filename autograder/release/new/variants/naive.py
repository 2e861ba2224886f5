"""Right, and as slow and simple as it gets."""

import math

import torch


def attention_weights(Q, K):
    rows = []
    for q in Q:
        scores = torch.stack([(q * k).sum() / math.sqrt(len(q)) for k in K])
        powers = torch.exp(scores - scores.max())
        rows.append(powers / powers.sum())
    return torch.stack(rows)


def attend(A, V):
    return torch.stack([sum(a * v for a, v in zip(row, V)) for row in A])
