"""Right versions without Python loops over pixels, windows or filters."""

import itertools
import math

import torch
import torch.nn.functional as F


def conv_shape(h, w, k, s, p):
    sizes = [math.floor((n + 2 * p - k) / s) + 1 for n in (h, w)]
    if min(h, w) + 2 * p < k:
        raise ValueError("kernel larger than the padded input")
    return tuple(sizes)


def receptive_field(layers):
    jumps = itertools.accumulate((s for _, s in layers), lambda a, b: a * b, initial=1)
    return 1 + sum((k - 1) * jump for (k, _), jump in zip(layers, jumps))


def conv_params(cin, cout, k):
    return sum([k**2 * cin * cout, cout])


def conv2d(x, w, b, s, p):
    N, _, H, W = x.shape
    K, _, kh, kw = w.shape
    columns = F.unfold(x, (kh, kw), padding=p, stride=s)
    out = w.reshape(K, -1) @ columns
    return out.reshape(N, K, (H + 2 * p - kh) // s + 1, (W + 2 * p - kw) // s + 1) + b.reshape(1, K, 1, 1)


def conv2d_bwd(dout, x, w, s, p):
    K, _, kh, kw = w.shape
    columns = F.unfold(x, (kh, kw), padding=p, stride=s)
    flat = dout.reshape(*dout.shape[:2], -1)
    dw = (flat @ columns.transpose(1, 2)).sum(0).reshape(w.shape)
    dx = F.fold(w.reshape(K, -1).T @ flat, x.shape[2:], (kh, kw), padding=p, stride=s)
    return dx, dw, flat.sum((0, 2))


def pool2d(x, k, s, p, mode):
    N, C, H, W = x.shape
    shape = (N, C, (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1)
    if mode == "max":
        columns = F.unfold(F.pad(x, (p, p, p, p), value=-math.inf).reshape(N * C, 1, H + 2 * p, W + 2 * p), k, stride=s)
        return columns.max(dim=1).values.reshape(shape)
    columns = F.unfold(x.reshape(N * C, 1, H, W), k, padding=p, stride=s)
    ones = F.unfold(torch.ones_like(x[:1, :1]), k, padding=p, stride=s)
    return (columns.sum(1) / ones.sum(1)).reshape(shape)


def pool2d_bwd(dout, x, k, s, p, mode):
    N, C, H, W = x.shape
    flat = dout.reshape(N * C, 1, -1)
    if mode == "max":
        grown = F.pad(x, (p, p, p, p), value=-math.inf).reshape(N * C, 1, H + 2 * p, W + 2 * p)
        winners = F.unfold(grown, k, stride=s).max(dim=1, keepdim=True).indices
        shares = torch.zeros(N * C, k * k, flat.shape[2], dtype=x.dtype, device=x.device).scatter(1, winners, flat)
    else:
        ones = F.unfold(torch.ones_like(x[:1, :1]), k, padding=p, stride=s)
        shares = flat * ones / ones.sum(1, keepdim=True)
    return F.fold(shares, (H, W), k, padding=p, stride=s).reshape(x.shape)


def lenet_shapes(H):
    d1, d2 = (H - 4) // 2, ((H - 4) // 2 - 4) // 2
    return {
        "input": (1, H, H),
        "conv1": (6, H - 4, H - 4),
        "pool1": (6, d1, d1),
        "conv2": (16, d1 - 4, d1 - 4),
        "pool2": (16, d2, d2),
        "flatten": (math.prod((16, d2, d2)),),
        "fc1": (120,),
        "fc2": (84,),
        "fc3": (10,),
    }


def inception(x, branches):
    (one,), (r3, c3), (r5, c5), (after,) = (branches[key] for key in ("1x1", "3x3", "5x5", "pool"))

    def conv(h, pair, p):
        return F.relu(F.conv2d(h, pair[0], pair[1], padding=p))

    return torch.concat(
        (
            conv(x, one, 0),
            conv(conv(x, r3, 0), c3, 1),
            conv(conv(x, r5, 0), c5, 2),
            conv(F.max_pool2d(x, 3, stride=1, padding=1), after, 0),
        ),
        1,
    )


def residual(x, params, proj=None):
    stride = proj["s"] if proj else 1
    skip = F.conv2d(x, proj["w"], proj["b"], stride=stride) if proj else x
    hidden = F.conv2d(x, params["w1"], params["b1"], stride, 1).clamp(min=0)
    return F.conv2d(hidden, params["w2"], params["b2"], 1, 1).add(skip).clamp(min=0)


def residual_bwd(dout, x, params, proj=None):
    stride = proj["s"] if proj else 1
    w1, w2 = params["w1"], params["w2"]
    hidden = F.conv2d(x, w1, params["b1"], stride, 1).clamp(min=0)
    dsum = torch.where(residual(x, params, proj) > 0, dout, torch.zeros_like(dout))
    dhidden = torch.nn.grad.conv2d_input(hidden.shape, w2, dsum, padding=1)
    dhidden = torch.where(hidden > 0, dhidden, torch.zeros_like(dhidden))
    grads = {
        "w1": torch.nn.grad.conv2d_weight(x, w1.shape, dhidden, stride, 1),
        "b1": dhidden.sum((0, 2, 3)),
        "w2": torch.nn.grad.conv2d_weight(hidden, w2.shape, dsum, 1, 1),
        "b2": dsum.sum((0, 2, 3)),
    }
    dx = torch.nn.grad.conv2d_input(x.shape, w1, dhidden, stride, 1)
    if not proj:
        return grads | {"x": dx + dsum}
    grads["proj_w"] = torch.nn.grad.conv2d_weight(x, proj["w"].shape, dsum, stride)
    grads["proj_b"] = dsum.sum((0, 2, 3))
    return grads | {"x": dx + torch.nn.grad.conv2d_input(x.shape, proj["w"], dsum, stride)}


def se_block(x, W1, b1, W2, b2):
    pooled = F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0]
    weights = 1 / (1 + torch.exp(-torch.addmm(b2, torch.addmm(b1, pooled, W1).clamp(min=0), W2)))
    return torch.einsum("nchw,nc->nchw", x, weights)


def se_scale_bwd(dout, x, e):
    return torch.einsum("nchw,nc->nchw", dout, e), torch.einsum("nchw,nchw->nc", dout, x)


def topk_error(S, y, k):
    N, C = S.shape
    if N == 0:
        return 0.0
    mine = S[torch.arange(N), y][:, None]
    before = torch.arange(C, device=S.device)[None] < y[:, None]
    rank = (S > mine).sum(1) + ((S == mine) & before).sum(1)
    return int((rank >= k).sum()) / N
