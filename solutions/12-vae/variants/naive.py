"""Image by image and element by element, as a careful beginner writes it."""

import math

import torch


def enc_head(h, Wm, bm, Wv, bv):
    mus, logvars = [], []
    for row in h:
        mus.append(row @ Wm + bm)
        logvars.append(row @ Wv + bv)
    if not mus:
        return h.new_zeros(0, bm.shape[0]), h.new_zeros(0, bv.shape[0])
    return torch.stack(mus), torch.stack(logvars)


def reparam(mu, logvar, eps):
    columns = []
    for j in range(mu.shape[1]):
        sigma = torch.sqrt(torch.exp(logvar[:, j]))
        columns.append(sigma * eps[:, j] + mu[:, j])
    return torch.stack(columns, dim=1)


def reparam_bwd(dout, mu, logvar, eps):
    dmu, dlogvar = torch.zeros_like(mu), torch.zeros_like(logvar)
    for n in range(mu.shape[0]):
        for j in range(mu.shape[1]):
            sigma = torch.exp(0.5 * logvar[n, j])
            dmu[n, j] = dout[n, j]
            dlogvar[n, j] = dout[n, j] * eps[n, j] * 0.5 * sigma
    return dmu, dlogvar


def kl_std_normal(mu, logvar):
    N, L = mu.shape
    loss = 0
    dmu, dlogvar = torch.zeros_like(mu), torch.zeros_like(logvar)
    for n in range(N):
        for j in range(L):
            loss = loss - 0.5 * (1 + logvar[n, j] - mu[n, j] ** 2 - torch.exp(logvar[n, j]))
            dmu[n, j] = mu[n, j].detach() / N
            dlogvar[n, j] = 0.5 * (torch.exp(logvar[n, j].detach()) - 1) / N
    return loss / N, dmu, dlogvar


def log_one_plus_exp(o):
    return o + torch.log1p(torch.exp(-o)) if o > 0 else torch.log1p(torch.exp(o))


def recon(kind, x, out, sigma=1.0):
    total = 0
    for value, o in zip(x.reshape(-1), out.reshape(-1), strict=True):
        if kind == "bernoulli":
            total = total + value * o - log_one_plus_exp(o)
        else:
            total = total - math.log(sigma * math.sqrt(2 * math.pi)) - (value - o) ** 2 / 2 / sigma**2
    return total / x.shape[0]


def elbo(x, mu, logvar, out):
    total = 0
    for n in range(x.shape[0]):
        for value, o in zip(x[n].reshape(-1), out[n].reshape(-1), strict=True):
            total = total + value * o - log_one_plus_exp(o)
        for j in range(mu.shape[1]):
            total = total - (mu[n, j] ** 2 + torch.exp(logvar[n, j]) - 1 - logvar[n, j]) / 2
    return total / x.shape[0], -total / x.shape[0]


def vae_grads(x, params, eps):
    p, N = params, x.shape[0]
    grads = {name: torch.zeros_like(value) for name, value in p.items()}
    loss = 0
    for row, noise in zip(x, eps, strict=True):
        f = vae_forward(row[None], p, noise[None])
        h, mu, logvar, z, g, out = (f[k][0] for k in ("h", "mu", "logvar", "z", "g", "out"))
        for value, o in zip(row, out, strict=True):
            loss = loss + log_one_plus_exp(o) - value * o
        loss = loss + 0.5 * (mu**2 + torch.exp(logvar) - 1 - logvar).sum()
        d3 = torch.sigmoid(out) - row
        d2 = (p["W3"] @ d3) * (1 - g**2)
        dz = p["W2"] @ d2
        dmu = dz + mu
        dlogvar = 0.5 * dz * torch.exp(0.5 * logvar) * noise + 0.5 * (torch.exp(logvar) - 1)
        d1 = (p["Wm"] @ dmu + p["Wv"] @ dlogvar) * (1 - h**2)
        for name, inputs, delta in [("1", row, d1), ("m", h, dmu), ("v", h, dlogvar), ("2", z, d2), ("3", g, d3)]:
            grads["W" + name] += torch.outer(inputs, delta) / N
            grads["b" + name] += delta / N
    return loss / N, grads


def normal_kl(m, v, m0, v0):
    return 0.5 * torch.log(v0) - 0.5 * torch.log(v) + v / (2 * v0) + (m - m0) ** 2 / (2 * v0) - 0.5


def lin_gauss_check(x, a, s2, m, v):
    rows = []
    for x1, a1, s1, m1, v1 in zip(*[t.reshape(-1) for t in (x, a, s2, m, v)], strict=True):
        precision = 1 + a1**2 / s1
        logpx = -(x1**2) / 2 / (a1**2 + s1) - torch.log(torch.sqrt(2 * math.pi * (a1**2 + s1)))
        error = (x1 - a1 * m1) ** 2 + a1**2 * v1
        prior_kl = 0.5 * (m1**2 + v1 - 1) - 0.5 * torch.log(v1)
        bound = -error / 2 / s1 - torch.log(torch.sqrt(2 * math.pi * s1)) - prior_kl
        rows.append((logpx, bound, normal_kl(m1, v1, a1 * x1 / s1 / precision, 1 / precision)))
    return tuple(torch.stack(column).reshape(x.shape) for column in zip(*rows, strict=True))


def generate(dec, z):
    if z.dim() == 1:
        return torch.sigmoid(dec(z.unsqueeze(0)).squeeze(0))
    if z.shape[0] == 0:
        return torch.sigmoid(dec(z.reshape(0, z.shape[-1])))
    return torch.stack([generate(dec, part) for part in z])


def traverse(z, dim, vals):
    rows = []
    for value in vals:
        code = z.clone()
        code[..., dim] = value
        rows.append(code)
    if not rows:
        return z.new_zeros(*z.shape[:-1], 0, z.shape[-1])
    return torch.stack(rows, dim=-2)
