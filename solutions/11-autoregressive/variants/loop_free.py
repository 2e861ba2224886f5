"""Right versions without Python loops over pixels, channels or samples, except where a recurrence forbids it."""

import functools
import math

import torch
import torch.nn.functional as F


def pca_ae(X, k):
    mean = X.mean(dim=0, keepdim=True)
    Xc = X - mean
    _, vectors = torch.linalg.eigh(Xc.T @ Xc)
    basis = vectors.flip(1)[:, :k]
    Z = Xc @ basis
    return Z, mean + Z @ basis.T, basis


def ae_loss_grad(X, We, be, Wd, bd):
    N = X.shape[0]
    code = torch.addmm(be, X, We).tanh()
    error = torch.addmm(bd, code, Wd) - X
    loss = torch.einsum("nd,nd->", error, error) / N
    G = error * (2 / N)
    A = torch.einsum("nd,md->nm", G, Wd) * (1 - code.square())
    return (
        loss,
        torch.einsum("nd,nm->dm", X, A),
        torch.einsum("nm->m", A),
        torch.einsum("nm,nd->md", code, G),
        torch.einsum("nd->d", G),
    )


def chain_loglik(cond, x):
    N, L = x.shape
    n = torch.arange(N, device=x.device)[:, None]
    i = torch.arange(L, device=x.device)[None, :]
    return torch.log(cond[n, i, x]).sum(dim=-1)


def raster(H, W):
    t = torch.arange(H * W)
    return torch.stack([torch.div(t, W, rounding_mode="floor"), t % W], dim=1)


def context(i, j, H, W):
    mask = torch.zeros(H, W, dtype=torch.bool)
    mask[:i] = True
    mask[i, :j] = True
    return mask


def causal_mask(kh, kw, type, cin, cout, rgb=False):
    if not (kh % 2 and kw % 2):
        raise ValueError("no centre")
    rows = torch.arange(kh)[:, None] - kh // 2
    columns = torch.arange(kw)[None, :] - kw // 2
    before = ((rows < 0) | ((rows == 0) & (columns < 0)))[None, None]
    centre = ((rows == 0) & (columns == 0))[None, None]
    if rgb:
        to = torch.arange(3).repeat_interleave(cout // 3)[:, None, None, None]
        of = torch.arange(3).repeat_interleave(cin // 3)[None, :, None, None]
        seen = (of < to) | ((of == to) & (type == "B"))
    else:
        seen = torch.full((cout, cin, 1, 1), type == "B")
    return before.expand(cout, cin, kh, kw) | (centre & seen)


def pixelcnn_forward(x, layers):
    def one(x, numbered):
        l, layer = numbered
        W = layer["W"]
        cout, cin, kh, kw = W.shape
        W = torch.where(causal_mask(kh, kw, "AB"[min(l, 1)], cin, cout), W, torch.zeros_like(W))
        N, _, height, width = x.shape
        patches = F.unfold(x, (kh, kw), padding=(kh // 2, kw // 2))
        z = torch.einsum("ok,nkp->nop", W.flatten(1), patches).reshape(N, cout, height, width)
        z = z + layer["b"][:, None, None]
        return z if l == len(layers) - 1 else z.clamp(min=0)

    return functools.reduce(one, enumerate(layers), x)


def pixel_nll(logits, x):
    log_z = torch.logsumexp(logits, dim=1)
    truth = F.one_hot(x, logits.shape[1]).movedim(3, 1).to(logits.dtype)
    nats = (log_z - (logits * truth).sum(dim=1)).mean()
    return nats, nats / math.log(2)


def sample_pixels(cond_fn, H, W, U):
    image = U.new_zeros(U.shape, dtype=torch.int64)
    for t in range(H * W):
        i, j = divmod(t, W)
        cumulative = cond_fn(image.clone())[:, :, i, j].cumsum(dim=1).contiguous()
        u = U[:, i, j, None].contiguous()
        value = torch.searchsorted(cumulative, u, right=True)[:, 0]
        image[:, i, j] = torch.minimum(value, torch.tensor(cumulative.shape[1] - 1))
    return image


def pixelrnn_logp(x, rnn):
    tokens = torch.cat([rnn["start"].expand(x.shape[0], 1, -1), rnn["E"][x]], dim=1)[:, : x.shape[1]]
    drive = (tokens @ rnn["U"] + rnn["b"]).unbind(dim=1)
    zero = torch.zeros(x.shape[0], rnn["W"].shape[0], dtype=rnn["W"].dtype, device=x.device)
    states = functools.reduce(lambda past, a: [*past, torch.tanh(a + past[-1] @ rnn["W"])], drive, [zero])
    logits = torch.stack(states, dim=1)[:, 1:] @ rnn["V"] + rnn["c"]
    log_p = logits - torch.logsumexp(logits, dim=2, keepdim=True)
    return (log_p * F.one_hot(x, logits.shape[2])).sum(dim=(1, 2))
