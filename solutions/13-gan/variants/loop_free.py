"""Right versions without Python loops."""

import torch
import torch.nn.functional as F


def d_loss(r_logit, f_logit):
    loss = -F.logsigmoid(r_logit).mean() - F.logsigmoid(-f_logit).mean()
    return loss, (torch.sigmoid(r_logit) - 1) / len(r_logit), (1 - torch.sigmoid(-f_logit)) / len(f_logit)


def g_loss(f_logit, kind):
    sign = {"minimax": 1, "non-saturating": -1}[kind]
    loss = sign * F.logsigmoid(-sign * f_logit).mean()
    return loss, -torch.exp(F.logsigmoid(sign * f_logit)) / len(f_logit)


def value(D_real, D_fake):
    return (D_real.log().sum() / D_real.numel()) + (1 - D_fake).log().sum() / D_fake.numel()


def d_star(pr, pg):
    mask = (pr == 0) & (pg == 0)
    return (pr / (pr + pg)).masked_fill(mask, 0.5)


def d_step(params_d, params_g, x, z, lr):
    fake = generator(params_g, z)[0].detach()

    def loss_of(params):
        both = discriminator(params, torch.cat([x, fake]))
        return F.softplus(-both[: len(x)]).mean() + F.softplus(both[len(x) :]).mean()

    grads, loss = torch.func.grad_and_value(loss_of)(params_d)
    return {name: params_d[name] - lr * grads[name] for name in params_d}, params_g, loss


def g_step(params_d, params_g, z, lr):
    def loss_of(params):
        fake, stats = generator(params, z)
        return -F.logsigmoid(discriminator(params_d, fake)).mean(), stats

    grads, (loss, stats) = torch.func.grad_and_value(loss_of, has_aux=True)(params_g)
    new = {name: stats[name] if name in RUNNING else params_g[name] - lr * grads[name] for name in params_g}
    return params_d, new, loss


def train_loop(steps, k, batches, zs):
    return [
        ("G", z) if j % (k + 1) == k else ("D", batches[(j - j // (k + 1)) % len(batches)], z)
        for j, z in enumerate(zs[: steps * (k + 1)])
    ]


def dcgan_g(z, params, eps=1e-5):
    def up(x, depth):
        first = depth == 0
        x = F.conv_transpose2d(x, params[depth]["W"], params[depth].get("b"), stride=2 - first, padding=1 - first)
        if depth == len(params) - 1:
            return torch.tanh(x)
        x = F.batch_norm(x, None, None, params[depth]["gamma"], params[depth]["beta"], training=True, eps=eps)
        return up(torch.relu(x), depth + 1)

    return up(z.reshape(*z.shape, 1, 1), 0)


def dcgan_shapes(base, n):
    return [base * 2**i for i in range(n + 1)]


def interp(z0, z1, ts, mode):
    if mode == "slerp":
        u, v = z0 / z0.norm(), z1 / z1.norm()
        omega = 2 * torch.atan2((u - v).norm(), (u + v).norm())
        if torch.sin(omega) > 1e-6:
            weights = torch.stack([torch.sin((1 - ts) * omega), torch.sin(ts * omega)], dim=1) / torch.sin(omega)
            return weights @ torch.stack([z0, z1])
    return torch.lerp(z0.expand(len(ts), -1), z1.expand(len(ts), -1), ts[:, None])


def attribute(zp, zn, z):
    return z - zn.mean(0) + zp.mean(0)


def saturation(logits):
    return torch.sigmoid(-logits) - 1, torch.sigmoid(logits) - 1


def cycle_loss(G, F, x, y):
    return torch.nn.functional.l1_loss(F(G(x)), x) + torch.nn.functional.l1_loss(G(F(y)), y)


def adain(content, style, eps):
    c, s = content.flatten(2), style.flatten(2)

    def spread(x):
        return ((x - x.mean(2, keepdim=True)).square().mean(2, keepdim=True) + eps).sqrt()

    unit = (c - c.mean(2, keepdim=True)) / spread(c)
    return (unit * spread(s) + s.mean(2, keepdim=True)).reshape(content.shape)


def truncate(w, centre, psi, layers):
    share = torch.full((w.shape[1], 1), psi, dtype=w.dtype, device=w.device)
    share[layers:] = 1
    return share * w + (1 - share) * centre
