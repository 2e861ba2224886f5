"""Right, without loops, written with other operations than the solution."""

import torch


def attention_weights(Q, K):
    scores = torch.einsum("nd,md->nm", Q, K) / torch.tensor(K.shape[-1], dtype=Q.dtype, device=Q.device).sqrt()
    return (scores - scores.logsumexp(dim=1, keepdim=True)).exp()


def attend(A, V):
    return torch.einsum("nm,mp->np", A, V)
