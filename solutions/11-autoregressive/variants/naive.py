"""Right versions with loops over rows, pixels and channels, as a careful beginner writes them."""

import math

import torch


def pca_ae(X, k):
    N, D = X.shape
    mean = torch.zeros(D, dtype=X.dtype, device=X.device)
    for n in range(N):
        mean = mean + X[n] / N
    cov = torch.zeros(D, D, dtype=X.dtype, device=X.device)
    for n in range(N):
        cov = cov + torch.outer(X[n] - mean, X[n] - mean) / N
    values, vectors = torch.linalg.eigh(cov)
    order = torch.argsort(values, descending=True)
    basis = torch.zeros(D, k, dtype=X.dtype, device=X.device)
    for c in range(k):
        basis[:, c] = vectors[:, order[c]]
    Z = torch.zeros(N, k, dtype=X.dtype, device=X.device)
    Xhat = torch.zeros(N, D, dtype=X.dtype, device=X.device)
    for n in range(N):
        for c in range(k):
            Z[n, c] = torch.dot(X[n] - mean, basis[:, c])
        Xhat[n] = mean + basis @ Z[n]
    return Z, Xhat, basis


def ae_loss_grad(X, We, be, Wd, bd):
    N = len(X)
    loss = torch.zeros((), dtype=X.dtype, device=X.device)
    dWe, dbe, dWd, dbd = (torch.zeros_like(w) for w in (We, be, Wd, bd))
    for n in range(N):
        code = torch.tanh(X[n] @ We + be)
        error = code @ Wd + bd - X[n]
        loss = loss + (error * error).sum() / N
        g = 2 * error / N
        dWd += torch.outer(code, g)
        dbd += g
        a = (Wd @ g) * (1 - code) * (1 + code)
        dWe += torch.outer(X[n], a)
        dbe += a
    return loss, dWe, dbe, dWd, dbd


def chain_loglik(cond, x):
    N, L = x.shape
    rows = []
    for n in range(N):
        total = torch.zeros((), dtype=cond.dtype, device=cond.device)
        for i in range(L):
            total = total + torch.log(cond[n, i, x[n, i]])
        rows.append(total)
    return torch.stack(rows)


def raster(H, W):
    order = torch.zeros((H * W, 2), dtype=torch.int64)
    t = 0
    for i in range(H):
        for j in range(W):
            order[t, 0] = i
            order[t, 1] = j
            t += 1
    return order


def context(i, j, H, W):
    mask = torch.zeros((H, W), dtype=torch.bool)
    for a in range(H):
        for b in range(W):
            mask[a, b] = a < i or (a == i and b < j)
    return mask


def causal_mask(kh, kw, type, cin, cout, rgb=False):
    if kh % 2 == 0:
        raise ValueError(f"kh = {kh} is even")
    if kw % 2 == 0:
        raise ValueError(f"kw = {kw} is even")
    mask = torch.zeros(cout, cin, kh, kw, dtype=torch.bool)
    for o in range(cout):
        for c in range(cin):
            for a in range(kh):
                for b in range(kw):
                    if a < kh // 2 or (a == kh // 2 and b < kw // 2):
                        mask[o, c, a, b] = True
                    elif a == kh // 2 and b == kw // 2:
                        if not rgb:
                            mask[o, c, a, b] = type == "B"
                        else:
                            to, of = o // (cout // 3), c // (cin // 3)
                            mask[o, c, a, b] = of < to or (type == "B" and of == to)
    return mask


def pixelcnn_forward(x, layers):
    """Each kernel element by itself: a shifted image times a number, if the mask allows it."""
    for l in range(len(layers)):
        W, b = layers[l]["W"], layers[l]["b"]
        cout, _, kh, kw = W.shape
        N, _, height, width = x.shape
        padded = torch.nn.functional.pad(x, (kw // 2, kw // 2, kh // 2, kh // 2))
        z = torch.zeros(N, cout, height, width, dtype=x.dtype, device=x.device) + b.reshape(1, -1, 1, 1)
        for p in range(kh):
            for q in range(kw):
                before = p < kh // 2 or (p == kh // 2 and q < kw // 2)
                centre = p == kh // 2 and q == kw // 2
                if before or (centre and l > 0):
                    part = padded[:, :, p : p + height, q : q + width]
                    z = z + torch.einsum("nchw,oc->nohw", part, W[:, :, p, q])
        x = torch.relu(z) if l != len(layers) - 1 else z
    return x


def pixel_nll(logits, x):
    N, _, H, W = logits.shape
    total = 0.0
    for n in range(N):
        for i in range(H):
            for j in range(W):
                z = logits[n, :, i, j]
                z = z - z.max()
                total = total + torch.log(torch.exp(z).sum()) - z[x[n, i, j]]
    nats = total / (N * H * W)
    return nats, nats / math.log(2)


def sample_pixels(cond_fn, H, W, U):
    N = U.shape[0]
    image = torch.zeros(N, H, W, dtype=torch.int64, device=U.device)
    for i in range(H):
        for j in range(W):
            probabilities = cond_fn(image)
            K = probabilities.shape[1]
            for n in range(N):
                F_k, value = 0.0, K - 1
                for k in range(K):
                    F_k = F_k + probabilities[n, k, i, j]
                    if U[n, i, j] < F_k:
                        value = k
                        break
                image[n, i, j] = value
    return image


def pixelrnn_logp(x, rnn):
    N, L = x.shape
    rows = []
    for n in range(N):
        h = torch.zeros_like(rnn["b"])
        token = rnn["start"]
        logp = torch.zeros((), dtype=rnn["b"].dtype, device=rnn["b"].device)
        for i in range(L):
            h = torch.tanh(token @ rnn["U"] + h @ rnn["W"] + rnn["b"])
            z = h @ rnn["V"] + rnn["c"]
            z = z - z.max()
            logp = logp + z[x[n, i]] - torch.log(torch.exp(z).sum())
            token = rnn["E"][x[n, i]]
        rows.append(logp)
    return torch.stack(rows)
