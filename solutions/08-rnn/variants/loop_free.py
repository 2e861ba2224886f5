"""Right versions with as few Python loops as a recurrence allows: batched products, tensors in place of lists."""

import functools

import torch


def rnn_step(x, h, U, W, b):
    both = torch.cat([x, h], dim=1)
    weights = torch.cat([U, W], dim=0)
    return torch.addmm(b, both, weights).tanh()


def rnn_step_bwd(dh, x, h, U, W, b):
    a = x @ U + h @ W + b
    h_new = 2 * torch.sigmoid(2 * a) - 1
    da = dh - dh * h_new * h_new
    d_both = da @ torch.cat([U, W]).T
    d_weights = torch.cat([x, h], dim=1).T @ da
    D = x.shape[1]
    return d_both[:, :D], d_both[:, D:], d_weights[:D], d_weights[D:], torch.ones_like(da[:, 0]) @ da


def unrolled(x, h0, U, W, b):
    drive = torch.einsum("ntd,dh->tnh", x, U) + b
    states = functools.reduce(lambda past, a: [*past, torch.tanh(a + past[-1] @ W)], drive, [h0])
    return torch.stack(states, dim=1)


def rnn_forward(x, h0, params):
    H = unrolled(x, h0, params["U"], params["W"], params["b"])[:, 1:]
    return H, torch.einsum("nth,ho->nto", H, params["V"]) + params["c"]


def bptt(x, h0, params, dH):
    T = dH.shape[1]
    states = unrolled(x, h0, params["U"], params["W"], params["b"])
    slope = 1 - states[:, 1:] ** 2
    da = torch.zeros_like(dH)
    carried = torch.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        da[:, t] = (dH[:, t] + carried) * slope[:, t]
        carried = torch.einsum("nj,ij->ni", da[:, t], params["W"])
    dU = torch.einsum("ntd,nth->dh", x, da)
    dW = torch.einsum("ntk,nth->kh", states[:, :-1], da)
    return dU, dW, da.sum(dim=(0, 1)), carried


def seq_loss(logits, y, mask):
    N = logits.shape[0]
    n, t = mask.nonzero(as_tuple=True)
    kept = logits[n, t]
    shifted = kept - kept.amax(dim=1, keepdim=True)
    total = shifted.exp().sum(dim=1, keepdim=True)
    rows = torch.arange(len(kept), device=logits.device)
    loss = (total.log()[:, 0] - shifted[rows, y[n, t]]).sum() / N
    inner = shifted.exp() / total
    inner[rows, y[n, t]] -= 1
    d = torch.zeros_like(logits)
    d[n, t] = inner / N
    return loss, d


def stacked_rnn(x, layers):
    return functools.reduce(lambda H, p: unrolled(H, p["h0"], p["U"], p["W"], p["b"])[:, 1:], layers, x)


def birnn(x, lengths, fw, bw):
    N, T = x.shape[:2]
    time = torch.arange(T, device=x.device)
    real = (time[None, :] < lengths[:, None])[:, :, None]
    x = torch.where(real, x, torch.zeros_like(x))
    # turn each sequence round within its own length; padding stays where it is
    turned = torch.where(real[:, :, 0], lengths[:, None] - 1 - time, time)
    rows = torch.arange(N, device=x.device)[:, None]
    f = unrolled(x, fw["h0"], fw["U"], fw["W"], fw["b"])[:, 1:]
    r = unrolled(x[rows, turned], bw["h0"], bw["U"], bw["W"], bw["b"])[:, 1:][rows, turned]
    return torch.cat([f, r], dim=2).masked_fill(~real, 0.0)


def one_to_many(x0, T, step, readout):
    def write(outputs, t, x, h):
        if t == T:
            return outputs
        h = step(x, h)
        y = readout(h)
        return write([*outputs, y], t + 1, y, h)

    outputs = write([], 0, x0, None)
    return torch.stack(outputs, dim=1) if outputs else x0.new_empty(x0.shape[0], 0, x0.shape[1])


def many_to_one(x, step, readout):
    return readout(functools.reduce(lambda h, x_t: step(x_t, h), x.unbind(dim=1), None))


def encoder_decoder(src, Tout, y0, enc_step, dec_step, readout):
    context = functools.reduce(lambda h, x_t: enc_step(x_t, h), src.unbind(dim=1), None)
    return one_to_many(y0, Tout, lambda y, h: dec_step(y, context if h is None else h), readout)


def state_jacobian(W, H):
    factors = torch.diag_embed(1 - H**2) @ W.T
    return functools.reduce(lambda J, factor: factor @ J, factors, torch.eye(len(W), dtype=W.dtype, device=W.device))


def clip_by_norm(grads, c):
    if not grads:
        return []
    norm = torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in grads]))
    scale = torch.where(norm > c, c / norm, torch.ones_like(norm))
    return [g * scale for g in grads]


def word_embed(idx, E):
    return torch.index_select(E, 0, idx.reshape(-1)).reshape(*idx.shape, E.shape[1])


def word_embed_bwd(dout, idx, E):
    one_hot = (idx[:, :, None] == torch.arange(E.shape[0], device=E.device)).to(E.dtype)
    return torch.einsum("ntv,ntd->vd", one_hot, dout)
