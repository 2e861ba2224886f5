"""Step, forward and attention by somebody who comes from nn.Module; a NamedTuple for the state. All right."""

# %%
from typing import NamedTuple

class Gates(NamedTuple):
    i: torch.Tensor
    f: torch.Tensor
    o: torch.Tensor
    g: torch.Tensor

class Cell(torch.nn.Module):
    """My own cell, not torch.nn.LSTMCell."""

    def __init__(self, Wx, Wh, b):
        super().__init__()
        self.Wx, self.Wh, self.bias = Wx, Wh, b

    def gates(self, x, h) -> Gates:
        z = torch.addmm(self.bias, x, self.Wx).addmm(h, self.Wh)
        *s, g = z.split(self.Wh.shape[0], dim=1)
        return Gates(*(v.sigmoid() for v in s), g.tanh())

    def forward(self, x, h, c):
        gates = self.gates(x, h)
        c_new = torch.lerp(torch.zeros_like(c), c, gates.f) + gates.i * gates.g
        return gates.o * c_new.tanh(), c_new, (x, h, c, *gates, c_new, self.Wx, self.Wh)

# %%
def lstm_step(x, h, c, Wx, Wh, b):
    return Cell(Wx, Wh, b)(x, h, c)

# %%
def lstm_forward(x, h0, c0, Wx, Wh, b):
    cell, states, caches = Cell(Wx, Wh, b), [], []
    h, c = h0, c0
    for x_t in x.unbind(dim=1):
        h, c, cache = cell(x_t, h, c)
        states.append(h)
        caches.append(cache)
    stacked = torch.stack(states, 1) if states else x.new_zeros(len(x), 0, h0.size(1))
    return stacked, c, caches

# %%
class Attention(torch.nn.Module):
    def forward(self, query, regions):
        a = torch.matmul(regions, query.unsqueeze(-1)).squeeze(-1).softmax(-1)
        return torch.matmul(a.unsqueeze(-2), regions).squeeze(-2), a

def soft_attention(h, V, W):
    return Attention()(h @ W, V)
