"""A whole notebook gate by gate, each weight matrix cut into four, as in the figure of the lecture. All right."""

# %%
def split4(W):
    """열을 네 조각으로: i, f, o, g"""
    H = W.shape[-1] // 4
    return W[..., :H], W[..., H:2*H], W[..., 2*H:3*H], W[..., 3*H:]

# %%
def lstm_step(x, h, c, Wx, Wh, b):
    Wxi, Wxf, Wxo, Wxg = split4(Wx)
    Whi, Whf, Who, Whg = split4(Wh)
    bi, bf, bo, bg = split4(b)
    i = torch.sigmoid(x @ Wxi + h @ Whi + bi)   # 입력 게이트
    f = torch.sigmoid(x @ Wxf + h @ Whf + bf)   # 망각 게이트
    o = torch.sigmoid(x @ Wxo + h @ Who + bo)   # 출력 게이트
    g = torch.tanh(x @ Wxg + h @ Whg + bg)      # 후보
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    cache = (x, h, c, i, f, o, g, c_new, Wx, Wh)
    return h_new, c_new, cache

# %%
def lstm_step_bwd(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    tc = torch.tanh(c_new)
    do = dh * tc
    dc_all = dc + dh * o * (1 - tc ** 2)
    df = dc_all * c
    di = dc_all * g
    dg = dc_all * i
    dc_prev = dc_all * f
    dzi, dzf = di * i * (1 - i), df * f * (1 - f)
    dzo, dzg = do * o * (1 - o), dg * (1 - g ** 2)
    dx = sum(d @ w.T for d, w in zip((dzi, dzf, dzo, dzg), split4(Wx)))
    dh_prev = sum(d @ w.T for d, w in zip((dzi, dzf, dzo, dzg), split4(Wh)))
    dWx = torch.cat([x.T @ d for d in (dzi, dzf, dzo, dzg)], dim=1)
    dWh = torch.cat([h.T @ d for d in (dzi, dzf, dzo, dzg)], dim=1)
    db = torch.cat([d.sum(0) for d in (dzi, dzf, dzo, dzg)])
    return dx, dh_prev, dc_prev, dWx, dWh, db

# %%
def lstm_forward(x, h0, c0, Wx, Wh, b):
    N, T, D = x.shape
    H = torch.empty(N, T, h0.shape[1], dtype=h0.dtype)
    h, c = h0, c0
    caches = []
    for t in range(T):
        h, c, cache = lstm_step(x[:, t, :], h, c, Wx, Wh, b)
        H[:, t, :] = h
        caches.append(cache)
    return H, c, caches

# %%
def lstm_backward(dH, caches):
    N, T, H = dH.shape
    x, Wx, Wh = caches[0][0], caches[0][-2], caches[0][-1]
    dx = torch.zeros(N, T, x.shape[1], dtype=dH.dtype)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros(4 * H, dtype=dH.dtype)
    dh_next, dc_next = torch.zeros(N, H, dtype=dH.dtype), torch.zeros(N, H, dtype=dH.dtype)
    for t in range(T - 1, -1, -1):
        dx_t, dh_next, dc_next, a, b, c = lstm_step_bwd(dH[:, t] + dh_next, dc_next, caches[t])
        dx[:, t] = dx_t
        dWx = dWx + a
        dWh = dWh + b
        db = db + c
    return dx, dh_next, dc_next, dWx, dWh, db

# %%
def cell_gradient(f):
    return f.cumprod(dim=0)[-1] if len(f) else f.new_ones(f.shape[1:])

# %%
def sample_text(params, h, c, x0, T, temp, U):
    E, Wx, Wh, b, Wy, by = (params[k] for k in ("E", "Wx", "Wh", "b", "Wy", "by"))
    tokens = torch.zeros(len(x0), T, dtype=torch.long)
    cur = x0
    for t in range(T):
        h, c, _ = lstm_step(E[cur], h, c, Wx, Wh, b)
        p = torch.softmax((h @ Wy + by) / temp, dim=-1)
        F_ = torch.cumsum(p, dim=-1)
        hit = U[:, t].unsqueeze(1) < F_
        cur = torch.where(hit.any(1), hit.int().argmax(1), torch.tensor(len(by) - 1))
        tokens[:, t] = cur
    return tokens

# %%
def caption_loss(feat, caps, params, null):
    N = feat.shape[0]
    cap_in, cap_out = caps[:, :-1], caps[:, 1:]
    mask = (cap_out != null).to(feat.dtype)
    h0 = feat @ params["Wf"] + params["bf"]
    emb = params["E"][cap_in]
    H, _, caches = lstm_forward(emb, h0, torch.zeros_like(h0), params["Wx"], params["Wh"], params["b"])
    scores = H @ params["Wy"] + params["by"]
    scores = scores - scores.max(dim=2, keepdim=True)[0]
    logp = scores - scores.exp().sum(dim=2, keepdim=True).log()
    loss = -(logp.gather(2, cap_out.unsqueeze(2)).squeeze(2) * mask).sum() / N

    d = logp.exp()
    d.scatter_add_(2, cap_out.unsqueeze(2), -torch.ones_like(d[:, :, :1]))
    d = d * mask.unsqueeze(2) / N
    grads = {}
    grads["by"] = d.sum((0, 1))
    grads["Wy"] = H.reshape(-1, H.shape[2]).T @ d.reshape(-1, d.shape[2])
    demb, dh0, _, grads["Wx"], grads["Wh"], grads["b"] = lstm_backward(d @ params["Wy"].T, caches)
    grads["E"] = torch.zeros_like(params["E"])
    for n in range(N):
        for t in range(cap_in.shape[1]):
            grads["E"][cap_in[n, t]] += demb[n, t]
    grads["Wf"] = feat.T @ dh0
    grads["bf"] = dh0.sum(0)
    return loss, grads

def greedy_decode(feat, params, start, T):
    h = feat @ params["Wf"] + params["bf"]
    c = h * 0
    word = torch.tensor([start] * len(feat))
    out = torch.zeros(len(feat), T, dtype=torch.int64)
    for t in range(T):
        h, c, _ = lstm_step(params["E"][word], h, c, params["Wx"], params["Wh"], params["b"])
        word = (h @ params["Wy"] + params["by"]).max(dim=1).indices
        out[:, t] = word
    return out

# %%
def vqa_logits(img, q_idx, lengths, params):
    h = torch.zeros(len(img), params["Wh"].shape[0], dtype=img.dtype)
    c = torch.zeros_like(h)
    for t in range(q_idx.shape[1]):
        h2, c2, _ = lstm_step(params["E"][q_idx[:, t]], h, c, params["Wx"], params["Wh"], params["b"])
        살아있음 = (t < lengths)[:, None]      # 질문이 끝난 행은 그대로 둔다
        h = torch.where(살아있음, h2, h)
        c = torch.where(살아있음, c2, c)
    그림 = torch.tanh(img @ params["Wi"] + params["bi"])
    질문 = torch.tanh(h @ params["Wq"] + params["bq"])
    return (그림 * 질문) @ params["Wa"] + params["ba"]

# %%
def soft_attention(h, V, W):
    score = ((h @ W)[:, None, :] * V).sum(-1)
    a = torch.softmax(score, dim=-1)
    return (a[..., None] * V).sum(1), a
