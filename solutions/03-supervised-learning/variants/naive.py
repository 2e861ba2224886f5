"""Right versions with loops over samples, features and classes, as a careful beginner writes them."""

import math

import numpy as np
import torch


def decide(X, w, b):
    g = []
    for i in range(X.shape[0]):
        total = b
        for j in range(X.shape[1]):
            total = total + X[i, j] * w[j]
        g.append(total)
    if not g:
        return X.new_zeros(0), torch.zeros(0, dtype=torch.int64, device=X.device)
    yhat = [1 if value >= 0 else 0 for value in g]
    return torch.stack(g), torch.tensor(yhat, device=X.device)


def errors(g, y):
    count = 0
    for value, label in zip(g.tolist(), y.tolist()):
        predicted = 1 if value >= 0 else 0
        if predicted != label:
            count += 1
    return count, count / len(g) if len(g) > 0 else 0.0


def margin(X, w, b):
    square = 0
    for value in w:
        square = square + value * value
    if square == 0:
        raise ValueError("all weights are 0")
    length = torch.sqrt(square)
    result = [(w * row).sum() / length + b / length for row in X]
    return torch.stack(result) if result else X.new_zeros(0)


def fit_line(x, y):
    n = len(x)
    mean_x, mean_y = math.fsum(x.tolist()) / n, math.fsum(y.tolist()) / n
    top = bottom = 0.0
    for xi, yi in zip(x.tolist(), y.tolist()):
        top += (xi - mean_x) * (yi - mean_y)
        bottom += (xi - mean_x) ** 2
    slope = top / bottom if bottom > 0 else 0.0
    return (
        torch.tensor(slope, dtype=x.dtype, device=x.device),
        torch.tensor(mean_y - slope * mean_x, dtype=x.dtype, device=x.device),
    )


def mse_mae_halfsse(y, yhat):
    if y.shape != yhat.shape:
        raise ValueError("y and yhat must have the same shape")
    squares = absolutes = torch.zeros((), dtype=y.dtype, device=y.device)
    for a, p in zip(y, yhat):
        squares = squares + (p - a) * (p - a)
        absolutes = absolutes + torch.abs(p - a)
    return squares / len(y), absolutes / len(y), squares / 2


def poly_fit_curve(x, y, degrees, xv, yv):
    train, valid = [], []
    for degree in degrees:
        coefficients = np.polyfit(x.numpy(force=True), y.numpy(force=True), degree)
        train.append(np.mean((np.polyval(coefficients, x.numpy(force=True)) - y.numpy(force=True)) ** 2))
        valid.append(np.mean((np.polyval(coefficients, xv.numpy(force=True)) - yv.numpy(force=True)) ** 2))
    return (
        torch.tensor(np.array(train), dtype=x.dtype, device=x.device),
        torch.tensor(np.array(valid), dtype=x.dtype, device=x.device),
    )


def occam_choice(va_err, complexity, tol):
    errors, levels = va_err.tolist(), complexity.tolist()
    best = min(e for e in errors if not math.isnan(e))
    chosen = None
    for k in range(len(errors)):
        if math.isnan(errors[k]) or errors[k] > best * (1 + tol):
            continue
        if chosen is None or levels[k] < levels[chosen]:
            chosen = k
    return chosen


def ovr_targets(y, C):
    T = torch.zeros((len(y), C), dtype=torch.int64, device=y.device)
    for i in range(len(y)):
        T[i, y[i]] = 1
    return T


def ovr_predict(X, W, b):
    result = []
    for x in X:
        best = 0
        scores = [sum(x[j] * W[j, c] for j in range(len(x))) + b[c] for c in range(len(b))]
        for c in range(1, len(b)):
            if scores[c] > scores[best]:
                best = c
        result.append(best)
    return torch.tensor(result, dtype=torch.int64, device=X.device)


def kmeans_step(X, C):
    N, K = len(X), len(C)
    assign = torch.zeros(N, dtype=torch.int64, device=X.device)
    inertia = torch.zeros((), dtype=X.dtype, device=X.device)
    for n in range(N):
        distances = [((X[n] - C[k]) ** 2).sum() for k in range(K)]
        for k in range(K):
            if distances[k] < distances[assign[n]]:
                assign[n] = k
        inertia += distances[assign[n]]
    C_new = C.clone()
    for k in range(K):
        members = X[assign == k]
        if len(members) > 0:
            C_new[k] = members.mean(dim=0)
    return assign, C_new, inertia


def hinge_step(X, y, w, b, lr, lam):
    dw, db = lam * w, torch.zeros_like(b)
    for i in range(len(X)):
        if y[i] * ((X[i] * w).sum() + b) < 1:
            dw = dw - y[i] * X[i] / len(X)
            db = db - y[i] / len(X)
    return w - lr * dw, b - lr * db


def q_update(Q, s, a, r, s_next, done, alpha, gamma):
    best = 0.0
    if not done:
        best = max(Q[s_next, k] for k in range(Q.shape[1]))
    rows = [[Q[i, j] for j in range(Q.shape[1])] for i in range(Q.shape[0])]
    rows[s][a] = (1 - alpha) * rows[s][a] + alpha * (r + gamma * best)
    return torch.stack([torch.stack([v.to(Q.dtype) for v in row]) for row in rows])
