"""Right versions with loops, one sample or one parameter at a time."""

import torch
import torch.nn.functional as F


def _softplus(a):
    return torch.clamp(a, min=0) + torch.log1p(torch.exp(-torch.abs(a)))


def d_loss(r_logit, f_logit):
    loss = r_logit.new_zeros(())
    dr, df = torch.zeros_like(r_logit), torch.zeros_like(f_logit)
    for i, r in enumerate(r_logit):
        loss = loss + _softplus(-r) / len(r_logit)
        dr[i] = (torch.sigmoid(r) - 1) / len(r_logit)
    for j, f in enumerate(f_logit):
        loss = loss + _softplus(f) / len(f_logit)
        df[j] = torch.sigmoid(f) / len(f_logit)
    return loss, dr, df


def g_loss(f_logit, kind):
    n, total, slopes = len(f_logit), f_logit.new_zeros(()), []
    for f in f_logit:
        if kind == "minimax":
            total = total - _softplus(f)
            slopes.append(-torch.sigmoid(f) / n)
        else:
            total = total + _softplus(f) - f
            slopes.append((torch.sigmoid(f) - 1) / n)
    return total / n, torch.stack(slopes)


def value(D_real, D_fake):
    real = sum(torch.log(p) for p in D_real) / len(D_real)
    return real + sum(torch.log(1 - p) for p in D_fake) / len(D_fake)


def d_star(pr, pg):
    answers = []
    for r, g in zip(pr.flatten(), pg.flatten()):
        answers.append(r / (r + g) if r + g > 0 else torch.full_like(r, 0.5))
    return torch.stack(answers).reshape(pr.shape)


def d_step(params_d, params_g, x, z, lr):
    fake = generator(params_g, z)[0]
    d = {}
    for name in params_d:
        d[name] = torch.nn.Parameter(params_d[name].clone())
    optimiser = torch.optim.SGD(d.values(), lr=lr)
    real_logit, fake_logit = discriminator(d, x), discriminator(d, fake.detach())
    loss = F.binary_cross_entropy_with_logits(real_logit, torch.ones_like(real_logit))
    loss = loss + F.binary_cross_entropy_with_logits(fake_logit, torch.zeros_like(fake_logit))
    loss.backward()
    optimiser.step()
    return {name: p.data for name, p in d.items()}, {name: p.clone() for name, p in params_g.items()}, loss.detach()


def g_step(params_d, params_g, z, lr):
    g = {}
    for name in params_g:
        g[name] = params_g[name].clone()
        if name not in ("mean", "var"):
            g[name].requires_grad_(True)
    fake, stats = generator(g, z)
    logit = discriminator(params_d, fake)
    loss = F.binary_cross_entropy_with_logits(logit, torch.ones_like(logit))
    loss.backward()
    with torch.no_grad():
        for name in g:
            if g[name].requires_grad:
                g[name] = g[name] - lr * g[name].grad
    g["mean"], g["var"] = stats["mean"], stats["var"]
    return {name: p.clone() for name, p in params_d.items()}, g, loss.detach()


def train_loop(steps, k, batches, zs):
    log = []
    b = j = 0
    while len(log) < steps * (k + 1):
        for _ in range(k):
            log.append(("D", batches[b], zs[j]))
            b = 0 if b + 1 == len(batches) else b + 1
            j += 1
        log.append(("G", zs[j]))
        j += 1
    return log


def _stamp(x, w, stride, padding):
    n, _, h, v = x.shape
    kh, kw = w.shape[2:]
    out = x.new_zeros(n, w.shape[1], (h - 1) * stride + kh, (v - 1) * stride + kw)
    for i in range(h):
        for j in range(v):
            patch = torch.einsum("nc,cdef->ndef", x[:, :, i, j], w)
            out[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] += patch
    return out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]


def dcgan_g(z, params, eps=1e-5):
    x = z.unsqueeze(-1).unsqueeze(-1)
    for i, layer in enumerate(params):
        x = _stamp(x, layer["W"], 1, 0) if i == 0 else _stamp(x, layer["W"], 2, 1)
        channels = []
        for c in range(x.shape[1]):
            one = x[:, c]
            if "gamma" in layer:
                centred = one - one.mean()
                one = layer["gamma"][c] * centred * (centred.pow(2).mean() + eps) ** -0.5 + layer["beta"][c]
                channels.append(one.clamp(min=0))
            else:
                channels.append(torch.tanh(one + layer["b"][c]))
        x = torch.stack(channels, dim=1)
    return x


def dcgan_shapes(base, n):
    sizes, side = [], base
    for _ in range(n + 1):
        sizes.append(side)
        side = 2 * side
    return sizes


def interp(z0, z1, ts, mode):
    cosine = (z0 * z1).sum() / ((z0**2).sum().sqrt() * (z1**2).sum().sqrt())
    rows = []
    for t in ts:
        if mode == "linear" or abs(cosine) > 1 - 1e-12:
            rows.append(z0 + t * (z1 - z0))
        else:
            omega = torch.acos(cosine)
            first, second = torch.sin((1 - t) * omega) / torch.sin(omega), torch.sin(t * omega) / torch.sin(omega)
            rows.append(first * z0 + second * z1)
    return torch.stack(rows) if rows else z0.new_zeros((0, len(z0)))


def attribute(zp, zn, z):
    direction = sum(row for row in zp) / len(zp) - sum(row for row in zn) / len(zn)
    return torch.stack([row + direction for row in z])


def saturation(logits):
    d_sat, d_ns = [], []
    for logit in logits.flatten():
        e = torch.exp(-logit.abs())
        likely, unlikely = 1 / (1 + e), e / (1 + e)
        d_sat.append(-likely if logit >= 0 else -unlikely)
        d_ns.append(-unlikely if logit >= 0 else -likely)
    if not d_sat:
        return torch.zeros_like(logits), torch.zeros_like(logits)
    return torch.stack(d_sat).reshape(logits.shape), torch.stack(d_ns).reshape(logits.shape)


def cycle_loss(G, F, x, y):
    total = 0
    for first, second, start in ((G, F, x), (F, G, y)):
        end = second(first(start))
        for i in range(len(start)):
            for j in range(start.shape[1]):
                total = total + (end[i, j] - start[i, j]).abs() / start.numel()
    return total


def adain(content, style, eps):
    pictures = []
    for c, s in zip(content, style):
        maps = []
        for own, other in zip(c, s):
            mean, target = own.sum() / own.numel(), other.sum() / other.numel()
            var = ((own - mean) ** 2).sum() / own.numel()
            goal = ((other - target) ** 2).sum() / other.numel()
            maps.append(target + (own - mean) * torch.sqrt((goal + eps) / (var + eps)))
        pictures.append(torch.stack(maps))
    return torch.stack(pictures)


def truncate(w, centre, psi, layers):
    rows = []
    for code in w:
        row = [psi * code[k] + (1 - psi) * centre if k < layers else code[k] for k in range(len(code))]
        rows.append(torch.stack(row))
    return torch.stack(rows)
