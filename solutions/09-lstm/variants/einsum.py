"""Everything written out with einsum, inputs of all steps multiplied at once, no helper of the notebook used."""

import torch


def _activate(z, H):
    """exp written out, in the half where it cannot overflow."""
    small = torch.exp(-z[:, : 3 * H].abs())
    s = torch.where(z[:, : 3 * H] >= 0, 1 / (1 + small), small / (1 + small))
    return s[:, :H], s[:, H : 2 * H], s[:, 2 * H :], 2 * torch.sigmoid(2 * z[:, 3 * H :]) - 1


def _advance(x, zx, h, c, Wx, Wh):
    i, f, o, g = _activate(zx + torch.einsum("nk,kj->nj", h, Wh), h.shape[1])
    new = torch.stack([f * c, i * g]).sum(0)
    return o * new.tanh(), new, (x, h, c, i, f, o, g, new, Wx, Wh)


def lstm_step(x, h, c, Wx, Wh, b):
    return _advance(x, torch.einsum("nd,dj->nj", x, Wx) + b, h, c, Wx, Wh)


def _dz(dh, dc, cache):
    _, _, c, i, f, o, g, new, _, _ = cache
    t = new.tanh()
    dcell = torch.addcmul(dc, dh * o, (1 - t) * (1 + t))
    parts = [dcell * (g * i - g * i * i), dcell * c * (f - f * f), dh * t * (o - o * o), dcell * i * (1 - g**2)]
    return torch.cat(parts, 1), dcell * f


def lstm_step_bwd(dh, dc, cache):
    x, h, *_, Wx, Wh = cache
    dz, dc_prev = _dz(dh, dc, cache)
    dx, dh_prev = torch.einsum("nj,dj->nd", dz, Wx), torch.einsum("nj,kj->nk", dz, Wh)
    dWx, dWh = torch.einsum("nd,nj->dj", x, dz), torch.einsum("nk,nj->kj", h, dz)
    return dx, dh_prev, dc_prev, dWx, dWh, torch.einsum("nj->j", dz)


def lstm_forward(x, h0, c0, Wx, Wh, b):
    zx = torch.einsum("ntd,dj->ntj", x, Wx) + b
    h, c, H, caches = h0, c0, [h0[:, None, :][:, :0]], []
    for x_t, z_t in zip(x.unbind(dim=1), zx.unbind(dim=1), strict=True):
        h, c, cache = _advance(x_t, z_t, h, c, Wx, Wh)
        H.append(h[:, None])
        caches.append(cache)
    return torch.cat(H, dim=1), c, caches


def lstm_backward(dH, caches):
    Wx, Wh = caches[0][-2:]
    dh = dc = torch.zeros_like(dH[:, 0])
    dzs = [None] * len(caches)
    for t in range(len(caches) - 1, -1, -1):
        dzs[t], dc = _dz(dH[:, t] + dh, dc, caches[t])
        dh = dzs[t] @ Wh.T
    dz = torch.stack(dzs, dim=1)
    x, h = torch.stack([k[0] for k in caches], dim=1), torch.stack([k[1] for k in caches], dim=1)
    dWx, dWh = torch.einsum("ntd,ntj->dj", x, dz), torch.einsum("ntk,ntj->kj", h, dz)
    return torch.einsum("ntj,dj->ntd", dz, Wx), dh, dc, dWx, dWh, torch.einsum("ntj->j", dz)


def cell_gradient(f):
    ones = torch.ones_like(f[:1]) if len(f) else f.new_ones(1, *f.shape[1:])
    return torch.cumprod(torch.cat([ones, f]), dim=0)[-1]


def sample_text(params, h, c, x0, T, temp, U):
    tokens = x0.new_zeros(len(x0), T)
    word = x0
    for t in range(T):
        h, c, _ = lstm_step(params["E"].index_select(0, word), h, c, params["Wx"], params["Wh"], params["b"])
        z = torch.einsum("nk,kv->nv", h, params["Wy"]) + params["by"]
        F = torch.log_softmax(z / temp, dim=1).exp().cumsum(1)
        hit = F > U[:, t, None]
        # argmax of a mask is its first True; the last token where there is none
        word = torch.where(hit.any(1), hit.to(torch.int64).argmax(1), torch.full_like(x0, z.shape[1] - 1))
        tokens[:, t] = word
    return tokens


def caption_loss(feat, caps, params, null):
    fed, goal = caps[:, :-1], caps[:, 1:]
    N = len(feat)
    h0 = torch.einsum("nf,fk->nk", feat, params["Wf"]) + params["bf"]
    H, _, caches = lstm_forward(params["E"][fed], h0, torch.zeros_like(h0), params["Wx"], params["Wh"], params["b"])
    z = torch.einsum("ntk,kv->ntv", H, params["Wy"]) + params["by"]
    nll = torch.nn.functional.cross_entropy(z.transpose(1, 2), goal, reduction="none")
    keep = goal.ne(null)
    loss = torch.where(keep, nll, torch.zeros_like(nll)).sum() / N
    d = torch.softmax(z, dim=2)
    n, t = torch.meshgrid(torch.arange(N, device=d.device), torch.arange(goal.shape[1], device=d.device), indexing="ij")
    d[n, t, goal] -= 1.0
    d = d * keep[..., None] / N
    dwords, dh0, _, dWx, dWh, db = lstm_backward(torch.einsum("ntv,kv->ntk", d, params["Wy"]), caches)
    dE = torch.zeros_like(params["E"]).index_put((fed,), dwords, accumulate=True)
    dWy, dWf = torch.einsum("ntk,ntv->kv", H, d), torch.einsum("nf,nk->fk", feat, dh0)
    names = ("Wf", "bf", "E", "Wx", "Wh", "b", "Wy", "by")
    return loss, dict(zip(names, (dWf, dh0.sum(0), dE, dWx, dWh, db, dWy, d.sum((0, 1))), strict=True))


def greedy_decode(feat, params, start, T):
    h = torch.einsum("nf,fk->nk", feat, params["Wf"]) + params["bf"]
    c = torch.zeros_like(h)
    words = torch.zeros(len(feat), T + 1, dtype=torch.int64, device=feat.device) + start
    for t in range(T):
        h, c, _ = lstm_step(params["E"][words[:, t]], h, c, params["Wx"], params["Wh"], params["b"])
        words[:, t + 1] = (h @ params["Wy"] + params["by"]).max(dim=1).indices
    return words[:, 1:]


def vqa_logits(img, q_idx, lengths, params):
    h = c = img.new_zeros(len(img), params["Wh"].shape[0])
    for t in range(q_idx.shape[1]):
        h_new, c_new, _ = lstm_step(params["E"][q_idx[:, t]], h, c, params["Wx"], params["Wh"], params["b"])
        going = (t < lengths)[:, None]
        h, c = torch.where(going, h_new, h), torch.where(going, c_new, c)
    picture, question = img @ params["Wi"] + params["bi"], h @ params["Wq"] + params["bq"]
    return torch.einsum("nk,nk,ka->na", picture.tanh(), question.tanh(), params["Wa"]) + params["ba"]


def soft_attention(h, V, W):
    score = torch.einsum("nh,hd,nld->nl", h, W, V)
    a = (score - torch.logsumexp(score, dim=1, keepdim=True)).exp()
    return (a[:, :, None] * V).sum(dim=1), a
