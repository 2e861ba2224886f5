"""Right answers, two of them not by hand: the backward step through torch.autograd, the step through nn.LSTMCell's operator."""

# %%
def lstm_step_bwd(dh, dc, cache):
    # 손으로 미분하기 싫어서
    x, h, c, i, f, o, g, c_new, Wx, Wh = cache
    zi, zf, zo, zg = torch.logit(i), torch.logit(f), torch.logit(o), torch.atanh(g)
    z = torch.cat([zi, zf, zo, zg], 1).detach().requires_grad_(True)
    c_old = c.detach().clone().requires_grad_(True)
    with torch.enable_grad():
        a, b_, d, e = z.chunk(4, dim=1)
        cell = b_.sigmoid() * c_old + a.sigmoid() * e.tanh()
        out = d.sigmoid() * cell.tanh()
        dz, dc_prev = torch.autograd.grad([out, cell], [z, c_old], [dh, dc])
    return dz @ Wx.T, dz @ Wh.T, dc_prev, x.T @ dz, h.T @ dz, dz.sum(0)
