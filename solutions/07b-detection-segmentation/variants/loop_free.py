"""Right versions without Python loops over boxes, pixels or cells."""

import torch
import torch.nn.functional as F


def iou(a, b):
    ax1, ay1, ax2, ay2 = a.T.unsqueeze(2)
    bx1, by1, bx2, by2 = b.T.unsqueeze(1)
    width = torch.relu(torch.min(ax2, bx2) - torch.max(ax1, bx1))
    height = torch.relu(torch.min(ay2, by2) - torch.max(ay1, by1))
    common = width * height
    union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - common
    return common / union.masked_fill(union == 0, 1)


def bbox_encode(anchor, gt):
    xa, ya, xb, yb = anchor.unbind(1)
    x1, y1, x2, y2 = gt.unbind(1)
    w, h = xb - xa, yb - ya
    return torch.stack(
        [
            ((x1 + x2) / 2 - (xa + xb) / 2) / w,
            ((y1 + y2) / 2 - (ya + yb) / 2) / h,
            torch.log(x2 - x1) - torch.log(w),
            torch.log(y2 - y1) - torch.log(h),
        ],
        dim=1,
    )


def bbox_decode(anchor, t):
    size = (anchor[:, 2:] - anchor[:, :2]).repeat(1, 2)
    signs = torch.tensor([-0.5, -0.5, 0.5, 0.5], dtype=t.dtype, device=t.device)
    centre = (anchor + anchor.roll(2, dims=1)) / 2
    return centre + size * t[:, :2].repeat(1, 2) + signs * size * torch.exp(t[:, 2:].repeat(1, 2))


def rpn_anchors(h, w, stride, scales, ratios):
    s = torch.tensor(scales, dtype=torch.float64)[:, None]
    root = torch.tensor(ratios, dtype=torch.float64).sqrt()[None, :]
    width, height = (s / root).flatten(), (s * root).flatten()
    x = ((torch.arange(w, dtype=torch.float64) + 0.5) * stride)[None, :, None].expand(h, w, len(width))
    y = ((torch.arange(h, dtype=torch.float64) + 0.5) * stride)[:, None, None].expand(h, w, len(width))
    return torch.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], dim=-1).flatten(0, 2)


def rpn_labels(anchors, gt, hi, lo):
    if gt.shape[0] == 0:
        return torch.zeros(anchors.shape[0], dtype=torch.int64, device=anchors.device)
    overlap = iou(anchors, gt)
    best = overlap.max(dim=1).values
    labels = (best >= hi).long() - ((best >= lo) & (best < hi)).long()
    forced = ((overlap == overlap.max(dim=0).values) * (overlap > 0)).sum(dim=1) > 0
    return torch.where(forced, torch.ones_like(labels), labels)


def roi_pool(features, rois, P, scale):
    # Membership of every row and column in every bin; what is outside of a bin counts as -inf.
    C, H, W = features.shape
    R = rois.shape[0]
    cells = torch.floor(rois * scale + 0.5).long()

    def members(first, last, n):
        size = last - first + 1
        i = torch.arange(P, device=features.device)
        begin = first[:, None] + torch.div(i * size[:, None], P, rounding_mode="floor")
        end = first[:, None] - torch.div(-(i + 1) * size[:, None], P, rounding_mode="floor")
        places = torch.arange(n, device=features.device)
        return (places >= begin[..., None]) & (places < end[..., None])

    rows, columns = members(cells[:, 1], cells[:, 3], H), members(cells[:, 0], cells[:, 2], W)
    inside = rows[:, None, :, None, :, None] & columns[:, None, None, :, None, :]
    spread = features[None, :, None, None].masked_fill(~inside, -torch.inf)
    top = spread.flatten(4).amax(dim=4) if R else features.new_zeros(0, C, P, P)
    return torch.where(torch.isinf(top), torch.zeros_like(top), top)


def fcn_head(features, W, up):
    s, mode = up
    scores = F.conv2d(features, W[:, :, None, None])
    h, w = scores.shape[2:]
    if mode == "nearest":
        return scores[:, :, torch.arange(s * h) // s][:, :, :, torch.arange(s * w) // s]

    def along(values, n, dim):
        u = ((torch.arange(s * n, dtype=values.dtype, device=values.device) + 0.5) / s - 0.5).clamp(0, n - 1)
        low = u.floor().long()
        high = (low + 1).clamp(max=n - 1)
        share = (u - low).reshape([-1 if d == dim else 1 for d in range(4)])
        return torch.lerp(values.index_select(dim, low), values.index_select(dim, high), share)

    return along(along(scores, h, 2), w, 3)


def pixel_ce(logits, lab, ignore):
    K = logits.shape[1]
    flat = logits.movedim(1, 3).reshape(-1, K)
    y = lab.reshape(-1)
    chosen = (y != ignore).nonzero().flatten()
    d = torch.zeros_like(flat)
    if len(chosen) == 0:
        return logits.new_zeros(()), torch.zeros_like(logits)
    log_p = torch.log_softmax(flat[chosen], dim=1)
    rows = torch.arange(len(chosen), device=logits.device)
    p = log_p.exp()
    p[rows, y[chosen]] -= 1
    d[chosen] = p / len(chosen)
    return -log_p[rows, y[chosen]].mean(), d.reshape(*lab.shape, K).movedim(3, 1).contiguous()


def unpool(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    plane = (torch.arange(N * C, device=x.device) * H * W).reshape(N, C, 1, 1)
    flat = torch.zeros(N * C * H * W, dtype=x.dtype, device=x.device)
    return flat.index_put(((idx + plane).flatten(),), x.flatten()).reshape(N, C, H, W)


def tconv2d(x, w, s, p):
    # Zeros between the values, then an ordinary convolution with the kernel turned round.
    N, C, h, wd = x.shape
    kh, kw = w.shape[2:]
    wide = x.new_zeros(N, C, (h - 1) * s + 1, (wd - 1) * s + 1)
    wide[:, :, ::s, ::s] = x
    full = F.conv2d(wide, w.flip((2, 3)).transpose(0, 1), padding=(kh - 1, kw - 1))
    return full[:, :, p : full.shape[2] - p, p : full.shape[3] - p]


def skip_fuse(dec, enc, mode):
    surplus_h, surplus_w = enc.shape[2] - dec.shape[2], enc.shape[3] - dec.shape[3]
    middle = enc.narrow(2, surplus_h // 2, dec.shape[2]).narrow(3, surplus_w // 2, dec.shape[3])
    return torch.hstack([dec, middle]) if mode == "concat" else torch.add(dec, middle)


def pyramid_pool(x, bins, Ws):
    # Averages as products with matrices of shares.
    def shares(n, b):
        i, places = torch.arange(b, device=x.device)[:, None], torch.arange(n, device=x.device)[None, :]
        inside = (places >= i * n // b) & (places < (i * n + n + b - 1) // b)
        return inside.to(x.dtype) / inside.sum(dim=1, keepdim=True)

    H, W = x.shape[2:]
    parts = [x]
    for b, weight in zip(bins, Ws):
        small = F.conv2d(shares(H, b) @ x @ shares(W, b).T, weight[:, :, None, None]).clamp(min=0)
        parts.append(F.interpolate(small, (H, W), mode="bilinear"))
    return torch.cat(parts, 1)


def merge_step(sizes, hists, pairs, total):
    i, j = torch.tensor(pairs, device=sizes.device).T
    score = torch.min(hists[i], hists[j]).sum(dim=1) - (sizes[i] + sizes[j]) / total
    at = int(torch.nonzero(score == score.max())[0])
    chosen = list(pairs[at])
    size = sizes[chosen].sum()
    return pairs[at], size, sizes[chosen] @ hists[chosen] / size
