"""Right versions with loops over points, filters and pixels, as a careful beginner writes them."""

import math

import torch


def nearest(feats, q, k):
    if k > feats.shape[0]:
        raise ValueError("not enough rows")
    result = []
    for query in q:
        distances = [math.dist(query.tolist(), row.tolist()) for row in feats]
        result.append(sorted(range(len(distances)), key=lambda m: distances[m])[:k])
    return torch.tensor(result, dtype=torch.int64, device=feats.device)


def tile_filters(w):
    K, C, kh, kw = w.shape
    S = 1
    while S * S < K:
        S += 1
    R = 1
    while R * S < K:
        R += 1
    sheet = torch.ones((C, R * kh + R - 1, S * kw + S - 1), dtype=w.dtype, device=w.device)
    for n in range(K):
        low, high = float(w[n].min()), float(w[n].max())
        for c in range(C):
            for a in range(kh):
                for b in range(kw):
                    value = 0.5 if high == low else (w[n, c, a, b] - low) / (high - low)
                    sheet[c, (n // S) * kh + n // S + a, (n % S) * kw + n % S + b] = value
    return sheet


def tsne_P(X, perplexity):
    N = len(X)
    conditional = torch.zeros((N, N), dtype=X.dtype, device=X.device)
    for i in range(N):
        d = [sum((float(a) - float(b)) ** 2 for a, b in zip(X[i], X[j])) for j in range(N)]
        nearest_one = min(d[j] for j in range(N) if j != i)
        beta, low, high = 1.0, None, None
        for _ in range(200):
            e = [0.0 if j == i else math.exp(-beta * (d[j] - nearest_one)) for j in range(N)]
            total = sum(e)
            p = [v / total for v in e]
            H = -sum(v * math.log(v) for v in p if v > 0)
            if abs(math.exp(H) - perplexity) < 1e-7:
                break
            if H > math.log(perplexity):
                low = beta
                beta = beta * 2 if high is None else (beta + high) / 2
            else:
                high = beta
                beta = beta / 2 if low is None else (beta + low) / 2
        for j in range(N):
            conditional[i, j] = p[j]
    P = torch.zeros_like(conditional)
    for i in range(N):
        for j in range(N):
            P[i, j] = (conditional[i, j] + conditional[j, i]) / (2 * N)
    return P


def tsne_grad(P, Y):
    N = len(Y)
    weight = [[0.0 if i == j else 1 / (1 + float(((Y[i] - Y[j]) ** 2).sum())) for j in range(N)] for i in range(N)]
    total = sum(map(sum, weight))
    KL, dY = 0.0, torch.zeros_like(Y)
    for i in range(N):
        for j in range(N):
            if i == j:
                continue
            q = weight[i][j] / total
            p = float(P[i, j])
            if p > 0:
                KL += p * math.log(p / q)
            dY[i] += 4 * (p - q) * weight[i][j] * (Y[i] - Y[j])
    return torch.tensor(KL, dtype=Y.dtype, device=Y.device), dY


def cam(F, W, c):
    heat = torch.zeros_like(F[0])
    for k in range(len(F)):
        heat = heat + W[c, k] * F[k]
    return heat


def occlusion_map(img, score_fn, size, stride, fill=0.0):
    before = float(score_fn(img))
    C, H, W = img.shape
    table = []
    top = 0
    while top < H:
        row, left = [], 0
        while left < W:
            masked = img.clone()
            for channel in range(C):
                for a in range(top, min(top + size, H)):
                    for b in range(left, min(left + size, W)):
                        masked[channel, a, b] = fill
            row.append(before - float(score_fn(masked)))
            left += stride
        table.append(row)
        top += stride
    return torch.tensor(table, dtype=img.dtype, device=img.device)


def saliency(x, params, c):
    inside = tiny_cnn(x.unsqueeze(0), params)
    _, H, W = x.shape

    def back(dz, w):
        p = w.shape[2] // 2
        dx = torch.zeros(w.shape[1], H + 2 * p, W + 2 * p, dtype=x.dtype, device=x.device)
        for a in range(H):
            for b in range(W):
                for f in range(w.shape[0]):
                    dx[:, a : a + w.shape[2], b : b + w.shape[3]] += dz[f, a, b] * w[f]
        return dx[:, p : p + H, p : p + W]

    dz2 = torch.zeros_like(inside["z2"][0])
    for k in range(dz2.shape[0]):
        dz2[k][inside["z2"][0, k] > 0] = params["W"][c, k] / (H * W)
    dz1 = back(dz2, params["w2"])
    dz1 = torch.where(inside["z1"][0] > 0, dz1, torch.zeros_like(dz1))
    dx = back(dz1, params["w1"])
    return torch.stack([torch.stack([max(abs(v) for v in dx[:, a, b]) for b in range(W)]) for a in range(H)])
