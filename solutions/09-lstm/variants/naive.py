import math

import torch


def _numbers(rows, like, shape):
    return torch.stack(rows).reshape(shape) if rows else like.new_zeros(shape)


def lstm_step(x, h, c, Wx, Wh, b):
    N, H = c.shape
    parts = {name: [] for name in "ifogch"}
    for n in range(N):
        for j in range(H):
            z = [(x[n] * Wx[:, k * H + j]).sum() + (h[n] * Wh[:, k * H + j]).sum() + b[k * H + j] for k in range(4)]
            i, f, o, g = torch.sigmoid(z[0]), torch.sigmoid(z[1]), torch.sigmoid(z[2]), torch.tanh(z[3])
            new = f * c[n, j] + i * g
            for name, value in zip("ifogch", (i, f, o, g, new, o * torch.tanh(new)), strict=True):
                parts[name].append(value)
    i, f, o, g, c_new, h_new = (_numbers(parts[name], c, (N, H)) for name in "ifogch")
    return h_new, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


def lstm_step_bwd(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    N, H = c.shape
    dx, dh_prev, dc_prev = torch.zeros_like(x), torch.zeros_like(h), torch.zeros_like(c)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(Wh[0])
    for n in range(N):
        dz = torch.zeros_like(db)
        for j in range(H):
            t = torch.tanh(c_new[n, j])
            do = dh[n, j] * t
            dcell = dc[n, j] + dh[n, j] * o[n, j] * (1 - t**2)
            dz[j] = dcell * g[n, j] * i[n, j] * (1 - i[n, j])
            dz[H + j] = dcell * c[n, j] * f[n, j] * (1 - f[n, j])
            dz[2 * H + j] = do * o[n, j] * (1 - o[n, j])
            dz[3 * H + j] = dcell * i[n, j] * (1 - g[n, j] ** 2)
            dc_prev[n, j] = dcell * f[n, j]
        for a in range(x.shape[1]):
            dx[n, a] = (Wx[a] * dz).sum()
            dWx[a] += x[n, a] * dz
        for a in range(H):
            dh_prev[n, a] = (Wh[a] * dz).sum()
            dWh[a] += h[n, a] * dz
        db += dz
    return dx, dh_prev, dc_prev, dWx, dWh, db


def _row_step(x, h, c, Wx, Wh, b):
    """A step with the four products apart."""
    H = h.shape[1]
    z = [x @ Wx[:, k * H : (k + 1) * H] + h @ Wh[:, k * H : (k + 1) * H] + b[k * H : (k + 1) * H] for k in range(4)]
    i, f, o = (1 / (1 + torch.exp(-v)) for v in z[:3])
    g = torch.tanh(z[3])
    new = f * c + i * g
    return o * torch.tanh(new), new, (x, h, c, i, f, o, g, new, Wx, Wh)


def lstm_forward(x, h0, c0, Wx, Wh, b):
    h, c, caches = h0, c0, []
    N, T, _ = x.shape
    H = torch.zeros(N, T, h0.shape[1], dtype=x.dtype, device=x.device)
    for t in range(T):
        h, c, cache = _row_step(x[:, t, :], h, c, Wx, Wh, b)
        H[:, t, :] = h
        caches.append(cache)
    return H, c, caches


def lstm_backward(dH, caches):
    N, T, H = dH.shape
    x, Wx, Wh = caches[0][0], caches[0][8], caches[0][9]
    dx = torch.zeros(N, T, x.shape[1], dtype=dH.dtype, device=dH.device)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros(4 * H, dtype=dH.dtype, device=dH.device)
    dh, dc = torch.zeros_like(dH[:, 0]), torch.zeros_like(dH[:, 0])
    t = T - 1
    while t >= 0:
        x, h, c, i, f, o, g, new, _, _ = caches[t]
        dh = dh + dH[:, t]
        tanh = torch.tanh(new)
        dc = dc + dh * o - dh * o * tanh * tanh
        pieces = (dc * g * i * (1 - i), dc * c * f * (1 - f), dh * tanh * o * (1 - o), dc * i * (1 - g) * (1 + g))
        dc, dh = dc * f, torch.zeros_like(dh)
        for k, d in enumerate(pieces):
            columns = slice(k * H, (k + 1) * H)
            dx[:, t] += d @ Wx[:, columns].T
            dh += d @ Wh[:, columns].T
            dWx[:, columns] += x.T @ d
            dWh[:, columns] += h.T @ d
            db[columns] += d.sum(0)
        t -= 1
    return dx, dh, dc, dWx, dWh, db


def cell_gradient(f):
    product = f.new_ones(f.shape[1:])
    for gate in f:
        product = product * gate
    return product


def sample_text(params, h, c, x0, T, temp, U):
    N, V = len(x0), params["by"].shape[0]
    tokens = torch.zeros(N, T, dtype=torch.int64, device=h.device)
    for n in range(N):
        word, hn, cn = int(x0[n]), h[n : n + 1], c[n : n + 1]
        for t in range(T):
            hn, cn, _ = _row_step(params["E"][word][None], hn, cn, params["Wx"], params["Wh"], params["b"])
            scores = (((hn @ params["Wy"])[0] + params["by"]) / temp).tolist()
            top = max(scores)
            powers = [math.exp(s - top) for s in scores]
            total, word, below = sum(powers), V - 1, 0.0
            for k, power in enumerate(powers):
                below += power / total
                if float(U[n, t]) < below:
                    word = k
                    break
            tokens[n, t] = word
    return tokens


def caption_loss(feat, caps, params, null):
    N, T = caps.shape[0], caps.shape[1] - 1
    grads = {key: torch.zeros_like(value) for key, value in params.items()}
    h = feat @ params["Wf"] + params["bf"]
    words = torch.stack([params["E"][caps[:, t]] for t in range(T)], dim=1)
    H, _, caches = lstm_forward(words, h, torch.zeros_like(h), params["Wx"], params["Wh"], params["b"])
    dH, loss = torch.zeros_like(H), feat.new_zeros(())
    for n in range(N):
        for t in range(T):
            goal = int(caps[n, t + 1])
            if goal == null:
                continue
            z = H[n, t] @ params["Wy"] + params["by"]
            p = torch.softmax(z, dim=0)
            loss = loss - torch.log(p[goal]) / N
            d = p.clone()
            d[goal] -= 1
            d = d / N
            grads["Wy"] += torch.outer(H[n, t], d)
            grads["by"] += d
            dH[n, t] = params["Wy"] @ d
    dwords, dh0, _, grads["Wx"], grads["Wh"], grads["b"] = lstm_backward(dH, caches)
    for n in range(N):
        for t in range(T):
            grads["E"][caps[n, t]] += dwords[n, t]
        grads["Wf"] += torch.outer(feat[n], dh0[n])
        grads["bf"] += dh0[n]
    return loss, grads


def greedy_decode(feat, params, start, T):
    N = feat.shape[0]
    words = torch.zeros(N, T, dtype=torch.int64, device=feat.device)
    for n in range(N):
        h = feat[n : n + 1] @ params["Wf"] + params["bf"]
        c, word = torch.zeros_like(h), start
        for t in range(T):
            h, c, _ = _row_step(params["E"][word][None], h, c, params["Wx"], params["Wh"], params["b"])
            word = int(torch.argmax(h[0] @ params["Wy"] + params["by"]))
            words[n, t] = word
    return words


def vqa_logits(img, q_idx, lengths, params):
    rows = []
    for n in range(img.shape[0]):
        h = c = img.new_zeros(1, params["Wh"].shape[0])
        for t in range(int(lengths[n])):
            h, c, _ = _row_step(params["E"][q_idx[n, t]][None], h, c, params["Wx"], params["Wh"], params["b"])
        picture = torch.tanh(img[n] @ params["Wi"] + params["bi"])
        question = torch.tanh(h[0] @ params["Wq"] + params["bq"])
        rows.append((picture * question) @ params["Wa"] + params["ba"])
    return torch.stack(rows)


def soft_attention(h, V, W):
    N, L, _ = V.shape
    weights, contexts = [], []
    for n in range(N):
        query = W.T @ h[n]
        score = torch.stack([torch.dot(query, V[n, l]) for l in range(L)])
        e = torch.exp(score - score.max())
        a = e / e.sum()
        weights.append(a)
        contexts.append(sum(a[l] * V[n, l] for l in range(L)))
    return torch.stack(contexts), torch.stack(weights)
