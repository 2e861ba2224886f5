"""Right versions with loops over single numbers, as a careful beginner writes them."""

import math

import torch


def early_stop(val, patience, min_delta):
    stop, best = -1, -1
    for e in range(len(val)):
        if stop >= 0:
            continue
        if best == -1 or float(val[e]) < float(val[best]) - min_delta:
            best = e
        elif e - best == patience:
            stop = e
    if stop == -1:
        stop = len(val) - 1
    return stop, best


def each(f, *tensors):
    """f applied number by number; as many result tensors as f has results."""
    rows = [f(*[float(v) for v in values]) for values in zip(*[t.reshape(-1) for t in tensors])]
    first = tensors[0]
    results = [torch.tensor(list(r), dtype=first.dtype, device=first.device).reshape(first.shape) for r in zip(*rows)]
    return tuple(results)


def momentum(w, v, g, lr, mu):
    def one(w, v, g):
        new = mu * v
        new = new - lr * g
        return w + new, new

    return each(one, w, v, g)


def adagrad(w, s, g, lr, eps):
    def one(w, s, g):
        s = s + g * g
        return w - lr * g / (math.sqrt(s) + eps), s

    return each(one, w, s, g)


def rmsprop(w, s, g, lr, rho, eps):
    def one(w, s, g):
        s = s * rho + g * g * (1 - rho)
        return w - lr / (math.sqrt(s) + eps) * g, s

    return each(one, w, s, g)


def adadelta(w, s, d, g, rho, eps):
    def one(w, s, d, g):
        s = rho * s + (1 - rho) * g * g
        step = -math.sqrt(d + eps) / math.sqrt(s + eps) * g
        d = rho * d + (1 - rho) * step * step
        return w + step, s, d

    return each(one, w, s, d, g)


def adam(w, m, v, t, g, lr, b1, b2, eps):
    c1, c2 = 1.0, 1.0
    for _ in range(t):
        c1, c2 = c1 * b1, c2 * b2

    def one(w, m, v, g):
        m = m + (1 - b1) * (g - m)
        v = v + (1 - b2) * (g * g - v)
        return w - lr * (m / (1 - c1)) / (math.sqrt(v / (1 - c2)) + eps), m, v

    return each(one, w, m, v, g)


def reg_loss_grad(W, b, l1, l2):
    R = torch.zeros((), dtype=W.dtype, device=W.device)
    dW = torch.zeros_like(W).reshape(-1)
    for k, w in enumerate(W.reshape(-1)):
        R = R + l1 * abs(w) + l2 * w * w / 2
        sign = 1 if w > 0 else -1 if w < 0 else 0
        dW[k] = l1 * sign + l2 * w
    return R, dW.reshape(W.shape), torch.zeros(b.shape, dtype=b.dtype, device=b.device)


def soft_threshold(w, t):
    def one(w):
        if w > t:
            return (w - t,)
        if w < -t:
            return (w + t,)
        return (0.0,)

    return each(one, w)[0]


def dropout_fwd(x, U, p, train):
    if not train:
        return x + 0
    values = []
    for value, u in zip(x.reshape(-1), U.reshape(-1)):
        values.append(value * 0 if u < p else value / (1 - p))
    return torch.stack(values).reshape(x.shape)


def dropout_bwd(dout, U, p, train):
    dx = torch.zeros_like(dout).reshape(-1)
    for k, (d, u) in enumerate(zip(dout.reshape(-1), U.reshape(-1))):
        if not train:
            dx[k] = d
        elif not u < p:
            dx[k] = d / (1 - p)
    return dx.reshape(dout.shape)


def bn_fwd(x, gamma, beta, state, train):
    N, D = x.shape
    columns, hats, inverses = [], [], []
    new_mean, new_var = state["mean"].clone(), state["var"].clone()
    for j in range(D):
        if train:
            mean = sum(x[n, j] for n in range(N)) / N
            squares = sum((x[n, j] - mean) ** 2 for n in range(N))
            var = squares / N
            new_mean[j] = state["m"] * state["mean"][j] + (1 - state["m"]) * mean.detach()
            if N > 1:
                new_var[j] = state["m"] * state["var"][j] + (1 - state["m"]) * squares.detach() / (N - 1)
        else:
            mean, var = state["mean"][j], state["var"][j]
        std = torch.sqrt(var + state["eps"])
        hat = [(x[n, j] - mean) / std for n in range(N)]
        columns.append(torch.stack([gamma[j] * h + beta[j] for h in hat]))
        hats.append(torch.stack(hat))
        inverses.append(1 / std)
    y = torch.stack(columns, dim=1)
    new_state = {"mean": new_mean, "var": new_var, "m": state["m"], "eps": state["eps"]}
    if not train:
        return y, new_state, None
    return y, new_state, {"x_hat": torch.stack(hats, dim=1), "inv_std": torch.stack(inverses), "gamma": gamma.clone()}


def bn_bwd(dout, cache):
    x_hat, inv_std, gamma = cache["x_hat"], cache["inv_std"], cache["gamma"]
    N, D = dout.shape
    dx, dgamma, dbeta = torch.zeros_like(dout), torch.zeros_like(gamma), torch.zeros_like(gamma)
    for j in range(D):
        for n in range(N):
            dgamma[j] += dout[n, j] * x_hat[n, j]
            dbeta[j] += dout[n, j]
        # the Jacobian of one column of x_hat, entry by entry
        for i in range(N):
            for n in range(N):
                jacobian = (1.0 if i == n else 0.0) - 1 / N - x_hat[n, j] * x_hat[i, j] / N
                dx[i, j] += dout[n, j] * gamma[j] * inv_std[j] * jacobian
    return dx, dgamma, dbeta
