"""Right versions without explicit loops, where Python allows."""

import functools

import torch


def contains(parents, a, b, seen=frozenset()):
    if a not in parents:
        raise KeyError(a)
    if b == a:
        return True
    if b in seen:
        raise ValueError("a circle")
    above = parents[b]
    return above is not None and contains(parents, a, above, seen | {b})


def timeline(events, lo, hi):
    if not events:
        return []
    years, names = zip(*events)
    years = torch.tensor(years)
    order = torch.argsort(years, stable=True)
    order = order[(years[order] >= lo) & (years[order] <= hi)]
    return list(map(names.__getitem__, order.tolist()))


def learn_f(X, Y):
    A = torch.nn.functional.pad(X, (0, 1), value=1.0)
    U, s, Vh = torch.linalg.svd(A, full_matrices=False)
    keep = s > s.max() * max(A.shape) * torch.finfo(A.dtype).eps
    inverse = torch.where(keep, 1 / torch.where(keep, s, torch.ones_like(s)), torch.zeros_like(s))
    theta = Vh.T @ (inverse * (U.T @ Y))
    w, b = theta[:-1], theta[-1]

    def predict(X_new):
        return torch.addmv(b.expand(len(X_new)), X_new, w)

    return predict


def best_threshold(x, y):
    v, where = torch.unique(x, return_inverse=True)
    t = torch.cat([v[:1] - 1, (v[1:] + v[:-1]) / 2, v[-1:] + 1])
    ones = torch.bincount(where, weights=y.double(), minlength=len(v))
    zeros = torch.bincount(where, minlength=len(v)).double() - ones
    nothing = ones.new_zeros(1)
    missed, false_alarms = torch.cat([nothing, ones.cumsum(0)]), zeros.sum() - torch.cat([nothing, zeros.cumsum(0)])
    up = (missed + false_alarms).long()
    both = torch.stack([up, len(x) - up], dim=1).flatten()
    k = int((both == both.min()).nonzero()[0])
    return t[k // 2], 1 - 2 * (k % 2), both[k]


def learning_curve(fit, err, Xtr, ytr, sizes, Xte, yte):
    def one(n):
        return err(fit(Xtr.narrow(0, 0, n), ytr.narrow(0, 0, n)), Xte, yte)

    return torch.tensor(list(map(one, sizes)), dtype=Xte.dtype)


def compose(*fs):
    return functools.reduce(lambda f, g: lambda x: g(f(x)), fs, lambda x: x)


def f_of_x(x, layers):
    return functools.reduce(lambda value, layer: layer(value), layers, x.detach().clone())
