"""Right versions that take another road."""

import torch


def pca_ae(X, k):
    mean = X.mean(0)
    centred = X - mean[None, :]
    U, _, _ = torch.linalg.svd(centred.T.contiguous(), full_matrices=True)
    basis = U[:, :k] * -1
    Z = torch.einsum("nd,dk->nk", centred, basis)
    return Z, X - (centred - Z @ basis.mT), basis


def ae_loss_grad(X, We, be, Wd, bd):
    """The encoder's gradient sample by sample, through an explicit Jacobian of the code."""
    N = X.size(0)
    code = torch.tanh(torch.matmul(X, We) + be)
    difference = torch.matmul(code, Wd) + bd - X
    loss = difference.pow(2).sum(1).mean(0)
    G = difference * 2.0 / N
    jacobian = torch.diag_embed(1 - code * code)
    A = torch.bmm(jacobian, (G @ Wd.t())[:, :, None])[:, :, 0]
    ones = X.new_ones(N)
    return loss, X.t().mm(A), ones @ A, code.t().mm(G), ones @ G


def chain_loglik(cond, x):
    logs = torch.where(torch.nn.functional.one_hot(x, cond.shape[2]).bool(), cond, torch.ones_like(cond)).log()
    return logs.sum(dim=(1, 2))


def raster(H, W):
    return torch.ones(H, W).nonzero()


def context(i, j, H, W):
    rows, columns = torch.meshgrid(torch.arange(H), torch.arange(W), indexing="ij")
    return rows * W + columns < i * W + j


def causal_mask(kh, kw, type, cin, cout, rgb=False):
    if (kh * kw) % 2 == 0:
        raise ValueError("the kernel has no centre")
    middle = kh * kw // 2
    mask = torch.zeros(cout, cin, kh * kw)
    mask[:, :, :middle] = 1
    if rgb:
        lower = torch.tril(torch.ones(3, 3), diagonal=-1 if type == "A" else 0)
        mask[:, :, middle] = torch.kron(lower, torch.ones(cout // 3, cin // 3))
    elif type == "B":
        mask[:, :, middle] = 1
    return mask.reshape(cout, cin, kh, kw) > 0


def pixelcnn_forward(x, layers):
    """Shifts the padded image so that a plain convolution without padding sees only the past."""
    *hidden, last = list(enumerate(layers))

    def masked(x, number, layer):
        W = layer["W"].clone()
        cout, _, kh, kw = W.shape
        W[:, :, kh // 2 + 1 :] = 0
        W[:, :, kh // 2, kw // 2 + (number > 0) :] = 0
        x = torch.nn.functional.pad(x, (kw // 2, kw // 2, kh // 2, kh // 2))
        return torch.nn.functional.conv2d(x, W) + layer["b"].reshape(1, cout, 1, 1)

    for number, layer in hidden:
        z = masked(x, number, layer)
        x = z * (z > 0)
    return masked(x, *last)


def pixel_nll(logits, x):
    flat = logits.permute(0, 2, 3, 1).reshape(-1, logits.shape[1])
    log_p = flat - flat.logsumexp(dim=1, keepdim=True)
    nats = -log_p[torch.arange(len(flat), device=x.device), x.reshape(-1)].sum() / x.numel()
    bits = -(log_p[torch.arange(len(flat), device=x.device), x.reshape(-1)] / 0.6931471805599453).mean()
    return nats, bits


def sample_pixels(cond_fn, H, W, U):
    pixels = []
    N = len(U)
    for t in range(H * W):
        image = torch.zeros(N, H * W, dtype=torch.int64, device=U.device)
        if pixels:
            image[:, :t] = torch.stack(pixels, dim=1)
        p = cond_fn(image.reshape(N, H, W)).flatten(2)[:, :, t]
        above = U.flatten(1)[:, t, None] < torch.cumsum(p, dim=1)
        above[:, -1] = True
        pixels.append(above.int().argmax(dim=1))
    return torch.stack(pixels, dim=1).reshape(N, H, W)


def pixelrnn_logp(x, rnn):
    table = torch.cat([rnn["start"][None], rnn["E"]])
    shifted = torch.nn.functional.pad(x + 1, (1, 0))[:, : x.shape[1]]
    h = torch.zeros_like(rnn["b"]).repeat(len(x), 1)
    total = h.sum(dim=1)
    for i, column in enumerate(shifted.T):
        h = torch.tanh(table[column] @ rnn["U"] + torch.addmm(rnn["b"], h, rnn["W"]))
        z = torch.addmm(rnn["c"], h, rnn["V"])
        total = total + z[torch.arange(len(x)), x[:, i]] - torch.logsumexp(z, dim=1)
    return total
