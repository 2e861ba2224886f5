"""Right versions with loops over sequences, steps and units, as a careful beginner writes them."""

import math

import torch


def rnn_step(x, h, U, W, b):
    if len(x) == 0:
        return h * 0
    rows = []
    for n in range(len(x)):
        units = []
        for k in range(len(b)):
            a = b[k]
            for d in range(len(U)):
                a = a + x[n, d] * U[d, k]
            for j in range(len(W)):
                a = a + h[n, j] * W[j, k]
            units.append(torch.tanh(a))
        rows.append(torch.stack(units))
    return torch.stack(rows)


def rnn_step_bwd(dh, x, h, U, W, b):
    dx, dh_prev = torch.zeros_like(x), torch.zeros_like(h)
    dU, dW, db = torch.zeros_like(U), torch.zeros_like(W), torch.zeros_like(b)
    for n in range(len(x)):
        for k in range(len(b)):
            h_new = torch.tanh(b[k] + x[n] @ U[:, k] + h[n] @ W[:, k])
            da = dh[n, k] * (1 - h_new) * (1 + h_new)
            dx[n] += da * U[:, k]
            dh_prev[n] += da * W[:, k]
            dU[:, k] += da * x[n]
            dW[:, k] += da * h[n]
            db[k] += da
    return dx, dh_prev, dU, dW, db


def rnn_forward(x, h0, params):
    N, T, _ = x.shape
    U, W, b, V, c = (params[k] for k in "UWbVc")
    H = torch.zeros((N, T, len(b)), dtype=x.dtype, device=x.device)
    Y = torch.zeros((N, T, len(c)), dtype=x.dtype, device=x.device)
    h = h0.clone()
    for t in range(T):
        h = torch.tanh(torch.matmul(x[:, t], U) + torch.matmul(h, W) + b)
        H[:, t, :] = h
        Y[:, t, :] = torch.matmul(h, V) + c
    return H, Y


def bptt(x, h0, params, dH):
    """Every pair of steps by itself: the gradient that enters at t is followed back to the start."""
    U, W, b = params["U"], params["W"], params["b"]
    T = x.shape[1]
    states = [h0]
    for t in range(T):
        states.append(torch.tanh(x[:, t] @ U + states[-1] @ W + b))
    dU, dW, db, dh0 = torch.zeros_like(U), torch.zeros_like(W), torch.zeros_like(b), torch.zeros_like(h0)
    for t in range(T):
        g = dH[:, t]
        for s in range(t, -1, -1):
            da = g * (1 - states[s + 1] ** 2)
            dU = dU + x[:, s].T @ da
            dW = dW + states[s].T @ da
            db = db + da.sum(0)
            g = da @ W.T
        dh0 = dh0 + g
    return dU, dW, db, dh0


def seq_loss(logits, y, mask):
    N, T, V = logits.shape
    loss = torch.zeros((), dtype=logits.dtype, device=logits.device)
    d = torch.zeros_like(logits)
    for n in range(N):
        for t in range(T):
            if not mask[n, t]:
                continue
            z = logits[n, t] - logits[n, t].max()
            log_p = z - torch.log(torch.exp(z).sum())
            loss = loss - log_p[y[n, t]] / N
            for v in range(V):
                d[n, t, v] = (torch.exp(log_p[v]) - (1 if v == int(y[n, t]) else 0)) / N
    return loss, d


def stacked_rnn(x, layers):
    """Step by step through all layers, not layer by layer."""
    N, T, _ = x.shape
    hs = [layer["h0"] for layer in layers]
    top = []
    for t in range(T):
        below = x[:, t]
        for k in range(len(layers)):
            p = layers[k]
            hs[k] = torch.tanh(below @ p["U"] + hs[k] @ p["W"] + p["b"])
            below = hs[k]
        top.append(below)
    if not top:
        return torch.zeros((N, 0, len(layers[-1]["b"])), dtype=x.dtype, device=x.device)
    return torch.stack(top, 1)


def birnn(x, lengths, fw, bw):
    N, T, _ = x.shape
    Hf, Hb = len(fw["b"]), len(bw["b"])
    rows = []
    for n in range(N):
        L = int(lengths[n])
        f, fs = fw["h0"][n], []
        for t in range(L):
            f = torch.tanh(x[n, t] @ fw["U"] + f @ fw["W"] + fw["b"])
            fs.append(f)
        r, rs = bw["h0"][n], []
        for t in range(L - 1, -1, -1):
            r = torch.tanh(x[n, t] @ bw["U"] + r @ bw["W"] + bw["b"])
            rs.insert(0, r)
        steps = [torch.cat([fs[t], rs[t]]) for t in range(L)]
        steps += [torch.zeros(Hf + Hb, dtype=x.dtype, device=x.device)] * (T - L)
        rows.append(torch.stack(steps))
    return torch.stack(rows)


def one_to_many(x0, T, step, readout):
    if T == 0:
        return torch.zeros((x0.shape[0], 0, x0.shape[1]), dtype=x0.dtype, device=x0.device)
    h = step(x0, None)
    ys = [readout(h)]
    while len(ys) < T:
        h = step(ys[-1], h)
        ys.append(readout(h))
    return torch.stack(ys, 1)


def many_to_one(x, step, readout):
    h = step(x[:, 0], None)
    for t in range(1, x.shape[1]):
        h = step(x[:, t], h)
    return readout(h)


def encoder_decoder(src, Tout, y0, enc_step, dec_step, readout):
    state = None
    for t in range(src.shape[1]):
        state = enc_step(src[:, t, :], state)
    result = torch.zeros((y0.shape[0], Tout, y0.shape[1]), dtype=y0.dtype, device=y0.device)
    y = y0
    for t in range(Tout):
        state = dec_step(y, state)
        y = readout(state)
        result[:, t] = y
    return result


def state_jacobian(W, H):
    """Column by column: how a small change of one component of h_0 travels."""
    n = len(W)
    J = torch.zeros_like(W)
    for j in range(n):
        v = torch.zeros(n, dtype=W.dtype, device=W.device)
        v[j] = 1
        for t in range(len(H)):
            v = (1 - H[t] * H[t]) * (v @ W)
        J[:, j] = v
    return J


def clip_by_norm(grads, c):
    total = 0.0
    for g in grads:
        for value in g.flatten().tolist():
            total += value**2
    norm = math.sqrt(total)
    result = []
    for g in grads:
        result.append(g / norm * c if norm > c else g.clone())
    return result


def word_embed(idx, E):
    N, T = idx.shape
    if N * T == 0:
        return torch.zeros((N, T, E.shape[1]), dtype=E.dtype, device=E.device)
    return torch.stack([torch.stack([E[int(w)] for w in sentence]) for sentence in idx])


def word_embed_bwd(dout, idx, E):
    dE = torch.zeros_like(E)
    for n in range(idx.shape[0]):
        for t in range(idx.shape[1]):
            dE[idx[n, t]] += dout[n, t]
    return dE
