"""Right versions with loops over nodes, edges and features, as a careful beginner writes them."""

import math

import torch


def adjacency(n, edges, directed, weights=None):
    A = torch.zeros((n, n), dtype=torch.float64 if weights is None else weights.dtype, device=edges.device)
    for e in range(len(edges)):
        i, j = int(edges[e, 0]), int(edges[e, 1])
        w = 1.0 if weights is None else weights[e]
        A[i, j] = w
        if not directed:
            A[j, i] = w
    return A


def normalize_adj(A):
    n = len(A)
    A_tilde = A.clone()
    for i in range(n):
        A_tilde[i, i] = A_tilde[i, i] + 1
    degree = [float(A_tilde[i].sum()) for i in range(n)]
    result = torch.zeros_like(A)
    for i in range(n):
        for j in range(n):
            result[i, j] = A_tilde[i, j] / (math.sqrt(degree[i]) * math.sqrt(degree[j]))
    return result


def gcn_layer(X, A_hat, W, b, act):
    rows = []
    for i in range(len(X)):
        collected = torch.zeros_like(X[0])
        for j in range(len(X)):
            collected = collected + A_hat[i, j] * X[j]
        z = torch.stack([(collected * W[:, m]).sum() + b[m] for m in range(W.shape[1])])
        rows.append(torch.relu(z) if act == "relu" else torch.tanh(z) if act == "tanh" else z)
    return torch.stack(rows)


def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    Z = torch.mm(torch.mm(A_hat, X), W) + b
    n, M = dH.shape
    dX, dW, db = torch.zeros_like(X), torch.zeros_like(W), torch.zeros_like(b)
    for i in range(n):
        for m in range(M):
            g = dH[i, m]
            if act == "relu" and not Z[i, m] > 0:
                g = g * 0
            if act == "tanh":
                g = g / torch.cosh(Z[i, m]) ** 2
            db[m] += g
            for j in range(n):
                dX[j] += A_hat[i, j] * g * W[:, m]
                dW[:, m] += A_hat[i, j] * g * X[j]
    return dX, dW, db


def gcn_net(X, A, Ws, skip, Ps=None):
    n = len(A)
    A_tilde = A + torch.eye(n, dtype=A.dtype, device=A.device)
    degree = [A_tilde[i].sum() for i in range(n)]
    H = X
    for layer in range(len(Ws)):
        T = torch.matmul(H, Ws[layer])
        rows = []
        for i in range(n):
            row = torch.zeros_like(T[0])
            for j in range(n):
                row = row + A_tilde[i, j] / torch.sqrt(degree[i] * degree[j]) * T[j]
            if layer != len(Ws) - 1:
                row = torch.where(row > 0, row, torch.zeros_like(row))
            if skip:
                row = row + (H[i] if Ps[layer] is None else H[i] @ Ps[layer])
            rows.append(row)
        H = torch.stack(rows)
    return H


def readout(H, gid, G, mode):
    D = H.shape[1]
    groups = [[i for i in range(len(H)) if int(gid[i]) == g] for g in range(G)]
    longest = max(len(group) for group in groups)
    rows = []
    for group in groups:
        zero = torch.zeros(D, dtype=H.dtype, device=H.device)
        if mode == "sorted-concat":
            pieces = [H[i] for i in sorted(group, key=lambda i: float(H[i, 0]))]
            pieces += [zero] * (longest - len(group))
            rows.append(torch.cat(pieces))
            continue
        row = zero
        for k, i in enumerate(group):
            if mode == "max":
                row = H[i] if k == 0 else torch.maximum(row, H[i])
            else:
                row = row + H[i]
        if mode == "mean" and group:
            row = row / len(group)
        rows.append(row)
    return torch.stack(rows)


def graph_pool(X, A, S):
    n, k = S.shape
    X_pool = [sum(S[i, c] * X[i] for i in range(n)) for c in range(k)]
    A_pool = [
        torch.stack([sum(S[i, c] * A[i, j] * S[j, e] for i in range(n) for j in range(n)) for e in range(k)])
        for c in range(k)
    ]
    return torch.stack(X_pool), torch.stack(A_pool)


def node_ce(H, y, mask):
    d = torch.zeros_like(H)
    loss = torch.zeros((), dtype=H.dtype, device=H.device)
    chosen = [i for i in range(len(H)) if mask[i]]
    for i in chosen:
        top = H[i].max()
        e = torch.exp(H[i] - top)
        loss = loss + (torch.log(e.sum()) + top - H[i, y[i]]) / len(chosen)
        d[i] = e / e.sum() / len(chosen)
        d[i, y[i]] -= 1 / len(chosen)
    return loss, d


def perm_check(f, X, A, perm):
    n = len(perm)
    X_new, A_new = torch.zeros_like(X), torch.zeros_like(A)
    for i in range(n):
        X_new[i] = X[perm[i]]
        for j in range(n):
            A_new[i, j] = A[perm[i], perm[j]]
    before, after = f(X, A), f(X_new, A_new)
    for i in range(n):
        if (after[i] - before[perm[i]]).abs().max() > 1e-4:
            return False
    return True
