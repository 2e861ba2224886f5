"""A whole notebook in numpy, with tensors at the doors only: right values, but autograd cannot follow.

Costs the `gradient` checks of gcn_layer (2), gcn_net (1), readout (1) and graph_pool (1): 95.
"""

# %%
import numpy as np

def to_np(t):
    return t.detach().cpu().numpy()

def to_t(a):
    return torch.from_numpy(np.ascontiguousarray(a))

# %%
def adjacency(n, edges, directed, weights=None):
    e = to_np(edges)
    w = np.ones(len(e)) if weights is None else to_np(weights)
    A = np.zeros((n, n), dtype=w.dtype)
    A[e[:, 0], e[:, 1]] = w
    if not directed:
        A[e[:, 1], e[:, 0]] = w
    return to_t(A)

# %%
def normalize_adj(A):
    a = to_np(A)
    a = a + np.identity(len(a), dtype=a.dtype)
    d = a.sum(axis=1)
    return to_t(a / np.sqrt(np.outer(d, d)))

# %%
def gcn_layer(X, A_hat, W, b, act):
    Z = to_np(A_hat).dot(to_np(X)).dot(to_np(W)) + to_np(b)
    f = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "identity": lambda z: z}[act]
    return to_t(f(Z))

# %%
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    dH, X, A, W, b = map(to_np, (dH, X, A_hat, W, b))
    Z = A.dot(X).dot(W) + b
    if act == "relu":
        dZ = dH * (Z > 0)
    elif act == "tanh":
        dZ = dH * (1 - np.tanh(Z) ** 2)
    else:
        dZ = dH
    return to_t(A.T.dot(dZ).dot(W.T)), to_t(A.dot(X).T.dot(dZ)), to_t(dZ.sum(axis=0))

# %%
def gcn_net(X, A, Ws, skip, Ps=None):
    a, h = to_np(normalize_adj(A)), to_np(X)
    for l in range(len(Ws)):
        y = a @ h @ to_np(Ws[l])
        if l < len(Ws) - 1:
            y = np.maximum(y, 0)
        if skip:
            y = y + (h if Ps[l] is None else h @ to_np(Ps[l]))
        h = y
    return to_t(h)

# %%
def readout(H, gid, G, mode):
    h, g = to_np(H), to_np(gid)
    D = h.shape[1]
    K = np.bincount(g, minlength=G).max()
    out = np.zeros((G, K * D if mode == "sorted-concat" else D), dtype=h.dtype)
    for k in range(G):
        rows = h[g == k]
        if len(rows) == 0:
            continue
        if mode == "sorted-concat":
            rows = rows[np.argsort(rows[:, 0])]
            out[k, : rows.size] = rows.ravel()
        else:
            out[k] = {"sum": np.sum, "mean": np.mean, "max": np.max}[mode](rows, axis=0)
    return to_t(out)

# %%
def graph_pool(X, A, S):
    x, a, s = to_np(X), to_np(A), to_np(S)
    return to_t(s.T @ x), to_t(s.T @ a @ s)

# %%
def node_ce(H, y, mask):
    h, t, m = to_np(H), to_np(y), to_np(mask)
    z = h - h.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    n = max(m.sum(), 1)
    rows = np.arange(len(h))
    loss = -logp[rows, t][m].sum() / n
    d = np.exp(logp)
    d[rows, t] -= 1
    d[~m] = 0
    return torch.tensor(loss, dtype=H.dtype), to_t((d / n).astype(h.dtype))

def perm_check(f, X, A, perm):
    p = to_np(perm)
    return bool(np.allclose(to_np(f(X[p], A[p][:, p])), to_np(f(X, A))[p], rtol=0, atol=1e-4))
