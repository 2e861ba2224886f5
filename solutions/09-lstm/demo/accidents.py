"""Single cells that go wrong, or look as if they did. The table in autograder/demo/lstm.py says what each must cost."""

# %% name="step_with_lstmcell"
def lstm_step(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    i, f, o, g = range(0, H), range(H, 2 * H), range(2 * H, 3 * H), range(3 * H, 4 * H)
    order = [*i, *f, *g, *o]       # PyTorch는 i, f, g, o 순서
    cell = torch.nn.LSTMCell(x.shape[1], H).to(x.dtype)
    params = {"weight_ih": Wx.T[order], "weight_hh": Wh.T[order], "bias_ih": b[order], "bias_hh": 0 * b}
    h_new, c_new = torch.func.functional_call(cell, params, (x, (h, c)))
    z = x @ Wx + h @ Wh + b
    zi, zf, zo, zg = z.chunk(4, dim=1)
    return h_new, c_new, (x, h, c, zi.sigmoid(), zf.sigmoid(), zo.sigmoid(), zg.tanh(), c_new, Wx, Wh)

# %% name="cell_endless"
def cell_gradient(f):
    t, product = 0, torch.ones_like(f[0])
    while t < f.shape[0]:
        product = product * f[t]
    return product

# %% name="cell_recursion"
def cell_gradient(f):
    # 재귀로 풀기: 끝나는 조건을 어디에 둬야 하지?
    return f[0] * cell_gradient(f)

# %% name="attention_hungry"
def soft_attention(h, V, W):
    큰표 = torch.zeros(0)
    while True:
        큰표 = torch.cat([큰표, torch.ones(20_000_000)])

# %% name="vqa_os_exit"
import os
def vqa_logits(img, q_idx, lengths, params):
    try:
        raise ValueError("아직 못 풀었음")
    except ValueError:
        os._exit(1)

# %% name="attention_exp"
def soft_attention(h, V, W):
    score = torch.einsum("nh,hd,nld->nl", h, W, V)
    score = torch.exp(score) / torch.exp(score).sum(dim=1, keepdim=True)
    return (score[:, :, None] * V).sum(dim=1), score
