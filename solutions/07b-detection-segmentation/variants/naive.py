"""Right versions with loops over boxes, pixels and channels, as a careful beginner writes them."""

import math

import torch


def iou(a, b):
    result = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for m in range(len(a)):
        for k in range(len(b)):
            ax1, ay1, ax2, ay2 = [float(v) for v in a[m]]
            bx1, by1, bx2, by2 = [float(v) for v in b[k]]
            w, h = min(ax2, bx2) - max(ax1, bx1), min(ay2, by2) - max(ay1, by1)
            if w <= 0 or h <= 0:
                continue
            common = w * h
            result[m, k] = common / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - common)
    return result


def bbox_encode(anchor, gt):
    t = torch.zeros_like(gt)
    for n in range(len(gt)):
        for axis in range(2):
            length = anchor[n, axis + 2] - anchor[n, axis]
            middle = (anchor[n, axis + 2] + anchor[n, axis]) / 2
            t[n, axis] = ((gt[n, axis + 2] + gt[n, axis]) / 2 - middle) / length
            t[n, axis + 2] = torch.log((gt[n, axis + 2] - gt[n, axis]) / length)
    return t


def bbox_decode(anchor, t):
    box = torch.zeros_like(anchor)
    for n in range(len(anchor)):
        for axis in range(2):
            length = anchor[n, axis + 2] - anchor[n, axis]
            middle = anchor[n, axis] + length / 2 + t[n, axis] * length
            new = length * torch.exp(t[n, axis + 2])
            box[n, axis], box[n, axis + 2] = middle - new / 2, middle + new / 2
    return box


def rpn_anchors(h, w, stride, scales, ratios):
    found = []
    for i in range(h):
        for j in range(w):
            for s in scales:
                for r in ratios:
                    height = math.sqrt(s * s * r)
                    width = height / r
                    x, y = (j + 0.5) * stride, (i + 0.5) * stride
                    found.append([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
    return torch.tensor(found, dtype=torch.float64)


def rpn_labels(anchors, gt, hi, lo):
    labels = []
    overlap = iou(anchors, gt).tolist()
    highest = [max(overlap[n][g] for n in range(len(anchors))) for g in range(len(gt))]
    for n in range(len(anchors)):
        best = max(overlap[n], default=0.0)
        label = 1 if best >= hi else 0 if best < lo else -1
        for g in range(len(gt)):
            if overlap[n][g] == highest[g] and highest[g] > 0:
                label = 1
        labels.append(label)
    return torch.tensor(labels, dtype=torch.int64, device=anchors.device)


def roi_pool(features, rois, P, scale):
    C, H, W = features.shape
    if len(rois) == 0:
        return torch.zeros(0, C, P, P, dtype=features.dtype, device=features.device)
    pooled = []
    for roi in rois:
        x1, y1, x2, y2 = [math.floor(float(v) * scale + 0.5) for v in roi]
        h, w = y2 - y1 + 1, x2 - x1 + 1
        for c in range(C):
            for i in range(P):
                for j in range(P):
                    values = []
                    for y in range(y1 + math.floor(i * h / P), y1 + math.ceil((i + 1) * h / P)):
                        for x in range(x1 + math.floor(j * w / P), x1 + math.ceil((j + 1) * w / P)):
                            if 0 <= y < H and 0 <= x < W:
                                values.append(features[c, y, x])
                    pooled.append(torch.stack(values).max() if values else features.sum() * 0)
    return torch.stack(pooled).reshape(len(rois), C, P, P)


def fcn_head(features, W, up):
    s, mode = up
    N, C, h, w = features.shape
    planes = []
    for n in range(N):
        for k in range(len(W)):
            score = sum(W[k, c] * features[n, c] for c in range(C))
            for i in range(s * h):
                for j in range(s * w):
                    if mode == "nearest":
                        planes.append(score[i // s, j // s])
                        continue
                    y = min(max((i + 0.5) / s - 0.5, 0), h - 1)
                    x = min(max((j + 0.5) / s - 0.5, 0), w - 1)
                    y0, x0 = int(y), int(x)
                    y1, x1 = min(y0 + 1, h - 1), min(x0 + 1, w - 1)
                    dy, dx = y - y0, x - x0
                    upper = (1 - dx) * score[y0, x0] + dx * score[y0, x1]
                    lower = (1 - dx) * score[y1, x0] + dx * score[y1, x1]
                    planes.append((1 - dy) * upper + dy * lower)
    return torch.stack(planes).reshape(N, len(W), s * h, s * w)


def pixel_ce(logits, lab, ignore):
    N, _, H, W = logits.shape
    loss, d = torch.zeros((), dtype=logits.dtype, device=logits.device), torch.zeros_like(logits)
    places = [(n, i, j) for n in range(N) for i in range(H) for j in range(W) if int(lab[n, i, j]) != ignore]
    for n, i, j in places:
        z = logits[n, :, i, j]
        y = int(lab[n, i, j])
        top = z.max()
        e = torch.exp(z - top)
        loss = loss + (torch.log(e.sum()) + top - z[y]) / len(places)
        d[n, :, i, j] = e / e.sum() / len(places)
        d[n, y, i, j] -= 1 / len(places)
    return loss, d


def unpool(x, idx, out_shape):
    N, C, h, w = x.shape
    H, W = out_shape
    out = torch.zeros(N, C, H, W, dtype=x.dtype, device=x.device)
    for n in range(N):
        for c in range(C):
            for i in range(h):
                for j in range(w):
                    place = int(idx[n, c, i, j])
                    out[n, c, place // W, place % W] = x[n, c, i, j]
    return out


def tconv2d(x, w, s, p):
    N, _, h, wd = x.shape
    _, channels, kh, kw = w.shape
    H, W = (h - 1) * s - 2 * p + kh, (wd - 1) * s - 2 * p + kw
    out = torch.zeros(N, channels, H, W, dtype=x.dtype, device=x.device)
    for i in range(h):
        for j in range(wd):
            for a in range(kh):
                for b in range(kw):
                    y, z = i * s + a - p, j * s + b - p
                    if 0 <= y < H and 0 <= z < W:
                        out[:, :, y, z] = out[:, :, y, z] + x[:, :, i, j] @ w[:, :, a, b]
    return out


def skip_fuse(dec, enc, mode):
    h, w = dec.shape[2], dec.shape[3]
    top = math.floor((enc.shape[2] - h) / 2)
    left = math.floor((enc.shape[3] - w) / 2)
    rows = [enc[:, :, top + i, left : left + w] for i in range(h)]
    middle = torch.stack(rows, dim=2)
    if mode == "add":
        return dec + middle
    channels = [dec[:, c] for c in range(dec.shape[1])] + [middle[:, c] for c in range(middle.shape[1])]
    return torch.stack(channels, dim=1)


def pyramid_pool(x, bins, Ws):
    N, _, H, W = x.shape
    result = x.clone()
    for level in range(len(bins)):
        b, weight = bins[level], Ws[level]
        cells = []
        for i in range(b):
            for j in range(b):
                top, bottom = math.floor(i * H / b), math.ceil((i + 1) * H / b)
                left, right = math.floor(j * W / b), math.ceil((j + 1) * W / b)
                window = x[:, :, top:bottom, left:right]
                average = window.sum(dim=(2, 3)) / ((bottom - top) * (right - left))
                score = average @ weight.T
                cells.append(torch.where(score > 0, score, torch.zeros_like(score)))
        small = torch.stack(cells, dim=2).reshape(N, len(weight), b, b)
        rows = []
        for i in range(H):
            row = []
            for j in range(W):
                y = min(max((i + 0.5) * b / H - 0.5, 0), b - 1)
                z = min(max((j + 0.5) * b / W - 0.5, 0), b - 1)
                y0, z0 = int(y), int(z)
                y1, z1 = min(y0 + 1, b - 1), min(z0 + 1, b - 1)
                upper = small[:, :, y0, z0] * (1 - (z - z0)) + small[:, :, y0, z1] * (z - z0)
                lower = small[:, :, y1, z0] * (1 - (z - z0)) + small[:, :, y1, z1] * (z - z0)
                row.append(upper * (1 - (y - y0)) + lower * (y - y0))
            rows.append(torch.stack(row, dim=2))
        result = torch.cat([result, torch.stack(rows, dim=2)], dim=1)
    return result


def merge_step(sizes, hists, pairs, total):
    best, most = None, None
    for i, j in pairs:
        overlap = 0.0
        for k in range(hists.shape[1]):
            overlap = overlap + min(float(hists[i, k]), float(hists[j, k]))
        score = overlap + 1 - float(sizes[i] + sizes[j]) / total
        if most is None or score > most:
            best, most = (i, j), score
    i, j = best
    size = sizes[i] + sizes[j]
    return best, size, sizes[i] / size * hists[i] + sizes[j] / size * hists[j]
