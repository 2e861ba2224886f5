"""Right answers written out element by element."""

import itertools
import math

import torch


def perceptron_epoch(X, y, w, b, eta, order):
    w, b = w.clone(), b.clone()
    mistakes = torch.zeros((), dtype=torch.int64, device=X.device)
    for i in order:
        z = (w * X[i]).sum() + b
        if y[i] > 0 and z < 0:
            w += eta * X[i]
            b += eta
            mistakes += 1
        elif y[i] < 0 and z >= 0:
            w -= eta * X[i]
            b -= eta
            mistakes += 1
    return w, b, mistakes


def train(X, y, w, b, eta, order, max_epochs):
    counts = []
    while len(counts) < max_epochs and (not counts or counts[-1] > 0):
        w, b, mistakes = perceptron_epoch(X, y, w, b, eta, order)
        counts.append(mistakes.item())
    return w, b, torch.tensor(counts, device=X.device)


def losses(kind, out, y):
    total = out.new_zeros(())
    for o, t in zip(out, y):
        if kind == "softmax_ce":
            m = o.max()
            log_sum = m + (o - m).exp().sum().log()
        for k in range(len(o)):
            if kind == "half_sse":
                total = total + (t[k] - o[k]) ** 2 / 2
            elif kind == "bce_logits":
                total = total + o[k].clamp(min=0) - t[k] * o[k] + torch.log1p(torch.exp(-o[k].abs()))
            else:
                total = total - t[k] * (o[k] - log_sum)
    return total / len(out)


def softmax_ce(Z, y):
    N, C = Z.shape
    loss, dZ = Z.new_zeros(()), torch.zeros_like(Z)
    for n in range(N):
        m = Z[n].max()
        e = (Z[n] - m).exp()
        loss = loss + (e.sum().log() + m - Z[n, y[n]]) / N
        for c in range(C):
            dZ[n, c] = (e[c] / e.sum() - (1.0 if c == y[n] else 0.0)) / N
    return loss, dZ


def linear_fwd(x, W, b):
    out = b.expand(len(x), -1)
    for d in range(W.shape[0]):
        out = out + x[:, d : d + 1] * W[d]
    return out


def linear_bwd(x, W, b, dout):
    dx, dW, db = torch.zeros_like(x), torch.zeros_like(W), torch.zeros_like(b)
    for n in range(len(x)):
        dx[n] = (W * dout[n]).sum(dim=1)
        dW += torch.outer(x[n], dout[n])
        db += dout[n]
    return dx, dW, db


def act_bwd(kind, a, dout):
    da = []
    for value, upstream in zip(a.reshape(-1).tolist(), dout.reshape(-1).tolist()):
        if kind == "sigmoid":
            e = math.exp(-abs(value))
            slope = e / (1 + e) ** 2
        elif kind == "tanh":
            slope = 1 - math.tanh(value) ** 2
        elif kind == "relu":
            slope = 1.0 if value > 0 else 0.0
        else:
            slope = 1.0
        da.append(upstream * slope)
    return a.new_tensor(da).reshape(a.shape)


def mlp_backprop(X, Y, params, hidden, head):
    # One example at a time, averaged at the end.
    N = len(X)
    loss = X.new_zeros(())
    grads = [(torch.zeros_like(W), torch.zeros_like(b)) for W, b in params]
    for x, target in zip(X, Y):
        z, a = [x], []
        for W, b in params:
            a.append(W.T @ z[-1] + b)
            z.append(activation(hidden, a[-1]))
        out = a[-1]
        if head == "identity":
            loss = loss + ((target - out) ** 2).sum() / 2 / N
            delta = out - target
        elif head == "sigmoid":
            loss = loss + (out.clamp(min=0) - target * out + torch.log1p(torch.exp(-out.abs()))).sum() / N
            delta = 1 / (1 + torch.exp(-out)) - target
        else:
            p = torch.exp(out - out.max()) / torch.exp(out - out.max()).sum()
            log_p = out - out.max() - torch.exp(out - out.max()).sum().log()
            loss = loss - (target * log_p).sum() / N
            delta = p - target
        for l in range(len(params) - 1, -1, -1):
            grads[l][0].add_(torch.outer(z[l], delta) / N)
            grads[l][1].add_(delta / N)
            if l > 0:
                delta = act_bwd(hidden, a[l - 1], params[l][0] @ delta)
    return loss, grads


def gd_step(params, grads, lr):
    new = []
    for l in range(len(params)):
        W, b = params[l][0].clone(), params[l][1].clone()
        W -= lr * grads[l][0]
        b -= lr * grads[l][1]
        new.append((W, b))
    return new


def train_steps(params, grad_fn, lr, steps):
    recorded = params[0][0].new_zeros(steps)
    for t in range(steps):
        loss, grads = grad_fn(params)
        recorded[t] = loss
        params = gd_step(params, grads, lr)
    return params, recorded


def sgd_vs_batch(X, y, w, lr):
    w_sgd, gradient = w.clone(), torch.zeros_like(w)
    for i in range(len(y)):
        gradient += ((X[i] * w).sum() - y[i]) * X[i]
        w_sgd -= lr * ((X[i] * w_sgd).sum() - y[i]) * X[i]
    return w_sgd, w - lr * gradient / len(y)


def numeric_grad(f, x, h=1e-5):
    if x.dtype not in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        raise ValueError("x must be a float tensor")
    grad = torch.zeros_like(x)
    for index in itertools.product(*[range(n) for n in x.shape]):
        old = x[index].item()
        x[index] = old + h
        up = f(x)
        x[index] = old - h
        down = f(x)
        x[index] = old
        grad[index] = (up - down) / (2 * h)
    return grad


def rel_error(a, b):
    worst = a.new_zeros(())
    for p, q in zip(a.reshape(-1), b.reshape(-1)):
        if p != 0 or q != 0:
            worst = torch.maximum(worst, (p - q).abs() / max(p.abs(), q.abs()))
    return worst
