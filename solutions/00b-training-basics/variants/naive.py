"""Right versions with loops, as a careful beginner writes them."""

import torch


def param_count(sizes):
    layers = []
    total = 0
    for k in range(1, len(sizes)):
        weights = 0
        for _ in range(sizes[k]):
            weights += sizes[k - 1]
        layers.append((weights, sizes[k]))
        total += weights + sizes[k]
    return layers, total


def epoch_batches(n, B, perm):
    batches = []
    current = []
    for index in perm.tolist():
        current.append(index)
        if len(current) == B:
            batches.append(torch.tensor(current))
            current = []
    if current:
        batches.append(torch.tensor(current))
    return batches


def init_weights(U, dist, scale):
    W = torch.zeros(U.numel(), dtype=U.dtype, device=U.device)
    for i, u in enumerate(U.flatten().tolist()):
        W[i] = -scale + 2 * scale * u if dist == "uniform" else scale * u
    return W.reshape(U.shape)


def lr_scaled(lr0, B0, B):
    per_example = lr0 / B0
    return per_example * B


def two_vs_one(X, y, w1, a, B):
    def gradient(w, rows):
        total = torch.zeros_like(w)
        for i in rows:
            error = -y[i]
            for j in range(len(w)):
                error = error + X[i, j] * w[j]
            total += error * X[i]
        return total / len(rows)

    w2 = w1 - a * gradient(w1, range(B))
    w3 = w2 - a * gradient(w2, range(B, 2 * B))
    g = gradient(w1, range(2 * B))
    return w3, w1 - a * g, w1 - lr_scaled(a, B, 2 * B) * g


def warmup_lr(t, peak, warm):
    rate = 0.0 if warm > 0 else peak
    for _ in range(min(t, warm)):
        rate += peak / warm
    return rate


def context_pairs(img, P, gap):
    H, W, C = img.shape
    top = (H - 3 * P - 2 * gap) // 2
    left = (W - 3 * P - 2 * gap) // 2
    center = torch.zeros(P, P, C, dtype=img.dtype, device=img.device)
    nbrs = torch.zeros(8, P, P, C, dtype=img.dtype, device=img.device)
    label = 0
    for i in range(3):
        for j in range(3):
            for r in range(P):
                for c in range(P):
                    pixel = img[top + i * (P + gap) + r, left + j * (P + gap) + c]
                    if i == 1 and j == 1:
                        center[r, c] = pixel
                    else:
                        nbrs[label, r, c] = pixel
            if not (i == 1 and j == 1):
                label += 1
    return center, nbrs


def nt_xent(z1, z2, tau):
    N = len(z1)
    z = list(z1) + list(z2)
    length = [torch.sqrt((row * row).sum()) for row in z]
    u = [row / n if n > 0 else torch.zeros_like(row) for row, n in zip(z, length)]
    loss = torch.zeros((), dtype=z1.dtype, device=z1.device)
    du = [torch.zeros_like(row) for row in z]
    for i in range(2 * N):
        partner = i + N if i < N else i - N
        others = [k for k in range(2 * N) if k != i]
        s = torch.stack([(u[i] * u[k]).sum() / tau for k in others])
        top = s.max()
        e = torch.exp(s - top)
        loss = loss + (torch.log(e.sum()) + top - s[others.index(partner)]) / (2 * N)
        for k, p in zip(others, e / e.sum()):
            g = (p - (1.0 if k == partner else 0.0)) / (2 * N) / tau
            du[i] = du[i] + g * u[k]
            du[k] = du[k] + g * u[i]
    dz = []
    for i in range(2 * N):
        if length[i] > 0:
            dz.append((du[i] - (du[i] * u[i]).sum() * u[i]) / length[i])
        else:
            dz.append(torch.zeros_like(z[i]))
    return loss, torch.stack(dz[:N]), torch.stack(dz[N:])


def finetune_step(params, grads, lr, frozen):
    result = {}
    for name in params:
        result[name] = params[name].clone()
        if name not in frozen:
            result[name] -= lr * grads[name]
    return result


def linear_probe(feats, y, lam):
    # ridge regression as plain least squares with lam in extra rows
    D = feats.shape[1]
    mean = sum(feats[n] for n in range(len(y))) / len(y)
    rows = [feats[n] - mean for n in range(len(y))]
    targets = [y[n] - y.mean() for n in range(len(y))]
    for d in range(D):
        extra = torch.zeros(D, dtype=feats.dtype, device=feats.device)
        extra[d] = lam**0.5
        rows.append(extra)
        targets.append(torch.zeros((), dtype=feats.dtype, device=feats.device))
    Q, R = torch.linalg.qr(torch.stack(rows))
    w = torch.linalg.solve_triangular(R, (Q.T @ torch.stack(targets))[:, None], upper=True)[:, 0]
    return w, y.mean() - (mean * w).sum()


def patch_mask(scores, share):
    k = int(share * len(scores))
    lowest = sorted(range(len(scores)), key=lambda i: float(scores[i]))[:k]
    return torch.tensor([i in lowest for i in range(len(scores))], dtype=torch.bool, device=scores.device)


def word_order(words, order):
    shuffled = []
    for i in order:
        shuffled.append(words[i])
    target = []
    for i in range(len(words)):
        target.append(order.index(i))
    return shuffled, target
