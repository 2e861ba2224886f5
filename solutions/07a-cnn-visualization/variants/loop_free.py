"""Right versions without Python loops over points, filters or pixels."""

import torch


def nearest(feats, q, k):
    M = feats.shape[0]
    if k > M:
        raise ValueError("k > M")
    # the expansion, without its root: equal points may come out a little below 0, and still come first
    squares = (q * q).sum(1, keepdim=True) - 2 * (q @ feats.T) + (feats * feats).sum(1)
    return torch.sort(squares, dim=1, stable=True).indices[:, :k].contiguous()


def tile_filters(w):
    K, C, kh, kw = w.shape
    S = int(torch.tensor(float(K)).sqrt().ceil())
    R = (K + S - 1) // S
    flat = w.reshape(K, -1)
    low, high = flat.min(1, keepdim=True).values, flat.max(1, keepdim=True).values
    span = torch.where(high == low, torch.ones_like(high), high - low)
    tiles = torch.where(high == low, torch.full_like(flat, 0.5), (flat - low) / span).reshape(w.shape)
    padded = torch.nn.functional.pad(tiles, (0, 1, 0, 1, 0, 0, 0, R * S - K), value=1.0)
    sheet = padded.reshape(R, S, C, kh + 1, kw + 1).permute(2, 0, 3, 1, 4).reshape(C, R * (kh + 1), S * (kw + 1))
    return sheet[:, :-1, :-1]


def tsne_P(X, perplexity):
    # Newton's steps for log beta, kept inside a bracket, on all rows
    N = len(X)
    d = torch.cdist(X, X, compute_mode="donot_use_mm_for_euclid_dist") ** 2
    eye = torch.eye(N, dtype=torch.bool, device=X.device)
    d = d - d.masked_fill(eye, torch.inf).amin(1, keepdim=True)
    target = torch.log(torch.tensor(perplexity, dtype=torch.float64)).to(X)
    low = torch.full((N, 1), -46.0, dtype=X.dtype, device=X.device)
    high = -low
    for _ in range(80):
        middle = (low + high) / 2
        e = torch.exp(-torch.exp(middle) * d).masked_fill(eye, 0.0)
        p = e / e.sum(1, keepdim=True)
        H = -torch.xlogy(p, p).sum(1, keepdim=True)
        low, high = torch.where(H > target, middle, low), torch.where(H > target, high, middle)
    return (p + p.T) / (2.0 * N)


def tsne_grad(P, Y):
    N = len(Y)
    off = 1.0 - torch.eye(N, dtype=Y.dtype, device=Y.device)
    squares = torch.cdist(Y, Y, compute_mode="donot_use_mm_for_euclid_dist") ** 2
    num = off / (1 + squares)
    log_q = -torch.log1p(squares) - torch.log(num.sum())
    KL = torch.where(P > 0, P * (torch.log(P.clamp(min=torch.finfo(P.dtype).tiny)) - log_q), torch.zeros_like(P)).sum()
    L = 4 * (P - num / num.sum()) * num
    return KL, torch.diag(L.sum(1)) @ Y - L @ Y


def cam(F, W, c):
    return (W[c] @ F.flatten(1)).unflatten(0, F.shape[1:])


def occlusion_map(img, score_fn, size, stride, fill=0.0):
    _, H, W = img.shape
    reference = score_fn(img.clone())
    rows, columns = torch.arange(H), torch.arange(W)
    places = [(a, b) for a in range(0, H, stride) for b in range(0, W, stride)]

    def score_at(place):
        inside = ((rows >= place[0]) & (rows < place[0] + size))[:, None] & (
            (columns >= place[1]) & (columns < place[1] + size)
        )
        return score_fn(torch.where(inside, torch.full_like(img, fill), img))

    scores = torch.stack(list(map(score_at, places)))
    return (reference - scores).reshape(len(range(0, H, stride)), -1)


def saliency(x, params, c):
    pixels = x.detach().clone().requires_grad_(True)
    score = tiny_cnn(pixels.unsqueeze(0), params)["scores"][0, c]
    (gradient,) = torch.autograd.grad(score, pixels)
    return gradient.abs().max(dim=0).values
