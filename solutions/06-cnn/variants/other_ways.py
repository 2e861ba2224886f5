"""More right versions: sums of shifted images, a filter slid over a spread gradient, zoo tables by recursion."""

import torch
import torch.nn.functional as F


def conv2d(x, w, b, s, p):
    kh, kw = w.shape[-2], w.shape[-1]
    padded = F.pad(x, [p] * 4)
    Ho, Wo = (padded.shape[2] - kh) // s + 1, (padded.shape[3] - kw) // s + 1
    out = b.view(-1, 1, 1)
    for u in range(kh):
        for v in range(kw):
            shifted = padded[:, :, u : u + (Ho - 1) * s + 1 : s, v : v + (Wo - 1) * s + 1 : s]
            out = out + torch.tensordot(w[:, :, u, v], shifted, dims=([1], [1])).transpose(0, 1)
    return out


def conv2d_bwd(dout, x, w, s, p):
    N, _, H, W = x.shape
    K, _, kh, kw = w.shape
    Ho, Wo = dout.shape[2:]
    padded = F.pad(x, [p] * 4)
    # dout with s - 1 zeros between its rows and columns, then a full correlation with the turned filter
    spread = dout.new_zeros(N, K, H + 2 * p + kh - 1, W + 2 * p + kw - 1)
    spread[:, :, kh - 1 : kh - 1 + (Ho - 1) * s + 1 : s, kw - 1 : kw - 1 + (Wo - 1) * s + 1 : s] = dout
    patches = spread.unfold(2, kh, 1).unfold(3, kw, 1)
    dpadded = torch.einsum("nfabij,fcij->ncab", patches, torch.flip(w, dims=(2, 3)))
    seen = padded.unfold(2, kh, s).unfold(3, kw, s)
    dw = torch.einsum("nfab,ncabij->fcij", dout, seen)
    return dpadded[..., p : p + H, p : p + W].contiguous(), dw, torch.einsum("nfab->f", dout)


def zoo_counts(name):
    def rest(layers, C, H, W):
        if not layers:
            return {}
        first, others = layers[0], layers[1:]
        if first["kind"] == "fc":
            here = C * H * W * first["out"] + first["out"]
            return {first["name"]: here, **rest(others, first["out"], 1, 1)}
        k, s, p = first["k"], first["s"], first.get("p", 0)
        H, W = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
        if first["kind"] == "pool":
            return {first["name"]: 0, **rest(others, C, H, W)}
        here = first["groups"] * (first["out"] // first["groups"]) * (C // first["groups"] * k * k) + first["out"]
        return {first["name"]: here, **rest(others, first["out"], H, W)}

    return rest(MODEL_ZOO[name]["layers"], *MODEL_ZOO[name]["input"])
