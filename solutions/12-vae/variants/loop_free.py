"""Whole-tensor versions that get there by another road than the reference: other formulas for the same thing."""

import math

import torch


def enc_head(h, Wm, bm, Wv, bv):
    both = h @ torch.cat([Wm, Wv], dim=1) + torch.cat([bm, bv])
    mu, logvar = both.split([bm.shape[0], bv.shape[0]], dim=1)
    return mu, logvar


def reparam(mu, logvar, eps):
    return torch.addcmul(mu, logvar.exp().sqrt(), eps)


def reparam_bwd(dout, mu, logvar, eps):
    sigma = (logvar / 2).exp()
    return dout, dout * eps * sigma / 2


def kl_std_normal(mu, logvar):
    each = (mu.square() + torch.expm1(logvar) - logvar).sum(dim=1) / 2
    return each.mean(), mu / len(mu), torch.expm1(logvar) / (2 * len(mu))


def recon(kind, x, out, sigma=1.0):
    if kind == "bernoulli":
        log_p = x * torch.nn.functional.logsigmoid(out) + (1 - x) * torch.nn.functional.logsigmoid(-out)
    else:
        log_p = -((x - out) ** 2) / (2 * sigma**2) - 0.5 * math.log(2 * math.pi * sigma**2)
    return log_p.flatten(1).sum(dim=1).mean()


def elbo(x, mu, logvar, out):
    log_p = x * out - out.clamp(min=0) - torch.log1p(torch.exp(-out.abs()))
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp())
    loss = kl.sum(dim=1).mean() - log_p.flatten(1).sum(dim=1).mean()
    return -loss, loss


def vae_grads(x, params, eps):
    p, N = params, len(x)
    h = torch.tanh(x @ p["W1"] + p["b1"])
    mu, logvar = h @ p["Wm"] + p["bm"], h @ p["Wv"] + p["bv"]
    sigma = torch.exp(logvar / 2)
    z = mu + sigma * eps
    g = torch.tanh(z @ p["W2"] + p["b2"])
    out = g @ p["W3"] + p["b3"]
    loss = (torch.nn.functional.softplus(out) - x * out).sum() + (mu**2 + sigma**2 - 1 - logvar).sum() / 2
    d3 = torch.sigmoid(out) - x
    d2 = torch.einsum("nd,gd->ng", d3, p["W3"]) * (1 - g * g)
    dz = torch.einsum("ng,lg->nl", d2, p["W2"])
    dm, dv = dz + mu, (dz * eps * sigma + sigma**2 - 1) / 2
    d1 = (dm @ p["Wm"].T + dv @ p["Wv"].T) * (1 - h * h)
    grads = {
        "W1": x.T @ d1, "b1": d1.sum(0), "Wm": h.T @ dm, "bm": dm.sum(0), "Wv": h.T @ dv, "bv": dv.sum(0),
        "W2": z.T @ d2, "b2": d2.sum(0), "W3": g.T @ d3, "b3": d3.sum(0),
    }  # fmt: skip
    return loss / N, {name: value / N for name, value in grads.items()}


def lin_gauss_check(x, a, s2, m, v):
    logpx = -0.5 * torch.log(2 * math.pi * (a * a + s2)) - x * x / (2 * (a * a + s2))
    energy = x * x - 2 * a * m * x + a * a * (m * m + v)
    bound = 0.5 * (torch.log(v) - torch.log(2 * math.pi * s2) + 1 - energy / s2 - m * m - v)
    return logpx, bound, logpx - bound


def generate(dec, z):
    flat = z.flatten(0, -2) if z.dim() > 1 else z[None]
    return (1 / (1 + torch.exp(-dec(flat)))).unflatten(0, z.shape[:-1]) if z.dim() > 1 else torch.sigmoid(dec(flat))[0]


def traverse(z, dim, vals):
    moving = torch.arange(z.shape[-1], device=z.device) == dim
    return torch.where(moving, vals[:, None], z[..., None, :])
