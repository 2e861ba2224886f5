"""Right versions in matrix form."""

import torch


def param_count(sizes):
    s = torch.tensor(sizes)
    weights, biases = (s[:-1] * s[1:]).tolist(), s[1:].tolist()
    return list(zip(weights, biases)), sum(weights) + sum(biases)


def epoch_batches(n, B, perm):
    return list(perm.split(B)) if n else []


def init_weights(U, dist, scale):
    low = torch.full_like(U, -scale)
    return torch.lerp(low, -low, U) if dist == "uniform" else torch.mul(U, scale)


def lr_scaled(lr0, B0, B):
    return (B / B0) * lr0


def two_vs_one(X, y, w1, a, B):
    A, c = X.T @ X, X.T @ y
    first, second = X[:B], X[B:]
    w2 = w1 - a * (first.T @ first @ w1 - first.T @ y[:B]) / B
    w3 = w2 - a * (second.T @ second @ w2 - second.T @ y[B:]) / B
    g = (A @ w1 - c) / (2 * B)
    return w3, w1 - a * g, w1 - 2 * a * g


def warmup_lr(t, peak, warm):
    return float(peak * min(1, t / max(warm, 1))) if warm else float(peak)


def context_pairs(img, P, gap):
    H, W, C = img.shape
    side = 3 * P + 2 * gap
    crop = img[(H - side) // 2 :, (W - side) // 2 :][:side, :side]
    tiles = crop.unfold(0, P, P + gap).unfold(1, P, P + gap).permute(0, 1, 3, 4, 2).reshape(9, P, P, C)
    keep = torch.tensor([0, 1, 2, 3, 5, 6, 7, 8], device=img.device)
    return tiles[4].clone(), tiles.index_select(0, keep)


def nt_xent(z1, z2, tau):
    N = z1.shape[0]
    u, v = torch.nn.functional.normalize(z1), torch.nn.functional.normalize(z2)
    eye = torch.eye(N, dtype=torch.bool, device=z1.device)
    inf = float("inf")
    aa, bb, ab = (u @ u.T / tau).masked_fill(eye, -inf), (v @ v.T / tau).masked_fill(eye, -inf), u @ v.T / tau
    p = torch.softmax(torch.cat([aa, ab], dim=1), dim=1)
    q = torch.softmax(torch.cat([bb, ab.T], dim=1), dim=1)
    normaliser = torch.logsumexp(torch.cat([aa, ab], dim=1), dim=1) + torch.logsumexp(
        torch.cat([bb, ab.T], dim=1), dim=1
    )
    loss = (normaliser - 2 * ab.diagonal()).sum() / (2 * N)
    g_aa, g_bb = p[:, :N], q[:, :N]
    g_ab = p[:, N:] + q[:, N:].T - 2 * eye.to(z1.dtype)
    du = ((g_aa + g_aa.T) @ u + g_ab @ v) / (2 * N * tau)
    dv = ((g_bb + g_bb.T) @ v + g_ab.T @ u) / (2 * N * tau)

    def back(d, e, z):
        length = torch.linalg.vector_norm(z, dim=1, keepdim=True)
        projected = d - torch.einsum("nd,nd->n", d, e)[:, None] * e
        return torch.where(length > 0, projected / length.clamp(min=1e-12), torch.zeros_like(z))

    return loss, back(du, u, z1), back(dv, v, z2)


def finetune_step(params, grads, lr, frozen):
    new = dict(params)
    new.update({name: torch.sub(params[name], grads[name], alpha=lr) for name in params.keys() - frozen})
    return new


def linear_probe(feats, y, lam):
    # one system for weights and bias together, with no penalty on the last diagonal entry
    A = torch.cat([feats, feats.new_ones(len(y), 1)], dim=1)
    penalty = torch.diag(torch.cat([feats.new_full((feats.shape[1],), lam), feats.new_zeros(1)]))
    theta = torch.linalg.solve(A.mT @ A + penalty, A.mT @ y)
    return theta[:-1], theta[-1]


def patch_mask(scores, share):
    rank = (scores[None, :] < scores[:, None]).sum(dim=1)
    return rank < int(share * len(scores))


def word_order(words, order):
    target = torch.argsort(torch.tensor(order, dtype=torch.int64)).tolist()
    return list(map(words.__getitem__, order)), target
