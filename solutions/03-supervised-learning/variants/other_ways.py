"""Right versions by way of other tools: numpy, sorting, QR, cdist."""

import numpy as np
import torch
import torch.nn.functional as F


def decide(X, w, b):
    g = F.linear(X, w[None], b[None])[:, 0]
    return g, torch.ge(g, 0).to(torch.int64)


def errors(g, y):
    predicted = (g.numpy(force=True) >= 0).astype(int)
    count = int(np.sum(predicted != y.numpy(force=True)))
    return count, float(count / y.shape[0]) if y.shape[0] else 0.0


def margin(X, w, b):
    if torch.count_nonzero(w) == 0:
        raise ValueError("w is zero")
    unit = F.normalize(w, dim=0, eps=0.0)
    return X @ unit + b / torch.linalg.vector_norm(w)


def fit_line(x, y):
    if (x == x[0]).all():
        return 0 * y.mean(), y.mean()
    centre = x.mean()
    design = torch.stack([x - centre, torch.ones_like(x)], dim=1)
    w, c = torch.linalg.lstsq(design, y[:, None]).solution[:, 0]
    return w, c - w * centre


def mse_mae_halfsse(y, yhat):
    if y.ndim != yhat.ndim or len(y) != len(yhat):
        raise ValueError("y and yhat differ in shape")
    return F.mse_loss(yhat, y), F.l1_loss(yhat, y), F.mse_loss(yhat, y, reduction="sum") / 2


def poly_fit_curve(x, y, degrees, xv, yv):
    tr, va = torch.empty(len(degrees), dtype=x.dtype), torch.empty(len(degrees), dtype=x.dtype)
    V, Vv = torch.ones_like(x)[:, None], torch.ones_like(xv)[:, None]
    for _ in range(max(degrees)):
        V = torch.cat([V, V[:, -1:] * x[:, None]], dim=1)
        Vv = torch.cat([Vv, Vv[:, -1:] * xv[:, None]], dim=1)
    for i, degree in enumerate(degrees):
        Q, R = torch.linalg.qr(V[:, : degree + 1])
        c = torch.linalg.solve_triangular(R, Q.T @ y[:, None], upper=True)[:, 0]
        tr[i] = F.mse_loss(V[:, : degree + 1] @ c, y)
        va[i] = F.mse_loss(Vv[:, : degree + 1] @ c, yv)
    return tr, va


def occam_choice(va_err, complexity, tol):
    usable = torch.nan_to_num(va_err, nan=torch.inf)
    best = usable.min().item()
    order = sorted(range(len(usable)), key=lambda k: (complexity[k].item(), k))
    return next(k for k in order if usable[k].item() <= best + tol * best)


def ovr_targets(y, C):
    return F.one_hot(y, C)


def ovr_predict(X, W, b):
    scores = (X[:, :, None] * W[None]).sum(dim=1) + b[None]
    return scores.sort(dim=1, descending=True, stable=True).indices[:, 0]


def kmeans_step(X, C):
    distance = torch.cdist(X, C)
    assign = distance.argmin(dim=1)
    C_new = torch.stack([X[assign == k].mean(dim=0) if (assign == k).any() else C[k] for k in range(len(C))])
    return assign, C_new, ((X - C[assign]) ** 2).sum()
