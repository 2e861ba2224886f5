"""More right versions: sorting pairs, one row at a time with a bracket, a gradient with flipped kernels."""

import math

import torch


def nearest(feats, q, k):
    if not k <= feats.size(0):
        raise ValueError(k)
    distances = torch.linalg.vector_norm(q.unsqueeze(1) - feats, dim=-1)
    return torch.argsort(distances, dim=-1, stable=True).narrow(1, 0, k)


def tsne_P(X, perplexity):
    # as in the authors' own program: stops when the entropy is exact to 1e-5
    N = X.size(0)
    P = torch.zeros(N, N, dtype=X.dtype, device=X.device)
    for i in range(N):
        rest = [j for j in range(N) if j != i]
        d = ((X[rest] - X[i]) ** 2).sum(1)
        d = d - d.min()
        beta, low, high = 1.0, -math.inf, math.inf
        for _ in range(100):
            e = torch.exp(-d * beta)
            H = torch.log(e.sum()) + beta * (d * e).sum() / e.sum()
            gap = float(H) - math.log(perplexity)
            if abs(gap) < 3e-6:
                break
            if gap > 0:
                low, beta = beta, beta * 2 if high == math.inf else (beta + high) / 2
            else:
                high, beta = beta, beta / 2 if low == -math.inf else (beta + low) / 2
        P[i, rest] = e / e.sum()
    P = P + P.T
    return P / P.sum()


def cam(F, W, c):
    return torch.einsum("k,kij->ij", W[c], F)


def occlusion_map(img, score_fn, size, stride, fill=0.0):
    # covers and restores one working copy
    work = img.clone()
    before = score_fn(work)
    H, W = img.shape[-2:]
    heat = img.new_empty(-(-H // stride), -(-W // stride))
    for i, top in enumerate(range(0, H, stride)):
        for j, left in enumerate(range(0, W, stride)):
            window = (slice(None), slice(top, top + size), slice(left, left + size))
            saved = work[window].clone()
            work[window] = fill
            heat[i, j] = before - score_fn(work)
            work[window] = saved
    return heat


def saliency(x, params, c):
    inside = tiny_cnn(x[None], params)
    conv = torch.nn.functional.conv2d
    g = params["W"][c][:, None, None] * (inside["z2"][0] > 0) / (x.shape[1] * x.shape[2])
    for z, w in ((inside["z1"][0], params["w2"]), (None, params["w1"])):
        g = conv(g[None], w.flip(2, 3).transpose(0, 1), padding=w.shape[-1] // 2)[0]
        g = g if z is None else torch.where(z > 0, g, g.new_zeros(()))
    return torch.maximum(g, -g).amax(0)
