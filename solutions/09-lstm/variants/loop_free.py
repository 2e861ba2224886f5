from functools import reduce
from itertools import accumulate

import torch


def _sigmoid(z):
    return 0.5 * (1 + torch.tanh(0.5 * z))


def lstm_step(x, h, c, Wx, Wh, b):
    # One product with [x, h] stacked on the weights stacked.
    z = torch.addmm(b, torch.cat([x, h], dim=1), torch.cat([Wx, Wh]))
    z = z.view(z.shape[0], 4, h.shape[1])
    s = _sigmoid(z[:, :3])
    i, f, o, g = s[:, 0], s[:, 1], s[:, 2], z[:, 3].tanh()
    c_new = torch.addcmul(i * g, f, c)
    return o * c_new.tanh(), c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)


def lstm_step_bwd(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    t = c_new.tanh()
    total = dc + dh * o / c_new.cosh().square()
    slope = torch.stack([i * (1 - i), f * (1 - f), o * (1 - o), 1 - g.square()], dim=1)
    into = torch.stack([total * g, total * c, dh * t, total * i], dim=1)
    dz = (slope * into).flatten(1)
    both = torch.cat([x, h], dim=1)
    dW = torch.einsum("na,nb->ab", both, dz)
    D = x.shape[1]
    dboth = torch.einsum("nb,ab->na", dz, torch.cat([Wx, Wh]))
    return dboth[:, :D], dboth[:, D:], total * f, dW[:D], dW[D:], torch.einsum("nb->b", dz)


def lstm_forward(x, h0, c0, Wx, Wh, b):
    def advance(state, x_t):
        return lstm_step(x_t, state[0], state[1], Wx, Wh, b)

    rows = list(accumulate(x.unbind(1), advance, initial=(h0, c0, None)))
    hs, cs, caches = zip(*rows, strict=True)
    return torch.stack(hs, dim=1)[:, 1:], cs[-1], list(caches[1:])


def lstm_backward(dH, caches):
    def back(carried, item):
        dH_t, cache = item
        dx, dh, dc, dWx, dWh, db = lstm_step_bwd(dH_t + carried[1], carried[2], cache)
        return [dx, *carried[0]], dh, dc, carried[3] + dWx, carried[4] + dWh, carried[5] + db

    zero = torch.zeros_like(dH[:, 0])
    Wx, Wh = caches[-1][-2:]
    start = ([], zero, zero, torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(Wh[0]))
    dxs, *rest = reduce(back, zip(dH.flip(1).unbind(1), reversed(caches), strict=True), start)
    return (torch.stack(dxs, dim=1), *rest)


def cell_gradient(f):
    # In the log domain: a shut gate is exp(-inf) = 0.
    return f.log().sum(dim=0).exp()


def sample_text(params, h, c, x0, T, temp, U):
    def write(state, u):
        token, h, c = state
        h, c, _ = lstm_step(params["E"][token], h, c, params["Wx"], params["Wh"], params["b"])
        logits = (h @ params["Wy"] + params["by"]) / temp
        e = (logits - logits.amax(dim=1, keepdim=True)).exp()
        cdf = e.cumsum(dim=1) / e.sum(dim=1, keepdim=True)
        k = torch.searchsorted(cdf, u[:, None].contiguous(), right=True)[:, 0]
        return k.clamp(max=logits.shape[1] - 1), h, c

    states = accumulate(U[:, :T].unbind(1), write, initial=(x0, h, c))
    return torch.stack(next(zip(*states, strict=True)), dim=1)[:, 1:]


def caption_loss(feat, caps, params, null):
    inputs, targets = caps[:, :-1], caps[:, 1:]
    N, V = feat.shape[0], params["E"].shape[0]
    h0 = torch.addmm(params["bf"], feat, params["Wf"])
    fed = torch.nn.functional.one_hot(inputs, V).to(h0.dtype)
    H, _, caches = lstm_forward(fed @ params["E"], h0, h0 * 0, params["Wx"], params["Wh"], params["b"])
    flat = (H @ params["Wy"] + params["by"]).flatten(0, 1)
    # Only the rows that count.
    keep = (targets != null).flatten().nonzero()[:, 0]
    logits, goal = flat[keep], targets.flatten()[keep]
    log_z = logits.logsumexp(dim=1)
    picked = logits.gather(1, goal[:, None])[:, 0]
    loss = (log_z - picked).sum() / N
    d = (logits - log_z[:, None]).exp()
    d = d - torch.nn.functional.one_hot(goal, V).to(d.dtype)
    dflat = torch.zeros_like(flat).index_copy(0, keep, d / N)
    dlogits = dflat.view(N, -1, V)
    dwords, dh0, _, dWx, dWh, db = lstm_backward(dlogits @ params["Wy"].T, caches)
    grads = {
        "Wf": torch.einsum("nf,nh->fh", feat, dh0),
        "bf": dh0.sum(0),
        "E": torch.einsum("ntv,ntd->vd", fed, dwords),
        "Wx": dWx,
        "Wh": dWh,
        "b": db,
        "Wy": H.flatten(0, 1).T @ dflat,
        "by": dflat.sum(0),
    }
    return loss, grads


def greedy_decode(feat, params, start, T):
    def write(state, _):
        word, h, c = state
        h, c, _ = lstm_step(params["E"][word], h, c, params["Wx"], params["Wh"], params["b"])
        return (h @ params["Wy"] + params["by"]).argmax(dim=1), h, c

    h0 = feat @ params["Wf"] + params["bf"]
    first = torch.tensor([start], device=feat.device).expand(feat.shape[0])
    states = accumulate(range(T), write, initial=(first, h0, torch.zeros_like(h0)))
    return torch.stack(next(zip(*states, strict=True)), dim=1)[:, 1:]


def vqa_logits(img, q_idx, lengths, params):
    zero = torch.zeros(img.shape[0], params["Wh"].shape[0], dtype=img.dtype, device=img.device)
    H, _, _ = lstm_forward(params["E"][q_idx], zero, zero, params["Wx"], params["Wh"], params["b"])
    index = (lengths - 1)[:, None, None].expand(-1, 1, H.shape[2])
    q = H.gather(1, index)[:, 0]
    fused = torch.addmm(params["bi"], img, params["Wi"]).tanh() * torch.addmm(params["bq"], q, params["Wq"]).tanh()
    return torch.addmm(params["ba"], fused, params["Wa"])


def soft_attention(h, V, W):
    score = torch.bmm(V, (h @ W)[:, :, None])[:, :, 0]
    e = torch.exp(score - score.max(dim=1, keepdim=True).values)
    a = e / e.sum(dim=1, keepdim=True)
    return torch.bmm(a[:, None, :], V)[:, 0], a
