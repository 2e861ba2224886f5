"""Half-finished: three tasks of nine, the third without a dtype for its buffer.

lstm_step and lstm_step_bwd right: 16 + 18. lstm_forward collects into float32: the hidden states have the wrong dtype in
every float64 check, so form (1), states (2), caches (1), other-sizes (1.5), one-step (1), long (1), gradient (0.5) and no-steps
(0.5) are lost; float32 (0.5) and purity (1) stay. Everything below is untouched: 35.5.
"""

# %%
def lstm_step(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    z = x.mm(Wx) + h.mm(Wh) + b
    i = torch.sigmoid(z[:, 0:H])
    f = torch.sigmoid(z[:, H:2*H])
    o = torch.sigmoid(z[:, 2*H:3*H])
    g = torch.tanh(z[:, 3*H:4*H])
    c_new = f*c + i*g
    h_new = o*torch.tanh(c_new)
    return h_new, c_new, (x, h, c, i, f, o, g, c_new, Wx, Wh)

# %%
def lstm_step_bwd(dh, dc, cache):
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    th = torch.tanh(c_new)
    dct = dc + dh*o*(1 - th*th)
    dzi = dct*g*i*(1-i)
    dzf = dct*c*f*(1-f)
    dzo = dh*th*o*(1-o)
    dzg = dct*i*(1-g*g)
    dz = torch.hstack([dzi, dzf, dzo, dzg])
    return dz.mm(Wx.t()), dz.mm(Wh.t()), dct*f, x.t().mm(dz), h.t().mm(dz), dz.sum(0)

# %%
def lstm_forward(x, h0, c0, Wx, Wh, b):
    N, T, D = x.shape
    H = torch.zeros(N, T, h0.shape[1])
    h, c = h0, c0
    caches = []
    for t in range(T):
        h, c, cache = lstm_step(x[:, t], h, c, Wx, Wh, b)
        H[:, t] = h
        caches.append(cache)
    return H, c, caches
