"""Right versions without loops where none are needed, in matrix form."""

import torch


def step_perceptron(X, w, b):
    z = torch.mv(X, w) + b
    return torch.where(z < 0, torch.zeros_like(z), torch.ones_like(z))


def gate_params(name):
    sign = -1.0 if name[0] == "N" else 1.0
    threshold = 1.7 if "AND" in name else 0.6
    return sign * torch.tensor([1.0, 1.2], dtype=torch.float64), -sign * threshold


def is_separable(y):
    z = 2 * y.to(torch.float64) - 1
    return bool((z[0] + z[3] - z[1] - z[2]).abs() < 4)


def xor_mlp():
    # x1 and not x2, or x2 and not x1
    W1 = torch.tensor([[2.0, -2.0], [-2.0, 2.0]], dtype=torch.float64)
    return (
        W1,
        torch.full((2,), -1.0, dtype=torch.float64),
        torch.ones(2, 1, dtype=torch.float64),
        torch.tensor([-1.0]).double(),
    )


def activations(x):
    x = x.to(torch.float64) if x.dtype == torch.int64 else x
    half = 0.5 * torch.tanh(0.5 * x)
    return {"relu": x.clamp(min=0), "tanh": 2 * torch.sigmoid(2 * x) - 1, "sig": 0.5 + half}


def act_grad(kind, x):
    if x.dtype == torch.int64:
        x = x.double()
    if kind == "relu":
        return torch.heaviside(x, torch.zeros_like(x))
    if kind == "sig":
        return torch.sigmoid(x) * torch.sigmoid(-x)
    return 1 / torch.cosh(x) ** 2


def chain_grads(x, y, w1, b1, w2, b2):
    z = w1 * x + b1
    first, second = torch.stack([x, torch.ones_like(x)]), torch.stack([torch.sigmoid(z), torch.ones_like(z)])
    error = torch.stack([w2, b2]) @ second - y
    dw2, db2 = error * second
    dw1, db1 = error * w2 * torch.sigmoid(z) * torch.sigmoid(-z) * first
    return dw1, db1, dw2, db2


def sgd_epoch(X, y, w, b, lr, batch, order):
    # the bias as one more weight, of an input that is always 1
    X1 = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)[order]
    theta = torch.cat([w, b.reshape(1)])
    losses = []
    if len(order):
        for A, t in zip(X1.split(batch), y[order].split(batch)):
            e = torch.addmv(-t, A, theta)
            losses.append(torch.dot(e, e) / (2 * len(t)))
            theta = torch.addmv(theta, A.T, e, alpha=-lr / len(t))
    return theta[:-1], theta[-1], torch.tensor(losses, dtype=X.dtype, device=X.device)


def momentum_step(w, v, g, lr, mu):
    velocity = torch.sub(v * mu, g, alpha=lr)
    return torch.add(w, velocity), velocity


def decay(kind, lr0, t, k, gamma, s):
    return {"time": lr0 * (1 + k * t) ** -1, "step": lr0 * gamma ** int(t / s)}[kind]


def split(n, ratios=(6, 2, 2), perm=None):
    r = torch.tensor(ratios)
    whole, rest = n * r // r.sum(), n * r % r.sum()
    missing = n - int(whole.sum())
    whole[torch.argsort(rest, descending=True, stable=True)[:missing]] += 1
    ends = whole.cumsum(0)
    perm = torch.arange(n) if perm is None else perm
    return perm[: ends[0]], perm[ends[0] : ends[1]], perm[ends[1] :]
