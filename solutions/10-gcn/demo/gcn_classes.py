"""A whole notebook by somebody who likes classes, dataclasses and type hints. All right."""

# %%
from dataclasses import dataclass
from typing import Optional, Sequence
from torch import Tensor, nn

# %%
@dataclass
class Graph:
    n: int
    edges: Tensor
    directed: bool
    weights: Optional[Tensor] = None

    @property
    def dtype(self) -> torch.dtype:
        return self.weights.dtype if self.weights is not None else torch.float64

    def matrix(self) -> Tensor:
        A = torch.zeros((self.n, self.n), dtype=self.dtype)
        for k, (i, j) in enumerate(self.edges):
            w = self.weights[k] if self.weights is not None else 1.0
            A[i, j] = w
            if not self.directed:
                A[j, i] = w
        return A


class Normaliser:
    """A callable, because I can."""

    def __call__(self, A: Tensor) -> Tensor:
        A = A + torch.eye(A.shape[-1]).to(A)
        scale = A.sum(-1).rsqrt()
        return torch.einsum("i,ij,j->ij", scale, A, scale)


class GCNLayer(nn.Module):
    def __init__(self, W: Tensor, b: Optional[Tensor] = None, act: str = "identity") -> None:
        super().__init__()
        self.W, self.b, self.act = W, b, act

    def pre_activation(self, X: Tensor, A_hat: Tensor) -> Tensor:
        Z = A_hat @ (X @ self.W)
        return Z if self.b is None else Z + self.b

    def forward(self, X: Tensor, A_hat: Tensor) -> Tensor:
        return activate(self.pre_activation(X, A_hat), self.act)

# %%
def adjacency(n: int, edges: Tensor, directed: bool, weights: Optional[Tensor] = None) -> Tensor:
    return Graph(n, edges, directed, weights).matrix()

# %%
normalize_adj = Normaliser()

# %%
def gcn_layer(X: Tensor, A_hat: Tensor, W: Tensor, b: Tensor, act: str) -> Tensor:
    return GCNLayer(W, b, act)(X, A_hat)

# %%
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    layer = GCNLayer(W, b, act)
    Z = layer.pre_activation(X, A_hat)
    match act:
        case "relu":
            dZ = torch.where(Z > 0, dH, 0.0 * dH)
        case "tanh":
            dZ = dH - dH * torch.tanh(Z).square()
        case _:
            dZ = 1 * dH
    dXW = A_hat.mT @ dZ
    return dXW @ W.mT, X.mT @ dXW, dZ.sum(dim=-2)

# %%
class GCN:
    def __init__(self, Ws: Sequence[Tensor], skip: bool, Ps: Optional[Sequence[Optional[Tensor]]]) -> None:
        acts = ["relu"] * (len(Ws) - 1) + ["identity"]
        self.layers = [GCNLayer(W, act=act) for W, act in zip(Ws, acts)]
        self.shortcuts = Ps if skip else None

    def __call__(self, X: Tensor, A: Tensor) -> Tensor:
        A_hat = normalize_adj(A)
        for k, layer in enumerate(self.layers):
            out = layer(X, A_hat)
            if self.shortcuts is not None:
                P = self.shortcuts[k]
                out = out + (X if P is None else X @ P)
            X = out
        return X


def gcn_net(X, A, Ws, skip, Ps=None):
    return GCN(Ws, skip, Ps)(X, A)

# %%
class Readout:
    def __init__(self, mode: str) -> None:
        self.one = getattr(self, mode.replace("-", "_"))

    def mean(self, nodes, K):
        return nodes.mean(dim=0) if len(nodes) else nodes.new_zeros(nodes.shape[1])

    def sum(self, nodes, K):
        return nodes.sum(dim=0)

    def max(self, nodes, K):
        return nodes.amax(dim=0) if len(nodes) else nodes.new_zeros(nodes.shape[1])

    def sorted_concat(self, nodes, K):
        nodes = nodes[nodes[:, 0].sort().indices]
        return torch.cat([nodes, nodes.new_zeros(K - len(nodes), nodes.shape[1])]).flatten()

    def __call__(self, H, gid, G):
        graphs = [H[gid == g] for g in range(G)]
        return torch.stack([self.one(nodes, max(map(len, graphs))) for nodes in graphs])


def readout(H, gid, G, mode):
    return Readout(mode)(H, gid, G)

# %%
def graph_pool(X, A, S):
    def pool(M):
        return torch.einsum("nc,nd->cd", S, M)
    return pool(X), pool(pool(A).mT).mT

# %%
class MaskedCrossEntropy:
    def __init__(self, H, y, mask):
        self.H, self.y, self.mask = H, y.masked_fill(~mask, 0), mask
        self.count = max(1, int(mask.sum()))

    @property
    def loss(self):
        each = self.H.logsumexp(dim=1) - self.H.gather(1, self.y.unsqueeze(1)).squeeze(1)
        return each.masked_fill(~self.mask, 0).sum() / self.count

    @property
    def gradient(self):
        d = self.H.softmax(dim=1)
        d[torch.arange(len(self.y)), self.y] -= 1
        return d.masked_fill(~self.mask[:, None], 0) / self.count


def node_ce(H, y, mask):
    ce = MaskedCrossEntropy(H, y, mask)
    return ce.loss, ce.gradient


def perm_check(f, X, A, perm):
    return (f(X[perm], A[perm, :][:, perm]) - f(X, A)[perm]).abs().max().item() <= 1e-4
