"""Right versions with loops over images, filters and pixels, as a careful beginner writes them."""

import torch


def conv_shape(h, w, k, s, p):
    def places(n):
        count, start = 0, 0
        while start + k <= n + 2 * p:
            count += 1
            start += s
        if count == 0:
            raise ValueError("does not fit")
        return count

    return places(h), places(w)


def receptive_field(layers):
    seen = 1
    for k, s in reversed(layers):
        seen = (seen - 1) * s + k
    return seen


def conv_params(cin, cout, k):
    total = 0
    for _ in range(cout):
        total += cin * k * k
        total += 1
    return total


def conv2d(x, w, b, s, p):
    N, C, H, W = x.shape
    K, _, kh, kw = w.shape
    padded = torch.zeros(N, C, H + 2 * p, W + 2 * p, dtype=x.dtype, device=x.device)
    padded[:, :, p : p + H, p : p + W] = x
    Ho, Wo = (H + 2 * p - kh) // s + 1, (W + 2 * p - kw) // s + 1
    out = torch.zeros(N, K, Ho, Wo, dtype=x.dtype, device=x.device)
    for n in range(N):
        for f in range(K):
            for i in range(Ho):
                for j in range(Wo):
                    window = padded[n, :, i * s : i * s + kh, j * s : j * s + kw]
                    out[n, f, i, j] = (window * w[f]).sum() + b[f]
    return out


def conv2d_bwd(dout, x, w, s, p):
    N, C, H, W = x.shape
    K, _, kh, kw = w.shape
    padded = torch.zeros(N, C, H + 2 * p, W + 2 * p, dtype=x.dtype, device=x.device)
    padded[:, :, p : p + H, p : p + W] = x
    dpadded, dw, db = torch.zeros_like(padded), torch.zeros_like(w), torch.zeros_like(w[:, 0, 0, 0])
    for n in range(N):
        for f in range(K):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    rows, columns = slice(i * s, i * s + kh), slice(j * s, j * s + kw)
                    g = dout[n, f, i, j]
                    dw[f] += g * padded[n, :, rows, columns]
                    dpadded[n, :, rows, columns] += g * w[f]
                    db[f] += g
    return dpadded[:, :, p : p + H, p : p + W], dw, db


def pool2d(x, k, s, p, mode):
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    rows = []
    for i in range(Ho):
        for j in range(Wo):
            top, left = max(i * s - p, 0), max(j * s - p, 0)
            window = x[:, :, top : min(i * s - p + k, H), left : min(j * s - p + k, W)]
            rows.append(window.amax((2, 3)) if mode == "max" else window.mean((2, 3)))
    return torch.stack(rows, dim=2).reshape(N, C, Ho, Wo)


def pool2d_bwd(dout, x, k, s, p, mode):
    N, C, H, W = x.shape
    dx = torch.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    pixels = [
                        (a, b)
                        for a in range(i * s - p, i * s - p + k)
                        for b in range(j * s - p, j * s - p + k)
                        if 0 <= a < H and 0 <= b < W
                    ]
                    if mode == "max":
                        best = pixels[0]
                        for a, b in pixels:
                            if x[n, c, a, b] > x[n, c, best[0], best[1]]:
                                best = (a, b)
                        dx[n, c, best[0], best[1]] += dout[n, c, i, j]
                    else:
                        for a, b in pixels:
                            dx[n, c, a, b] += dout[n, c, i, j] / len(pixels)
    return dx


def zoo_counts(name):
    table = MODEL_ZOO[name]
    channels, height, width = table["input"]
    result = {}
    for layer in table["layers"]:
        if layer["kind"] == "fc":
            inputs = channels * height * width
            result[layer["name"]] = inputs * layer["out"] + layer["out"]
            channels, height, width = layer["out"], 1, 1
            continue
        padding = layer["p"] if "p" in layer else 0
        result[layer["name"]] = 0
        if layer["kind"] == "conv":
            weights = layer["k"] ** 2 * channels * layer["out"] // layer["groups"]
            result[layer["name"]] = weights + layer["out"]
            channels = layer["out"]
        height = int((height + 2 * padding - layer["k"]) / layer["s"]) + 1
        width = int((width + 2 * padding - layer["k"]) / layer["s"]) + 1
    return result


def lenet_shapes(H):
    shapes = {"input": (1, H, H)}
    n = H
    for number, channels in ((1, 6), (2, 16)):
        n = n - 5 + 1
        shapes[f"conv{number}"] = (channels, n, n)
        n = (n - 2) // 2 + 1
        shapes[f"pool{number}"] = (channels, n, n)
    shapes["flatten"] = (16 * n * n,)
    for name, length in (("fc1", 120), ("fc2", 84), ("fc3", 10)):
        shapes[name] = (length,)
    return shapes


def inception(x, branches):
    a = torch.relu(conv2d(x, *branches["1x1"][0], 1, 0))
    b = torch.relu(conv2d(x, *branches["3x3"][0], 1, 0))
    b = torch.relu(conv2d(b, *branches["3x3"][1], 1, 1))
    c = torch.relu(conv2d(x, *branches["5x5"][0], 1, 0))
    c = torch.relu(conv2d(c, *branches["5x5"][1], 1, 2))
    d = torch.relu(conv2d(pool2d(x, 3, 1, 1, "max"), *branches["pool"][0], 1, 0))
    return torch.cat([a, b, c, d], 1)


def residual(x, params, proj=None):
    s = 1
    shortcut = x
    if proj is not None:
        s = proj["s"]
        shortcut = conv2d(x, proj["w"], proj["b"], s, 0)
    h = conv2d(x, params["w1"], params["b1"], s, 1)
    h = torch.where(h > 0, h, torch.zeros_like(h))
    h = conv2d(h, params["w2"], params["b2"], 1, 1)
    h = h + shortcut
    return torch.where(h > 0, h, torch.zeros_like(h))


def residual_bwd(dout, x, params, proj=None):
    s = proj["s"] if proj is not None else 1
    z = conv2d(x, params["w1"], params["b1"], s, 1)
    a = torch.where(z > 0, z, torch.zeros_like(z))
    t = conv2d(a, params["w2"], params["b2"], 1, 1)
    t = t + (x if proj is None else conv2d(x, proj["w"], proj["b"], s, 0))
    dt = dout.clone()
    dt[t <= 0] = 0
    da, dw2, db2 = conv2d_bwd(dt, a, params["w2"], 1, 1)
    da = da.clone()
    da[z <= 0] = 0
    dx, dw1, db1 = conv2d_bwd(da, x, params["w1"], s, 1)
    grads = {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}
    if proj is None:
        grads["x"] = dx + dt
    else:
        back, grads["proj_w"], grads["proj_b"] = conv2d_bwd(dt, x, proj["w"], s, 0)
        grads["x"] = dx + back
    return grads


def se_block(x, W1, b1, W2, b2):
    images = []
    for image in x:
        means = torch.stack([channel.mean() for channel in image])
        hidden = torch.relu(means @ W1 + b1)
        weights = torch.sigmoid(hidden @ W2 + b2)
        images.append(torch.stack([weight * channel for weight, channel in zip(weights, image)]))
    return torch.stack(images)


def se_scale_bwd(dout, x, e):
    dx, de = torch.zeros_like(x), torch.zeros_like(e)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            dx[n, c] = dout[n, c] * e[n, c]
            de[n, c] = (dout[n, c] * x[n, c]).sum()
    return dx, de


def topk_error(S, y, k):
    missed = 0
    for row, label in zip(S.tolist(), y.tolist()):
        ranking = sorted(range(len(row)), key=lambda c: (-row[c], c))
        if label not in ranking[:k]:
            missed += 1
    return missed / len(y) if len(y) else 0.0
