"""Right versions with loops over examples and elements, as a careful beginner writes them."""

import math

import torch


def step_perceptron(X, w, b):
    answers = torch.zeros(X.shape[0], dtype=X.dtype, device=X.device)
    for n in range(X.shape[0]):
        z = b
        for i in range(X.shape[1]):
            z = z + X[n, i].item() * w[i].item()
        if z >= 0:
            answers[n] = 1.0
    return answers


def gate_params(name):
    if name == "AND":
        return torch.tensor([3.0, 2.0]).double(), -4.0
    if name == "OR":
        return torch.tensor([3.0, 2.0]).double(), -1.0
    if name == "NAND":
        return torch.tensor([-3.0, -2.0]).double(), 4.0
    return torch.tensor([-3.0, -2.0]).double(), 1.0


def is_separable(y):
    # let the perceptron learn it; if there is a line, it finds one soon
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    w1 = w2 = b = 0
    for _ in range(100):
        mistakes = 0
        for (x1, x2), target in zip(corners, y.tolist()):
            answer = 1 if w1 * x1 + w2 * x2 + b >= 0 else 0
            if answer != target:
                mistakes += 1
                w1 += (target - answer) * x1
                w2 += (target - answer) * x2
                b += target - answer
        if mistakes == 0:
            return True
    return False


def xor_mlp():
    # OR, but switched off by AND
    W1 = torch.tensor([[1, 1], [1, 1]], dtype=torch.float64)
    b1 = torch.tensor([-0.5, -1.5], dtype=torch.float64)
    W2 = torch.tensor([[1], [-2]], dtype=torch.float64)
    b2 = torch.tensor([-0.5], dtype=torch.float64)
    return W1, b1, W2, b2


def activations(x):
    if x.dtype == torch.int64:
        x = x.double()
    positive = x >= 0
    e = torch.exp(-x.abs())
    e2 = torch.exp(-2 * x.abs())
    sig = torch.where(positive, 1 / (1 + e), e / (1 + e))
    tanh = torch.where(positive, (1 - e2) / (1 + e2), (e2 - 1) / (1 + e2))
    return {"sig": sig, "tanh": tanh, "relu": torch.where(positive, x, torch.zeros_like(x))}


def act_grad(kind, x):
    if x.dtype == torch.int64:
        x = x.double()
    out = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
    for i, value in enumerate(x.flatten().tolist()):
        e = math.exp(-abs(value))
        if kind == "sig":
            out[i] = e / (1 + e) ** 2
        elif kind == "tanh":
            out[i] = 4 * e**2 / (1 + e**2) ** 2
        elif value > 0:
            out[i] = 1.0
    return out.reshape(x.shape)


def chain_grads(x, y, w1, b1, w2, b2):
    z = w1 * x + b1
    if z >= 0:
        f = 1 / (1 + torch.exp(-z))
    else:
        f = torch.exp(z) / (1 + torch.exp(z))
    g = w2 * f + b2
    dL_dg = g - y
    dg_df = w2
    df_dw1 = f * (1 - f) * x
    df_db1 = f * (1 - f)
    return dL_dg * dg_df * df_dw1, dL_dg * dg_df * df_db1, dL_dg * f, dL_dg * 1


def sgd_epoch(X, y, w, b, lr, batch, order):
    w, b, losses = w.clone(), b.clone(), []
    remaining = order.tolist()
    while remaining:
        rows, remaining = remaining[:batch], remaining[batch:]
        dw, db, loss = torch.zeros_like(w), torch.zeros_like(b), torch.zeros_like(b)
        for n in rows:
            error = (X[n] * w).sum() + b - y[n]
            loss += error**2 / 2 / len(rows)
            dw += error * X[n] / len(rows)
            db += error / len(rows)
        losses.append(loss.item())
        w -= lr * dw
        b -= lr * db
    return w, b, torch.tensor(losses, dtype=X.dtype, device=X.device)


def momentum_step(w, v, g, lr, mu):
    w_new, v_new = w.clone(), v.clone()
    for i in range(v_new.numel()):
        v_new.view(-1)[i] = mu * v.reshape(-1)[i] - lr * g.reshape(-1)[i]
        w_new.view(-1)[i] += v_new.view(-1)[i]
    return w_new, v_new


def decay(kind, lr0, t, k, gamma, s):
    if kind == "time":
        return lr0 / (1.0 + k * t)
    rate = lr0
    for step in range(1, t + 1):
        if step % s == 0:
            rate = rate * gamma
    return rate


def split(n, ratios=(6, 2, 2), perm=None):
    shares = [n * r / sum(ratios) for r in ratios]
    sizes = [math.floor(share) for share in shares]
    while sum(sizes) < n:
        best = 0
        for i in range(3):
            if shares[i] - sizes[i] > shares[best] - sizes[best]:
                best = i
        sizes[best] += 1
    order = list(range(n)) if perm is None else perm.tolist()
    parts = ([], [], [])
    for position, index in enumerate(order):
        if position < sizes[0]:
            parts[0].append(index)
        elif position < sizes[0] + sizes[1]:
            parts[1].append(index)
        else:
            parts[2].append(index)
    return tuple(torch.tensor(part, dtype=torch.int64) for part in parts)
