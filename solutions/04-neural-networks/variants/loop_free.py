"""Right answers without loops over examples, outputs or elements."""

from functools import reduce

import torch
import torch.nn.functional as F


def perceptron_epoch(X, y, w, b, eta, order):
    # The bias as the weight of a constant input, and the epoch as a fold over examples.
    X1 = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)[order]

    def visit(state, example):
        v, mistakes = state
        x, label = example
        wrong = (x @ v >= 0) != (label > 0)
        return v + eta * label * wrong * x, mistakes + wrong

    start = torch.cat([w, b.reshape(1)]), torch.zeros((), dtype=torch.int64, device=X.device)
    v, mistakes = reduce(visit, zip(X1, y[order]), start)
    return v[:-1].clone(), v[-1].clone(), mistakes


def train(X, y, w, b, eta, order, max_epochs):
    w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
    first = mistakes.reshape(1)
    if mistakes == 0 or max_epochs == 1:
        return w, b, first
    w, b, rest = train(X, y, w, b, eta, order, max_epochs - 1)
    return w, b, torch.cat([first, rest])


def losses(kind, out, y):
    if kind == "half_sse":
        return torch.linalg.vector_norm(y - out) ** 2 / (2 * len(y))
    if kind == "bce_logits":
        return (F.softplus(out) - y * out).sum() / len(y)
    return (torch.logsumexp(out, dim=1) - (y * out).sum(dim=1)).mean()


def softmax_ce(Z, y):
    log_p = Z - torch.logsumexp(Z, dim=1, keepdim=True)
    one_hot = F.one_hot(y, Z.shape[1]).to(Z)
    return -(one_hot * log_p).sum() / len(y), (log_p.exp() - one_hot) / len(y)


def linear_fwd(x, W, b):
    return torch.einsum("nd,dm->nm", x, W) + b


def linear_bwd(x, W, b, dout):
    return torch.einsum("nm,dm->nd", dout, W), torch.einsum("nd,nm->dm", x, dout), torch.einsum("nm->m", dout)


def act_bwd(kind, a, dout):
    if kind == "sigmoid":
        return dout * torch.sigmoid(a) * torch.sigmoid(-a)
    if kind == "tanh":
        return 4 * dout * torch.sigmoid(2 * a) * torch.sigmoid(-2 * a)
    return torch.where(a > 0, dout, 0.0) if kind == "relu" else dout * 1.0


def mlp_backprop(X, Y, params, hidden, head):
    # Recursion over layers: the first one forward, the rest of the network as a network of its own.
    def descend(z, rest):
        W, b = rest[0]
        a = z @ W + b
        if len(rest) == 1:
            loss, delta = finish(a)
            return loss, delta, [(torch.einsum("nd,nm->dm", z, delta), delta.sum(0))]
        loss, above, grads = descend(activation(hidden, a), rest[1:])
        delta = act_bwd(hidden, a, above @ rest[1][0].T)
        return loss, delta, [(torch.einsum("nd,nm->dm", z, delta), delta.sum(0)), *grads]

    def finish(out):
        N = len(out)
        if head == "identity":
            return ((out - Y) ** 2).sum() / (2 * N), (out - Y) / N
        if head == "sigmoid":
            return (F.softplus(out) - Y * out).sum() / N, (torch.sigmoid(out) - Y) / N
        log_p = out - torch.logsumexp(out, dim=1, keepdim=True)
        return -(Y * log_p).sum() / N, (log_p.exp() - Y) / N

    loss, _, grads = descend(X, params)
    return loss, grads


def gd_step(params, grads, lr):
    return list(map(lambda p, g: (torch.sub(p[0], g[0], alpha=lr), torch.sub(p[1], g[1], alpha=lr)), params, grads))


def train_steps(params, grad_fn, lr, steps):
    loss, grads = grad_fn(params)
    moved = gd_step(params, grads, lr)
    if steps == 1:
        return moved, loss.reshape(1)
    last, rest = train_steps(moved, grad_fn, lr, steps - 1)
    return last, torch.cat([loss.reshape(1), rest])


def sgd_vs_batch(X, y, w, lr):
    def step(v, example):
        x, target = example
        return torch.addmv(v, torch.outer(x, x), v, alpha=-lr) + lr * target * x

    return reduce(step, zip(X, y), w), w - lr * ((X @ w - y)[:, None] * X).mean(dim=0)


def numeric_grad(f, x, h=1e-5):
    if not torch.is_floating_point(x):
        raise ValueError("not a float tensor")
    n = x.numel()
    nudges = h * torch.eye(n, dtype=x.dtype, device=x.device).reshape(n, *x.shape)
    slopes = [((f(x + e) - f(x - e)) / (2 * h)).item() for e in nudges]
    return x.new_tensor(slopes).reshape(x.shape)


def rel_error(a, b):
    scale = torch.stack([a.abs(), b.abs()]).amax(dim=0)
    return torch.nan_to_num((a - b).abs() / scale, nan=0.0).max()
