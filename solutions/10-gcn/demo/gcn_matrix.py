"""A whole notebook by somebody who thinks in matrices: diag, @ and nothing else. English. All right."""

# %% [markdown]
# ### My answers
# I write everything as in the lecture: capital letters are matrices.

# %%
def identity_like(A):
    return torch.eye(A.size(0), dtype=A.dtype, device=A.device)

# %%
def adjacency(n, edges, directed, weights=None):
    if weights is None:
        weights = torch.ones(edges.size(0), dtype=torch.double)
    A = torch.zeros(n, n, dtype=weights.dtype)
    A.index_put_((edges[:, 0], edges[:, 1]), weights)
    if directed:
        return A
    # a repeated edge has one weight, so the larger of A and its transpose is that weight
    return torch.maximum(A, A.T)

# %%
def normalize_adj(A):
    A_tilde = A + identity_like(A)
    D_inv_sqrt = torch.diag(A_tilde.sum(1) ** (-1 / 2))
    return D_inv_sqrt @ A_tilde @ D_inv_sqrt

# %%
SIGMA = {"relu": lambda z: torch.clamp_min(z, 0), "tanh": torch.tanh, "identity": lambda z: z}
dSIGMA = {
    "relu": lambda z: torch.sign(torch.relu(z)),
    "tanh": lambda z: 1 / torch.cosh(z) ** 2,
    "identity": lambda z: z * 0 + 1,
}


def gcn_layer(X, A_hat, W, b, act):
    ones = torch.ones(X.size(0), 1, dtype=X.dtype)
    return SIGMA[act](A_hat @ X @ W + ones @ b.reshape(1, -1))

# %%
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    dZ = dH * dSIGMA[act](Z)
    ones = torch.ones(1, X.size(0), dtype=X.dtype)
    return A_hat.t() @ dZ @ W.t(), X.t() @ A_hat.t() @ dZ, (ones @ dZ).reshape(-1)

# %%
def gcn_net(X, A, Ws, skip, Ps=None):
    A_hat, L, H = normalize_adj(A), len(Ws), X
    for l in range(L):
        new = A_hat @ H @ Ws[l]
        if l + 1 < L:
            new = SIGMA["relu"](new)
        if skip:
            new = new + (H @ (Ps[l] if Ps[l] is not None else torch.eye(H.size(1), dtype=H.dtype)))
        H = new
    return H

# %%
def membership(gid, G, like):
    M = torch.zeros(G, len(gid), dtype=like.dtype)
    M[gid, torch.arange(len(gid))] = 1
    return M


def readout(H, gid, G, mode):
    M = membership(gid, G, H)
    if mode == "sum":
        return M @ H
    if mode == "mean":
        return M @ H / M.sum(1, keepdim=True).clamp(min=1)
    rows, K = [], int(M.sum(1).max())
    for g in range(G):
        mine = H[M[g] == 1]
        if mode == "max":
            rows.append(mine.max(0).values if len(mine) else torch.zeros(H.size(1), dtype=H.dtype))
        else:
            mine = mine[torch.argsort(mine[:, 0])]
            fill = torch.zeros(K - len(mine), H.size(1), dtype=H.dtype)
            rows.append(torch.cat([mine, fill]).reshape(-1))
    return torch.stack(rows)

# %%
def graph_pool(X, A, S):
    return S.t().mm(X), S.t().mm(A).mm(S)

# %%
def node_ce(H, y, mask):
    P = torch.softmax(H, dim=-1)
    Y = torch.eye(H.size(1), dtype=H.dtype)[y]
    m = mask.to(H.dtype)
    n = max(m.sum().item(), 1)
    loss = -(m @ (Y * torch.log_softmax(H, dim=-1)).sum(1)) / n
    return loss, torch.diag(m) @ (P - Y) / n


def perm_check(f, X, A, perm):
    P = identity_like(A)[perm]
    return bool(((f(P @ X, P @ A @ P.t()) - P @ f(X, A)).abs() <= 1e-4).all())
